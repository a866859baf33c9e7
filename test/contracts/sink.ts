import { FIRST_HASH } from '@holdfast/protocol/audit';
import type { AuditEvent } from '@holdfast/protocol';
import type { Sink } from '@holdfast/server';
import { expect, test } from 'vitest';
import { anEvent } from './store-builders.js';

/** A sink under test, what it has so far, and a way to break it. */
export interface SinkUnderTest {
  readonly sink: Sink;
  /** Ids of the events that the host has, each once; each session's in the order in which they came. */
  readonly received: () => Promise<readonly string[]>;
  readonly breakIt: () => Promise<void>;
  readonly mend: () => Promise<void>;
}

/** Events of one session, in a valid chain. */
export function someEvents(count: number, session = 's1'): readonly AuditEvent[] {
  const events: AuditEvent[] = [];
  for (let sequence = 1; sequence <= count; sequence += 1) {
    events.push(anEvent(sequence, events.at(-1)?.hash ?? FIRST_HASH, { session }));
  }
  return events;
}

const ids = (events: readonly AuditEvent[]): string[] => events.map((event) => event.id);
const signal = (): AbortSignal => AbortSignal.timeout(5000);

/** What every `Sink` does, fake and real. */
export function sinkContract(open: () => Promise<SinkUnderTest>): void {
  test('[A02] takes batches in order', async () => {
    const { sink, received } = await open();
    const events = someEvents(5);
    await sink.write(events.slice(0, 2), signal());
    await sink.write(events.slice(2), signal());
    expect(await received()).toEqual(ids(events));
    await sink.close();
  });

  test('[H17] a batch that comes again is there once', async () => {
    const { sink, received } = await open();
    const events = someEvents(3);
    await sink.write(events, signal());
    await sink.write(events, signal());
    expect(await received()).toEqual(ids(events));
    await sink.close();
  });

  test('[H17] rejects while it is broken, and has everything once it is mended', async () => {
    const { sink, received, breakIt, mend } = await open();
    const events = someEvents(4);
    await sink.write(events.slice(0, 1), signal());
    await breakIt();
    await expect(sink.write(events.slice(1), signal())).rejects.toThrow();
    await mend();
    await sink.write(events.slice(1), signal());
    expect(await received()).toEqual(ids(events));
    await sink.close();
  });

  test('[A02] events of several sessions, mixed, keep the order of each session', async () => {
    const { sink, received } = await open();
    const [a1, a2] = someEvents(2, 'a') as [AuditEvent, AuditEvent];
    const [b1] = someEvents(1, 'b') as [AuditEvent];
    await sink.write([a1, b1, a2], signal());
    const taken = await received();
    expect(taken.filter((id) => id !== b1.id)).toEqual(ids([a1, a2]));
    expect(taken).toHaveLength(3);
    expect(taken).toContain(b1.id);
    await sink.close();
  });
}
