import { randomUUID } from 'node:crypto';
import type { Actor, Fact, Id } from '@holdfast/protocol';
import type { Work } from './work.js';

/** A fact that the session server states, as work. */
export const inputOf = (
  body: Fact,
  from: Actor,
  id: Id = `f-${randomUUID()}`,
  settles: readonly Id[] = [],
): Work => ({
  kind: 'input',
  id,
  from,
  body,
  saidAtMs: null,
  vault: null,
  settles,
});
