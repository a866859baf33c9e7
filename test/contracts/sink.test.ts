import { appendFile, chmod, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent } from '@holdfast/protocol';
import { verifyChain } from '@holdfast/protocol/audit';
import { callbackSink, jsonLinesSink, webhookSink } from '@holdfast/server';
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
  sinkContract(async () => {
    const folder = join(await aFolder(), 'deeper');
    const path = join(folder, 'events.jsonl');
    let sink = jsonLinesSink({ path });
    return {
      sink: {
        name: 'file',
        write: (events, signal) => sink.write(events, signal),
        close: () => sink.close(),
      },
      received: async () => (await lines(path)).map((line) => (JSON.parse(line) as AuditEvent).id),
      // A folder in the place of the file: it cannot be opened, whoever runs this.
      breakIt: async () => {
        await sink.close();
        await appendFile(join(folder, 'kept'), await readFile(path));
        await rm(path);
        await mkdir(path);
        sink = jsonLinesSink({ path });
      },
      mend: async () => {
        await rm(path, { recursive: true });
        await appendFile(path, await readFile(join(folder, 'kept')));
      },
    };
  });

  test('[H17] cuts off a torn last line at the next start and writes it again', async () => {
    const path = join(await aFolder(), 'events.jsonl');
    const events = someEvents(3);
    const first = jsonLinesSink({ path });
    await first.write(events.slice(0, 2), AbortSignal.timeout(1000));
    await first.close();
    await appendFile(path, JSON.stringify(events[2]).slice(0, 40));
    const second = jsonLinesSink({ path });
    // The cursor of a killed process may be behind what the file has.
    await second.write(events.slice(1), AbortSignal.timeout(1000));
    await second.close();
    const report = verifyChain(await lines(path));
    expect(report).toEqual({ events: 3, sessions: 1, fault: null });
  });

  test("[H18] the file is its owner's only", async () => {
    const path = join(await aFolder(), 'events.jsonl');
    const sink = jsonLinesSink({ path });
    await sink.write(someEvents(1), AbortSignal.timeout(1000));
    expect((await stat(path)).mode & 0o077).toBe(0);
    await chmod(path, 0o600);
    await sink.close();
  });
});
