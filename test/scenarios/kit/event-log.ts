import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditEvent, EventKind } from '@holdfast/protocol';
import { eventually } from './processes.js';

/** The record that a host has after a session: the audit events on disk, as the session server wrote them. */
export interface EventLog {
  /** All events of the session so far, in order. */
  read(): readonly AuditEvent[];
  of(kind: EventKind): readonly AuditEvent[];
  /** The first event of a kind that was recorded after an instant and fits; waits for it. */
  next(kind: EventKind, wanted: Wanted): Promise<AuditEvent>;
  /** Files that hold it. */
  files(): readonly string[];
}

export interface Wanted {
  /** Only events recorded at or after this instant count. */
  readonly sinceMs: number;
  readonly withinMs: number;
  readonly where?: (event: AuditEvent) => boolean;
}

/** @param folder The session server's data: the record is in `events`, one session a file. */
export function openEventLog(folder: string): EventLog {
  const files = () => linesFiles(join(folder, 'events'));
  const read = (): AuditEvent[] =>
    files()
      .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
      // The last line may be half written at the moment of reading.
      .filter((line) => line.endsWith('}'))
      .map((line): AuditEvent => JSON.parse(line))
      .toSorted((a, b) => a.sequence - b.sequence);
  const find = (kind: EventKind, { sinceMs, where }: Wanted) =>
    read().find((event) => event.kind === kind && event.recordedAtMs >= sinceMs && (where?.(event) ?? true));
  return {
    read,
    of: (kind) => read().filter((event) => event.kind === kind),
    next: async (kind, wanted) => {
      let found: AuditEvent | undefined;
      await eventually(
        `an event ${kind}; recorded were ${read()
          .map((event) => event.kind)
          .join(', ')}`,
        () => (found = find(kind, wanted)) !== undefined,
        wanted.withinMs,
      );
      if (found === undefined) throw new Error(`no event ${kind}`);
      return found;
    },
    files,
  };
}

function linesFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => join(folder, file));
}
