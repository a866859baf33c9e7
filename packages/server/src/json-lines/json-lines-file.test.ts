import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withJsonLines, type JsonObject } from './json-lines-file.js';

const aPath = async (): Promise<string> =>
  join(await mkdtemp(join(tmpdir(), 'holdfast-lines-')), 'lines.jsonl');

const newestFirst = (path: string): Promise<JsonObject[]> =>
  withJsonLines(path, async (file) => {
    const objects: JsonObject[] = [];
    for await (const object of file.newestFirst()) objects.push(object);
    return objects;
  });

describe('a file of JSON lines', () => {
  test('holds what was added, the newest first, whatever a piece of it cuts in two', async () => {
    const path = await aPath();
    const objects = Array.from({ length: 40 }, (_, at) => ({ at, text: 'é'.repeat(at * 997) }));
    await withJsonLines(path, (file) => file.append(objects.slice(0, 20)));
    await withJsonLines(path, (file) => file.append(objects.slice(20)));
    expect(await newestFirst(path)).toEqual(objects.toReversed());
  });

  test.each([
    ['after whole lines', '{"at":1}\n{"at":2}\n', '{"at":3,"te'],
    ['longer than a piece', '{"at":1}\n', `{"text":"${'é'.repeat(100_000)}`],
    ['in a file without a whole line', '', '{"at":'],
    ['as long as a piece', '', 'x'.repeat(64 * 1024)],
    ['nowhere', '{"at":1}\n', ''],
  ])('[H17] a torn last line is cut off: %s', async (_where, whole, torn) => {
    const path = await aPath();
    await writeFile(path, whole + torn);
    await withJsonLines(path, (file) => file.append([{ at: 9 }]));
    expect(await readFile(path, 'utf8')).toBe(`${whole}{"at":9}\n`);
  });

  test('passes over lines that hold no object', async () => {
    const path = await aPath();
    await appendFile(path, '{"at":1}\nnull\n7\n{"at":\n\n{"at":2}\n');
    expect(await newestFirst(path)).toEqual([{ at: 2 }, { at: 1 }]);
  });
});
