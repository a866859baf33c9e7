import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { AuditEvent } from '@holdfast/protocol';
import { chainEvent, FIRST_HASH } from '@holdfast/protocol/audit';
import { fileLines } from './file-lines.js';
import { verifyFile } from './verify-file.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const write = (text: string): string => {
  const file = join(folder, `${(files += 1)}.jsonl`);
  writeFileSync(file, text);
  return file;
};

function record(length: number): string[] {
  const lines: string[] = [];
  let prevHash = FIRST_HASH;
  for (let sequence = 1; sequence <= length; sequence += 1) {
    const event = chainEvent(anEvent(sequence), prevHash);
    prevHash = event.hash;
    lines.push(JSON.stringify(event));
  }
  return lines;
}

const anEvent = (sequence: number): Omit<AuditEvent, 'hash' | 'prevHash'> => ({
  schemaVersion: 1,
  id: `s1.${sequence}`,
  tenant: 't1',
  session: 's1',
  sequence,
  kind: 'input.ignored',
  rules: [],
  subject: { kind: 'session', id: 's1' },
  actor: { person: null, role: null, source: 'clock', device: null },
  occurredAtMs: 1000 + sequence,
  recordedAtMs: 1000 + sequence,
  saidAtMs: null,
  cause: `clock-${sequence}`,
  from: null,
  to: null,
  outcome: null,
  details: {},
  policy: { id: 'p', version: 'v1', hash: 'a'.repeat(64) },
  drill: false,
});

describe('holdfast verify', () => {
  test('[A02] a whole record is whole', () => {
    expect(verifyFile(write(`${record(3).join('\n')}\n`))).toMatchObject({
      exitCode: 0,
      sentence: expect.stringContaining('3 events of 1 session, in order and unaltered.'),
    });
  });

  test('[A02] names the first line that was altered', () => {
    const lines = record(4).map((line) => line.replace('"occurredAtMs":1003', '"occurredAtMs":1004'));
    expect(verifyFile(write(lines.join('\n')))).toMatchObject({
      exitCode: 1,
      sentence: expect.stringContaining('line 3 was altered'),
    });
  });

  test('[A02] names the line after one that is missing', () => {
    const [first, , third] = record(3);
    const { exitCode, sentence } = verifyFile(write(`${first}\n${third}\n`));
    expect([exitCode, sentence.includes('line 2 has sequence 3')]).toEqual([1, true]);
  });

  test('a torn last line is named', () => {
    const torn = record(2).join('\n').slice(0, -30);
    expect(verifyFile(write(torn)).sentence).toContain('line 2 is not JSON');
  });

  test.each([
    ['a file that is not there', () => join(folder, 'nothing.jsonl'), /There is no file/],
    ['a folder', () => folder, /is not a file/],
    ['an empty file', () => write(''), /holds no events/],
  ])('%s is no proof, and says so', (_title, file, sentence) => {
    expect(verifyFile(file())).toMatchObject({ exitCode: 1, sentence: expect.stringMatching(sentence) });
  });
});

test('reads lines that are longer than a piece, and letters that a piece cuts in two', () => {
  const lines = [`a${'é'.repeat(70_000)}`, '', 'last'];
  expect([...fileLines(write(lines.join('\n')))]).toEqual(lines);
});
