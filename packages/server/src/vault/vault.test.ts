import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSealer } from './sealer.js';
import { vaultKeyIn, vaultKeyOf } from './vault-key.js';
import { vaultViewFor } from './vault-view.js';

const key = { tenant: 't1', session: 's1' };
const entries = { c1: { name: 'A Name', contactNumber: '1' }, p1: { name: 'B Name' } };
const people = [
  { id: 'p1', role: 'practitioner' },
  { id: 'c1', role: 'client' },
  { id: 'd1', role: 'duty' },
] as const;

test('[H18] what is sealed opens again with the same key, in the same session, unaltered', () => {
  const sealer = makeSealer(vaultKeyOf(new Uint8Array(32).fill(1)));
  const sealed = sealer.seal(key, entries);
  expect(sealed).not.toContain('Name');
  expect(sealer.seal(key, entries)).not.toBe(sealed);
  expect(sealer.open(key, sealed)).toEqual(entries);
  expect(() => sealer.open({ ...key, session: 's2' }, sealed)).toThrow(/bad-key/);
  expect(() => sealer.open({ ...key, tenant: 't2' }, sealed)).toThrow(/bad-key/);
  expect(() => makeSealer(vaultKeyOf(new Uint8Array(32))).open(key, sealed)).toThrow(/bad-key/);
  const altered = Buffer.from(sealed, 'base64');
  altered[40] = (altered[40] ?? 0) ^ 1;
  expect(() => sealer.open(key, altered.toString('base64'))).toThrow(/bad-key/);
});

test('the key beside the store is made once, for its owner only, and a damaged one is not replaced', () => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-key-'));
  const made = vaultKeyIn(directory);
  expect(made).toHaveLength(32);
  expect(vaultKeyIn(directory)).toEqual(made);
  expect(statSync(join(directory, 'vault.key')).mode & 0o077).toBe(0);
  expect(readdirSync(directory)).toEqual(['vault.key']);
  writeFileSync(join(directory, 'vault.key'), 'short');
  expect(() => vaultKeyIn(directory)).toThrow(/bad-key/);
  expect(() => vaultKeyOf('c2hvcnQ=')).toThrow(/vaultKey must be 32 bytes/);
});

test('[E20][H05] each role is sent only the words that it may read', () => {
  const view = (id: string, role: 'practitioner' | 'client' | 'duty', isAlerted = false) =>
    vaultViewFor(entries, people, { id, role, isAlerted });
  expect(view('c1', 'client')).toEqual({ c1: { name: 'A Name' }, p1: { name: 'B Name' } });
  expect(view('p1', 'practitioner')).toEqual({
    c1: { name: 'A Name', contactNumber: '1' },
    p1: { name: 'B Name' },
  });
  expect(view('d1', 'duty')).toEqual({});
  expect(view('d1', 'duty', true)).toEqual({
    c1: { name: 'A Name', contactNumber: '1' },
    p1: { name: 'B Name' },
  });
});

test('[H18] a first start that was killed while it made the key leaves nothing that stops the next', () => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-'));
  writeFileSync(join(directory, 'vault.key.8f0c'), 'half of a k');
  const key = vaultKeyIn(directory);
  expect(key).toHaveLength(32);
  expect(vaultKeyIn(directory)).toEqual(key);
});

test('[H18] a first start writes over no key file that another process has begun', () => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-'));
  const path = join(directory, 'vault.key');
  writeFileSync(path, '');
  expect(() => vaultKeyIn(directory)).toThrow(/bad-key.*holds 0 bytes/);
  expect(readFileSync(path, 'utf8')).toBe('');
});
