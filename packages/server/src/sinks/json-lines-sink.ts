import { join } from 'node:path';
import type { AuditEvent, Code, Id } from '@holdfast/protocol';
import { serialQueue } from '../authority/serial-queue.js';
import { ServerError } from '../errors.js';
import { withJsonLines, type JsonLinesFile } from '../json-lines/json-lines-file.js';
import { checkShapes } from '../option-shapes.js';
import type { Sink } from './sink.js';

/** Settings of the file sink. */
export interface JsonLinesSinkOptions {
  /** Default `files`. */
  readonly name?: Code;
  /** Folder of the record; made when it is missing, readable by its owner only. */
  readonly directory: string;
}

/** Where to look for the record of one session. */
export interface EventFileOptions {
  /** The folder that the sink was given. A session server without sinks of its own uses `events` in its `dataDir`. */
  readonly directory: string;
  /** The id that `createSession` gave. */
  readonly session: Id;
  /** Default `default`. */
  readonly tenant?: Id;
}

/** Path of the file that holds one session's record: what `holdfast verify` takes (A02). */
export const eventFile = ({ directory, session, tenant = 'default' }: EventFileOptions): string =>
  // The only letter of an id that some file systems refuse is the colon.
  join(directory, tenant.replaceAll(':', '%3A'), `${session.replaceAll(':', '%3A')}.jsonl`);

/**
 * One file a session, one event a line, synced once a batch. A session's chain begins and ends in its file, so that each
 * file is proven by itself, and kept or deleted as long as that client's record is (A02). None is ever rotated.
 *
 * A last line that a killed process left torn is cut off and written again.
 *
 * @throws ServerError `bad-option`.
 */
export function jsonLinesSink(options: JsonLinesSinkOptions): Sink {
  checkShapes('jsonLinesSink', options, { name: 'one', directory: 'one' });
  const { name = 'files', directory } = options;
  if (typeof directory !== 'string' || directory === '')
    throw new ServerError('bad-option', 'jsonLinesSink: directory must be the path of a folder');
  const queue = serialQueue();
  return {
    name,
    write: (events) =>
      queue.run(async () => {
        for (const own of bySession(events).values()) {
          const path = eventFile({ directory, ...own[0] });
          await withJsonLines(path, (file) => appendFresh(file, own));
        }
      }),
    close: () => queue.idle(),
  };
}

type SessionEvents = [AuditEvent, ...AuditEvent[]];

function bySession(events: readonly AuditEvent[]): Map<string, SessionEvents> {
  const sessions = new Map<string, SessionEvents>();
  for (const event of events) {
    const key = `${event.tenant}/${event.session}`;
    const own = sessions.get(key);
    if (own === undefined) sessions.set(key, [event]);
    else own.push(event);
  }
  return sessions;
}

/** A batch that comes again adds nothing twice. */
async function appendFresh(file: JsonLinesFile, events: SessionEvents): Promise<void> {
  const written = await newestSequence(file, events[0]);
  const fresh = events.filter((event) => event.sequence > written);
  if (fresh.length > 0) await file.append(fresh);
}

/** Two sessions share a file where the disk takes A and a for one letter; each line says whose it is. */
async function newestSequence(file: JsonLinesFile, { tenant, session }: AuditEvent): Promise<number> {
  for await (const line of file.newestFirst()) {
    if (line['tenant'] === tenant && line['session'] === session && typeof line['sequence'] === 'number')
      return line['sequence'];
  }
  return 0;
}
