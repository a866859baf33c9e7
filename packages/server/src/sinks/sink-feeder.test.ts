import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import type { SessionKey, Store } from '../store/store.js';
import { PEOPLE, SESSION, aSessionServer, mustAccept, together } from '../testing/a-session-server.js';
import { fakeSink } from '../testing/fake-sink.js';
import { passTime, turn } from '../testing/pass-time.js';
import { SinkFeeder } from './sink-feeder.js';
import type { Sink } from './sink.js';

test('[H17] a sink that takes only every second batch does not feed itself with the record of its gaps', async () => {
  const clock = new FakeClock();
  const taken = fakeSink('odd');
  let writes = 0;
  const odd: Sink = {
    ...taken,
    async write(events, signal) {
      writes += 1;
      if (writes % 2 === 1) throw new Error('429');
      await taken.write(events, signal);
    },
  };
  const running = await aSessionServer(clock, { sinks: [odd] });
  const { practitioner, client } = await together(clock, running);
  await passTime(clock, 5000, practitioner, client);
  const before = taken.events.length;
  expect(taken.events.map(({ kind }) => kind)).toContain('sink.recovered');
  await passTime(clock, 30_000, practitioner, client);
  expect(taken.events).toHaveLength(before);
  await running.server.close();
});

/** A store that outlives the session server. */
const lasting = () => ({ ...memoryStore(), close: async () => {} });

test('[H17] a store that does not keep how far a sink has come is not the failure of the sink', async () => {
  const clock = new FakeClock();
  const memory = memoryStore();
  let isGone = false;
  const store: Store = {
    ...memory,
    async moveCursor(...moved) {
      if (isGone) throw new Error('the store is gone');
      return memory.moveCursor(...moved);
    },
  };
  const running = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, running);
  const told = new Set<string>();
  running.server.on('problem', (problem) => told.add(problem));
  isGone = true;
  await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
  await passTime(clock, 3000, practitioner, client);
  expect(running.server.health().sinks).toMatchObject([{ state: 'working' }]);
  isGone = false;
  await passTime(clock, 10_000, practitioner, client);
  expect([...told]).toEqual(['store-unavailable', 'store-recovered']);
  const kinds = (await running.events()).map(({ kind }) => kind);
  expect(kinds).toContain('risk.raised');
  expect(kinds).not.toContain('sink.failed');
  await running.server.close();
});

test('[H17] a long outage of the store makes nobody wait longer for a sink that fails once afterwards', async () => {
  const clock = new FakeClock();
  const memory = lasting();
  const { server } = await aSessionServer(clock, { store: memory });
  await server.createSession({ id: 's2', drill: true, people: PEOPLE });
  await server.close();
  const all = await memory.eventsAfter(0, 2);
  let written = 1;
  let isGone = false;
  const store = {
    ...memory,
    async cursor(sink: string) {
      if (isGone) throw new Error('the store is gone');
      return memory.cursor(sink);
    },
    eventsAfter: async (after: number) => all.slice(0, written).filter(({ position }) => position > after),
  };
  const sink = fakeSink('new');
  const nothing = (): void => {};
  const feeder = new SinkFeeder({
    sink,
    store,
    clock,
    nowMs: () => clock.nowMs(),
    onFailed: nothing,
    onRecovered: nothing,
  });
  feeder.kick();
  await turn();
  expect(sink.events).toHaveLength(1);
  isGone = true;
  feeder.kick();
  await clock.advance(120_000);
  // It is back, and nothing has happened meanwhile.
  isGone = false;
  await clock.advance(60_000);
  sink.behave('failing');
  written = 2;
  feeder.kick();
  await turn();
  sink.behave('working');
  await clock.advance(1000);
  expect(sink.events).toHaveLength(2);
  await feeder.close();
});

test('[H17] the gap stands in the record of each session, although another one cannot be read', async () => {
  const clock = new FakeClock();
  const memory = lasting();
  const first = await aSessionServer(clock, { store: memory });
  await first.server.createSession({ id: 's2', drill: true, people: PEOPLE });
  await first.server.close();
  const store: Store = {
    ...memory,
    async load(key: SessionKey) {
      if (key.session === SESSION) throw new SyntaxError('the row is torn');
      return memory.load(key);
    },
  };
  const sink = fakeSink('new');
  sink.behave('failing');
  const { server } = await aSessionServer(clock, { store, sinks: [sink] }, false);
  await passTime(clock, 600);
  sink.behave('working');
  await passTime(clock, 2000);
  const noted = sink.events.filter(({ kind }) => kind.startsWith('sink.'));
  expect(noted.map(({ session, kind }) => [session, kind])).toEqual([
    ['s2', 'sink.failed'],
    ['s2', 'sink.recovered'],
  ]);
  await server.close();
});
