import { readFileSync } from 'node:fs';
import type { Policy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Session } from '../step/session.js';
import { readSession } from './read-session.js';

/**
 * Sessions as version 2 stored them, beside what they were. What is stored is what differs from how a chart begins, so how
 * a chart begins is a part of the format. Where this fails, a stored session would be read as another: leave the
 * beginning as it was, or raise the version of the session and migrate (R10).
 */
interface Kept {
  readonly name: string;
  readonly stored: string;
  readonly session: Omit<Session, 'policy'>;
  readonly policy: Policy;
}

const kept = readFileSync(new URL('../../../../test/fixtures/sessions-v2.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Kept);

test.each(kept)(
  '[R10][H24] what version 2 stored is read as what it was: $name',
  ({ stored, session, policy }) => {
    const { session: read, migratedFrom } = readSession(stored, policy);
    expect(migratedFrom).toBeNull();
    // Charts and fields that came later are there, too, in their first state.
    expect(read).toMatchObject(session);
  },
);
