import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { referencePolicy } from '@holdfast/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkPolicyFile } from './check-policy-file.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-policy-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const check = (text: string) => {
  const file = join(folder, 'policy.json');
  writeFileSync(file, text);
  const { exitCode, lines } = checkPolicyFile(file);
  return { exitCode, lines: lines.map((line) => line.replace(file, 'policy.json')) };
};
const reference = JSON.stringify(referencePolicy, null, 2);
const lineWith = (text: string, part: string) =>
  text.split('\n').findIndex((line) => line.includes(part)) + 1;

test('[A08] a policy that can be used is named, with its date of review', () => {
  expect(check(reference)).toEqual({
    exitCode: 0,
    lines: ['policy.json: reference v2 (standard) can be used. It is to be reviewed by 2027-11-01.'],
  });
});

test('[H25] every fault stands with its line, in the order of the file, with bound and reason', () => {
  const text = reference
    .replace('"reconnectWaitMs": 300000', '"reconnectWaitMs": 300')
    .replace('"phoneAttempts": 3', '"phoneAttempts": 9')
    .replace('"decideMs": 120000', '"decideMs": 1000000');
  const { exitCode, lines } = check(text);
  expect(exitCode).toBe(1);
  // The shape goes before the bounds: a document whose shape is wrong is not read further.
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`^policy.json:${lineWith(text, '"phoneAttempts"')}: phoneAttempts: `)),
    '1 fault: this policy cannot be used.',
  ]);
  const bounds = check(text.replace('"phoneAttempts": 9', '"phoneAttempts": 3')).lines;
  expect(bounds).toEqual([
    expect.stringContaining(
      `policy.json:${lineWith(text, '"reconnectWaitMs"')}: durations.reconnectWaitMs: `,
    ),
    expect.stringContaining(`policy.json:${lineWith(text, '"decideMs"')}: durations.decideMs: `),
    '2 faults: this policy cannot be used.',
  ]);
  expect(bounds[0]).toContain('30000 to 300000 ms');
  expect(bounds[0]).toContain('five minutes');
});

test('[H25] what is missing stands at the line of what should hold it; a person listed twice at their list', () => {
  const { owner: _owner, ...ownerless } = referencePolicy;
  expect(check(JSON.stringify(ownerless, null, 2)).lines[0]).toMatch(/^policy.json:1: owner: /);
  const duty = [{ person: 'd1' }, { person: 'd1' }];
  const text = JSON.stringify({ ...referencePolicy, staff: { ...referencePolicy.staff, duty } }, null, 2);
  expect(check(text).lines[0]).toContain(
    `policy.json:${lineWith(text, '"duty"')}: staff.duty: d1 is listed twice`,
  );
});

test('what is not JSON, or not there, is said in one sentence', () => {
  expect(check('{\n  "id": "x",\n  oops\n}').lines).toEqual([
    expect.stringMatching(/^policy.json:3: this is not JSON/),
  ]);
  expect(check('').exitCode).toBe(1);
  expect(checkPolicyFile(join(folder, 'none.json')).lines[0]).toContain('cannot be read');
});
