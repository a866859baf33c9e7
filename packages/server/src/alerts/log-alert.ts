import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Code } from '@holdfast/protocol';
import type { Alert, AlertNotice } from './alert.js';

/** Settings of the alert file. */
export interface LogAlertOptions {
  /** Default `log`. */
  readonly name?: Code;
  /** Path of the file; made when it is missing, readable by its owner only: it holds join links. */
  readonly path: string;
}

interface OpenLog {
  readonly handle: FileHandle;
  readonly sent: Set<string>;
}

/** Writes one notice a line, synced: for the quickstart, for drills and as a channel beside another. */
export function logAlert({ name = 'log', path }: LogAlertOptions): Alert {
  let opened: Promise<OpenLog> | null = null;
  const log = async (): Promise<OpenLog> => {
    opened ??= openLog(path);
    try {
      return await opened;
    } catch (cause) {
      opened = null;
      throw cause;
    }
  };
  return {
    name,
    async send(notice) {
      const { handle, sent } = await log();
      if (sent.has(notice.id)) return;
      await handle.appendFile(`${JSON.stringify(notice)}\n`);
      await handle.datasync();
      sent.add(notice.id);
    },
    async close() {
      const current = await opened?.catch(() => null);
      opened = null;
      await current?.handle.close();
    },
  };
}

async function openLog(path: string): Promise<OpenLog> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(path, 'a+', 0o600);
  const text = await readFile(path, 'utf8');
  // A line that a killed process left torn must not run into the next.
  if (text !== '' && !text.endsWith('\n')) await handle.appendFile('\n');
  return {
    handle,
    sent: new Set(
      text
        .split('\n')
        .map(idOf)
        .filter((id) => id !== null),
    ),
  };
}

function idOf(line: string): string | null {
  try {
    return (JSON.parse(line) as AlertNotice).id;
  } catch {
    return null;
  }
}
