import type { Code } from '@holdfast/protocol';
import { serialQueue } from '../authority/serial-queue.js';
import { ServerError } from '../errors.js';
import { withJsonLines, type JsonLinesFile } from '../json-lines/json-lines-file.js';
import { checkShapes } from '../option-shapes.js';
import type { Alert } from './alert.js';

/** Settings of the alert file. */
export interface LogAlertOptions {
  /** Default `log`. */
  readonly name?: Code;
  /** Path of the file; made when it is missing, readable by its owner only: it holds join links. */
  readonly path: string;
}

/**
 * Writes one notice a line, synced: for the quickstart, for drills and as a channel beside another.
 *
 * @throws ServerError `bad-option`.
 */
export function logAlert(options: LogAlertOptions): Alert {
  checkShapes('logAlert', options, { name: 'one', path: 'one' });
  const { name = 'log', path } = options;
  if (typeof path !== 'string' || path === '')
    throw new ServerError('bad-option', 'logAlert: path must be the path of a file');
  const queue = serialQueue();
  let sent: Set<unknown> | null = null;
  return {
    name,
    send: (notice) =>
      queue.run(() =>
        withJsonLines(path, async (file) => {
          sent ??= await idsIn(file);
          if (sent.has(notice.id)) return;
          await file.append([notice]);
          sent.add(notice.id);
        }),
      ),
    // Opens the file as a notice would, and writes nothing.
    test: () => queue.run(() => withJsonLines(path, async () => {})),
    close: () => queue.idle(),
  };
}

async function idsIn(file: JsonLinesFile): Promise<Set<unknown>> {
  const ids = new Set<unknown>();
  for await (const { id } of file.newestFirst()) ids.add(id);
  return ids;
}
