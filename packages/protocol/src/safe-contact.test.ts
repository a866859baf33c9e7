import { expect, test } from 'vitest';
import { readableKeys } from './vault.js';

test('[Q11][A38][H16] the client’s device never holds the safe contact; staff do, the duty role once it was alerted', () => {
  const client = { id: 'c1', role: 'client' } as const;
  const reads = (id: string, role: 'client' | 'practitioner' | 'duty', isAlerted = false) =>
    readableKeys({ id, role, isAlerted }, client).includes('safeContact');
  expect([reads('c1', 'client'), reads('p1', 'practitioner')]).toEqual([false, true]);
  expect([reads('d1', 'duty'), reads('d1', 'duty', true)]).toEqual([false, true]);
});
