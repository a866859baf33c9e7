import { appendFile, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent } from '@holdfast/protocol';
import { verifyChain } from '@holdfast/protocol/audit';
import { callbackSink, eventFile, jsonLinesSink, webhookSink } from '@holdfast/server';
import { fakeSink } from '@holdfast/server/testing';
import { describe, expect, test } from 'vitest';
import { sinkContract, someEvents } from './sink.js';
import { SECRET, receiver } from './webhook-receiver.js';

const aFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'holdfast-sink-'));
const lines = async (path: string): Promise<string[]> =>
  (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');

describe('fake sink', () =>
  sinkContract(async () => {
    const sink = fakeSink();
    return {
      sink,
      received: async () => sink.events.map((event) => event.id),
      breakIt: async () => sink.behave('failing'),
      mend: async () => sink.behave('working'),
    };
  }));

describe('callback sink', () =>
  sinkContract(async () => {
    const taken = new Set<string>();
    let isBroken = false;
    const write = async (events: readonly AuditEvent[]): Promise<void> => {
      if (isBroken) throw new Error('the host is not there');
      for (const event of events) taken.add(event.id);
    };
    return {
      sink: callbackSink({ name: 'host', write }),
      received: async () => [...taken],
      breakIt: async () => void (isBroken = true),
      mend: async () => void (isBroken = false),
    };
  }));

describe('webhook sink', () => {
  sinkContract(async () => {
    const host = await receiver();
    const sink = webhookSink({ url: host.url, secret: SECRET });
    return {
      sink: { ...sink, close: async () => Promise.all([sink.close(), host.close()]).then(() => {}) },
      received: async () =>
        (host.bodies as { events: AuditEvent[] }[]).flatMap((body) => body.events.map((event) => event.id)),
      breakIt: async () => void (host.status = 503),
      mend: async () => void (host.status = 200),
    };
  });

  test('refuses plain http to another machine, and short secrets', () => {
    expect(() => webhookSink({ url: 'http://example.org/hook', secret: SECRET })).toThrow(/https/);
    expect(() => webhookSink({ url: 'https://example.org/hook', secret: 'whsec_c2hvcnQ=' })).toThrow(
      /24 bytes/,
    );
  });
});

describe('JSON lines sink', () => {
  const recordIn = async (directory: string): Promise<string[]> => {
    const found = await readdir(directory, { recursive: true });
    const files = found.filter((file) => file.endsWith('.jsonl')).toSorted();
    return (await Promise.all(files.map((file) => lines(join(directory, file))))).flat();
  };

  sinkContract(async () => {
    const folder = await aFolder();
    const directory = join(folder, 'deeper');
    const sink = jsonLinesSink({ directory });
    return {
      sink,
      received: async () => (await recordIn(directory)).map((line) => (JSON.parse(line) as AuditEvent).id),
      // A file in the place of the folder: nothing can be opened in it, whoever runs this.
      breakIt: async () => {
        await rename(directory, join(folder, 'kept'));
        await appendFile(directory, '');
      },
      mend: async () => {
        await rm(directory);
        await rename(join(folder, 'kept'), directory);
      },
    };
  });

  test('[A02] one file a session, each proven by itself', async () => {
    const directory = await aFolder();
    const sink = jsonLinesSink({ directory });
    const [a, b] = [someEvents(3, 'a'), someEvents(2, 'b:1')];
    await sink.write([...a.slice(0, 2), ...b], AbortSignal.timeout(1000));
    await sink.write(a.slice(2), AbortSignal.timeout(1000));
    await sink.close();
    expect(await readdir(join(directory, 't1'))).toEqual(['a.jsonl', 'b%3A1.jsonl']);
    for (const [session, events] of [
      ['a', 3],
      ['b:1', 2],
    ] as const) {
      const file = eventFile({ directory, session, tenant: 't1' });
      expect(verifyChain(await lines(file))).toEqual({ events, sessions: 1, fault: null });
    }
  });

  test('[H17] cuts off a torn last line and writes it again', async () => {
    const directory = await aFolder();
    const path = eventFile({ directory, session: 's1', tenant: 't1' });
    const events = someEvents(3);
    const first = jsonLinesSink({ directory });
    await first.write(events.slice(0, 2), AbortSignal.timeout(1000));
    await first.close();
    await appendFile(path, JSON.stringify(events[2]).slice(0, 40));
    const second = jsonLinesSink({ directory });
    // The cursor of a killed process may be behind what the file has.
    await second.write(events.slice(1), AbortSignal.timeout(1000));
    await second.close();
    expect(verifyChain(await lines(path))).toEqual({ events: 3, sessions: 1, fault: null });
  });

  test('[A02] a line that was altered keeps no new event out, and is named', async () => {
    const directory = await aFolder();
    const path = eventFile({ directory, session: 's1', tenant: 't1' });
    const events = someEvents(3);
    const sink = jsonLinesSink({ directory });
    await sink.write(events.slice(0, 2), AbortSignal.timeout(1000));
    const [whole = '', altered = ''] = await lines(path);
    await writeFile(path, `${whole}\n${altered.replace('{', '')}\n`);
    await sink.write(events.slice(2), AbortSignal.timeout(1000));
    await sink.close();
    const record = await lines(path);
    expect(record).toHaveLength(3);
    expect(verifyChain(record).fault?.line).toBe(2);
  });

  test("[H18] the files are their owner's only", async () => {
    const directory = join(await aFolder(), 'events');
    const sink = jsonLinesSink({ directory });
    await sink.write(someEvents(1), AbortSignal.timeout(1000));
    await sink.close();
    for (const path of [directory, eventFile({ directory, session: 's1', tenant: 't1' })])
      expect((await stat(path)).mode & 0o077).toBe(0);
  });
});
