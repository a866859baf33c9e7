import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Read from the end in pieces of this size: what is asked for is nearly always in the last one. */
const PIECE_BYTES = 64 * 1024;
const LINE_END = 0x0a;

/** One line's content. Who wrote it is not sure, so nothing about it is. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An append-only file of one JSON object a line. */
export interface JsonLinesFile {
  /**
   * What its lines hold, the newest first. A line that was altered is passed over: `holdfast verify` names it, and it
   * must not keep new lines out of the file.
   */
  newestFirst(): AsyncIterable<JsonObject>;
  /** Adds a line each and syncs once. When that fails, nothing of it stays. */
  append(objects: readonly object[]): Promise<void>;
}

/**
 * Opens a file of JSON lines for one use and closes it. A missing one is made, readable by its owner only; a last line
 * that a killed process left torn is cut off. Opening each time means that the host may move or delete the file.
 *
 * One use at a time: a caller puts its uses into a queue.
 */
export async function withJsonLines<T>(path: string, use: (file: JsonLinesFile) => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(path, 'a+', 0o600);
  try {
    await cutTornLine(handle);
    return await use({
      newestFirst: () => objectsNewestFirst(handle),
      append: (objects) => append(handle, objects),
    });
  } finally {
    await handle.close();
  }
}

async function append(handle: FileHandle, objects: readonly object[]): Promise<void> {
  const { size } = await handle.stat();
  try {
    await handle.appendFile(objects.map((object) => `${JSON.stringify(object)}\n`).join(''));
    await handle.datasync();
  } catch (cause) {
    // A full disk may have taken half a line.
    await handle.truncate(size).catch(() => {});
    throw cause;
  }
}

async function cutTornLine(handle: FileHandle): Promise<void> {
  let tornBytes = 0;
  for await (const piece of piecesFromEnd(handle)) {
    const bytesAfter = piece.length - 1 - piece.lastIndexOf(LINE_END);
    tornBytes += bytesAfter;
    if (bytesAfter < piece.length) break;
  }
  if (tornBytes > 0) await handle.truncate((await handle.stat()).size - tornBytes);
}

async function* objectsNewestFirst(handle: FileHandle): AsyncGenerator<JsonObject> {
  let rest = Buffer.alloc(0);
  for await (const piece of piecesFromEnd(handle)) {
    const data = Buffer.concat([piece, rest]);
    // The first line may begin in the piece before.
    const begin = data.indexOf(LINE_END) + 1;
    yield* objectsIn(data.subarray(begin));
    rest = data.subarray(0, begin);
  }
  yield* objectsIn(rest);
}

function objectsIn(data: Buffer): JsonObject[] {
  const lines = data.toString('utf8').split('\n').toReversed();
  return lines.map(objectOf).filter((object) => object !== null);
}

function objectOf(line: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' ? (value as JsonObject | null) : null;
  } catch {
    return null;
  }
}

async function* piecesFromEnd(handle: FileHandle): AsyncGenerator<Buffer> {
  let end = (await handle.stat()).size;
  while (end > 0) {
    const begin = Math.max(0, end - PIECE_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - begin), 0, end - begin, begin);
    yield buffer.subarray(0, bytesRead);
    end = begin;
  }
}
