import { expect, test } from 'vitest';
import { aCheckTree } from './kit/check-tree.js';
import { brokenTrees } from './kit/broken-trees.js';

const minuteMs = 60_000;

async function checkNames(): Promise<readonly string[]> {
  const tree = await aCheckTree();
  const { output } = await tree.run('--list');
  tree.remove();
  return output.trim().split('\n');
}

test('every check passes on a sound tree', { timeout: 4 * minuteMs }, async () => {
  const tree = await aCheckTree();
  const names = await checkNames();
  // The first report of an API is written, not compared.
  await tree.run('api', '--update');
  const { code, output } = await tree.run(...names);
  tree.remove();
  expect(output).toContain(`${names.length} checks passed, 0 failed`);
  expect(code).toBe(0);
});

test('every check has a tree on which it fails', async () => {
  const broken = new Set(brokenTrees.map(({ check }) => check));
  expect((await checkNames()).filter((name) => !broken.has(name))).toEqual([]);
});

test.for(brokenTrees)(
  '$check fails: $title',
  { timeout: 2 * minuteMs },
  async ({ check, files, reasons }) => {
    const tree = await aCheckTree(files);
    const { code, output } = await tree.run(check);
    tree.remove();
    for (const reason of reasons) expect(output).toMatch(reason);
    expect(output).toMatch(new RegExp(`^FAIL ${check}`, 'm'));
    expect(code).toBe(1);
  },
);
