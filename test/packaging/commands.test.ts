import { describe, expect, test } from 'vitest';
import { completed, missingOptionals } from '../../tools/complete-lock.mjs';
import { benchResultFaults } from '../../tools/workspace/bench-result.mjs';
import { notInstalled } from '../../tools/workspace/install.mjs';
import { quotedIds } from '../../tools/check/trace.mjs';
import { aCheckTree, type Files } from './kit/check-tree.js';

const imports = "import { expect, test } from 'vitest';\n";
const minuteMs = 60_000;

async function lastLineOf(files: Files): Promise<string> {
  const tree = await aCheckTree(files);
  const { code, output } = await tree.runTests('--only', 'unit');
  tree.remove();
  return `${output.trim().split('\n').at(-1)} (exit ${code})`;
}

describe('npm test', { timeout: minuteMs }, () => {
  test('ends with the counts', async () => {
    const skipped = `${imports}test('passes', () => expect(1).toBe(1));\ntest.skip('later', () => undefined);\n`;
    const line = await lastLineOf({ 'packages/protocol/src/words.test.ts': skipped });
    expect(line).toBe('2 passed, 0 failed, 1 skipped (exit 0)');
  });

  test('counts a failed test', async () => {
    const line = await lastLineOf({
      'packages/protocol/src/words.test.ts': `${imports}test('fails', () => expect(1).toBe(2));\n`,
    });
    expect(line).toBe('1 passed, 1 failed (exit 1)');
  });

  test('counts a test file that cannot be loaded', async () => {
    const line = await lastLineOf({ 'packages/protocol/src/words.test.ts': "import './absent.js';\n" });
    expect(line).toBe('1 passed, 1 failed (exit 1)');
  });

  test('counts an error outside of every test', async () => {
    const unhandled = `${imports}void Promise.reject(new Error('forgotten'));\ntest('passes', () => expect(1).toBe(1));\n`;
    const line = await lastLineOf({ 'packages/protocol/src/words.test.ts': unhandled });
    expect(line).toBe('2 passed, 1 failed (exit 1)');
  });

  test('counts a runner that does not start', async () => {
    const line = await lastLineOf({ 'vitest.config.ts': 'export default {\n' });
    expect(line).toBe('0 passed, 1 failed (exit 1)');
  });

  test('calls a run without any test a failure', async () => {
    const line = await lastLineOf({ 'packages/session/src/index.test.ts': null });
    expect(line).toBe('0 passed, 1 failed (exit 1)');
  });
});

test('the lock is completed for every platform and stays as it is the second time', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/bundler': {
        dev: true,
        optionalDependencies: { '@b/linux-x64-musl': '1.0.0', '@b/darwin-arm64': '1.0.0', loose: '^1.0.0' },
      },
    },
  };
  expect(missingOptionals(lock).map(({ name }) => name)).toEqual(['@b/linux-x64-musl', '@b/darwin-arm64']);
  const complete = completed(lock);
  expect(complete.packages['node_modules/@b/linux-x64-musl']).toEqual({
    version: '1.0.0',
    cpu: ['x64'],
    dev: true,
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  });
  expect(completed(complete)).toEqual(complete);
});

test('only what is missing or of another version is installed', () => {
  const lock = {
    packages: {
      '': { version: '0.0.0' },
      'packages/protocol': { version: '0.1.0' },
      'node_modules/@holdfast/protocol': { link: true },
      'node_modules/here': { version: '1.0.0' },
      'node_modules/old': { version: '2.0.0' },
      'node_modules/gone': { version: '1.0.0' },
      'node_modules/elsewhere-darwin-arm64': { version: '1.0.0', optional: true },
    },
  };
  const installed = {
    packages: {
      'node_modules/@holdfast/protocol': { link: true },
      'node_modules/here': { version: '1.0.0' },
      'node_modules/old': { version: '1.0.0' },
    },
  };
  expect(notInstalled(lock, installed)).toEqual(['node_modules/old', 'node_modules/gone']);
});

test('a bench result is held to its documented form', () => {
  const figure = {
    id: 'heal-8s',
    unit: 'ms',
    ours: 120,
    peer: { name: 'stock', value: 200 },
    goal: { op: '<=', value: 150 },
    met: true,
    n: 5,
  };
  const result = {
    bench: 'first',
    machine: '2 x CPU',
    takenAt: '2026-01-01T00:00:00.000Z',
    figures: [figure],
  };
  expect(benchResultFaults(result)).toEqual([]);
  expect(benchResultFaults({ ...result, figures: [] })).toEqual(['figures must be a list that is not empty']);
  expect(benchResultFaults({ ...result, figures: [{ ...figure, n: 1.5, peer: { name: 'stock' } }] })).toEqual(
    ['figures[0].peer must be { name, value } or null', 'figures[0].n must be a count'],
  );
});

test('ids are read from the titles of tests and not from the code around them', () => {
  expect(quotedIds("test('[E13, H25] waits', () => list[A01]);")).toEqual(['E13', 'H25']);
  expect(quotedIds('describe(`[S4][S5a] silence`, () => undefined);')).toEqual(['S4', 'S5a']);
  expect(quotedIds("test.each(rows)(\n  'waits [C01]',\n)")).toEqual(['C01']);
  expect(quotedIds('const rows = [A01, A02];')).toEqual([]);
});
