import { createReadStream } from 'node:fs';
import { mkdir, open, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Code } from '@holdfast/protocol';
import type { Sink } from './sink.js';

/** Settings of the file sink. */
export interface JsonLinesSinkOptions {
  /** Default `file`. */
  readonly name?: Code;
  /** Path of the file; made when it is missing, readable by its owner only. */
  readonly path: string;
}

interface OpenFile {
  readonly handle: FileHandle;
  /** Newest sequence in the file, by `tenant/session`: a batch that is written again adds nothing twice. */
  readonly written: Map<string, number>;
}

/**
 * One event a line, synced once a batch: the record that `holdfast verify` checks. A last line that a killed process
 * left torn is cut off at the next start and written again.
 */
export function jsonLinesSink({ name = 'file', path }: JsonLinesSinkOptions): Sink {
  let opened: Promise<OpenFile> | null = null;
  const file = async (): Promise<OpenFile> => {
    opened ??= openFile(path);
    try {
      return await opened;
    } catch (cause) {
      opened = null;
      throw cause;
    }
  };
  return {
    name,
    async write(events) {
      const { handle, written } = await file();
      const fresh = events.filter((event) => event.sequence > (written.get(sessionOf(event)) ?? 0));
      if (fresh.length === 0) return;
      const before = (await handle.stat()).size;
      try {
        await handle.appendFile(fresh.map((event) => `${JSON.stringify(event)}\n`).join(''));
        await handle.datasync();
      } catch (cause) {
        // A full disk may have taken half a line: nothing of this batch stays.
        await handle.truncate(before).catch(() => {});
        throw cause;
      }
      for (const event of fresh) written.set(sessionOf(event), event.sequence);
    },
    async close() {
      const current = await opened?.catch(() => null);
      opened = null;
      await current?.handle.close();
    },
  };
}

const sessionOf = ({ tenant, session }: { readonly tenant: string; readonly session: string }): string =>
  `${tenant}/${session}`;

async function openFile(path: string): Promise<OpenFile> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(path, 'a', 0o600);
  try {
    const { written, soundBytes } = await readWritten(path);
    await truncate(path, soundBytes);
    return { handle, written };
  } catch (cause) {
    await handle.close();
    throw cause;
  }
}

/** Reads what is there, line by line. `soundBytes` ends with the last whole line. */
async function readWritten(path: string): Promise<{ written: Map<string, number>; soundBytes: number }> {
  const written = new Map<string, number>();
  let rest = Buffer.alloc(0);
  let soundBytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const data = Buffer.concat([rest, chunk]);
    const end = data.lastIndexOf(0x0a) + 1;
    for (const line of data.subarray(0, end).toString('utf8').split('\n')) noteLine(line, written);
    rest = data.subarray(end);
    soundBytes += end;
  }
  return { written, soundBytes };
}

function noteLine(line: string, written: Map<string, number>): void {
  if (line === '') return;
  try {
    const event = JSON.parse(line) as { tenant: string; session: string; sequence: number };
    written.set(sessionOf(event), event.sequence);
  } catch {
    // An altered line is for `holdfast verify` to name; it must not keep new events out of the file.
  }
}
