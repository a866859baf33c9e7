import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkPolicy } from './check-policy.js';
import type { Policy } from './policy.js';
import { referencePolicy } from './reference.js';

const folder = new URL('../../../../examples/policies/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

test('three policies are there to begin with', () => {
  expect(files.toSorted((a, b) => a.localeCompare(b))).toEqual([
    'adult-therapy.json',
    'low-intensity-check-in.json',
    'young-person.json',
  ]);
});

test.each(files)('[A08][H25] %s is a policy, of its own name, that differs from the reference', (file) => {
  const policy: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  const checked = checkPolicy(policy);
  expect(checked.ok ? [] : checked.faults).toEqual([]);
  expect(policy).toMatchObject({ id: file.replace('.json', ''), kind: 'standard' });
  const { id: _, version: __, ...rest } = policy as Policy;
  expect(referencePolicy).not.toMatchObject(rest);
});
