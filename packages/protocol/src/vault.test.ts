import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readableKeys, VAULT_KEYS } from './vault.js';

const client = { id: 'c1', role: 'client' } as const;
const practitioner = { id: 'p1', role: 'practitioner' } as const;
const duty = { id: 'd1', role: 'duty' } as const;

describe('who may read which words', () => {
  test('[H05] a client never reads back the emergency contact: someone may be looking on', () => {
    const keys = readableKeys({ ...client, isAlerted: false }, client);
    expect(keys).not.toContain('contactName');
    expect(keys).not.toContain('contactNumber');
    expect(keys).not.toContain('contactMayBeTold');
  });

  test('[S5][H05] nor the plan for safe contact, which staff read', () => {
    expect(readableKeys({ ...client, isAlerted: false }, client)).not.toContain('safeContact');
    expect(readableKeys({ ...practitioner, isAlerted: false }, client)).toContain('safeContact');
  });

  test('[I22][A11] an agreed safe word never goes to a client’s device', () => {
    for (const reader of [client, { id: 'c2', role: 'client' } as const])
      expect(readableKeys({ ...reader, isAlerted: false }, client)).not.toContain('safeWord');
    expect(readableKeys({ ...practitioner, isAlerted: false }, client)).toContain('safeWord');
  });

  test('[E20] nobody reads the number of a practitioner or of the duty role', () => {
    for (const reader of [client, practitioner, duty]) {
      for (const owner of [practitioner, duty]) {
        if (reader.role === owner.role) continue;
        const keys = readableKeys({ ...reader, isAlerted: true }, owner);
        expect(
          keys.filter((key) => key !== 'name'),
          `${reader.role} reads ${owner.role}`,
        ).toEqual(reader.role === 'client' ? [] : ['staffNote']);
      }
    }
  });

  test('[H18] the duty role reads nothing of a client until it was alerted', () => {
    expect(readableKeys({ ...duty, isAlerted: false }, client)).toEqual([]);
    expect(readableKeys({ ...duty, isAlerted: true }, client)).toEqual(VAULT_KEYS);
  });

  test('[M4][A31][H16] a note between staff is read by staff who act, and never by a client', () => {
    for (const owner of [practitioner, duty, client]) {
      expect(readableKeys({ ...client, isAlerted: true }, owner)).not.toContain('staffNote');
      if (owner.role !== 'duty')
        expect(readableKeys({ ...duty, isAlerted: false }, owner)).not.toContain('staffNote');
    }
    expect(readableKeys({ ...duty, isAlerted: true }, practitioner)).toContain('staffNote');
    expect(readableKeys({ ...practitioner, isAlerted: false }, duty)).toContain('staffNote');
  });

  test('[H18] another client reads nothing', () => {
    expect(readableKeys({ id: 'c2', role: 'client', isAlerted: false }, client)).toEqual([]);
  });
});

describe('the map of data', () => {
  const map = readFileSync(new URL('../../../docs/safety-case/data-map.md', import.meta.url), 'utf8');
  const rowOf = (key: string): string =>
    map.split('\n').find((line) => line.startsWith('|') && line.split('|')[1]?.includes(`\`${key}\``)) ?? '';

  test.each(VAULT_KEYS)('[Z14][B05] says of %s who reads it, as the software has it', (key) => {
    expect(rowOf(key)).not.toBe('');
    if (key === 'name') return;
    const isTheirOwn = readableKeys({ ...client, isAlerted: false }, client).includes(key);
    expect(rowOf(key).includes('the client reads their own')).toBe(isTheirOwn);
  });
});
