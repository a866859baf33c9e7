import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import type { Store } from '../store/store.js';
import { aSessionServer, together } from '../testing/a-session-server.js';
import { breakableStore } from '../testing/breakable-store.js';
import { fakeVideoServer } from '../testing/fake-video-server.js';
import { passTime, turn } from '../testing/pass-time.js';

const withdraws = (clock: FakeClock) =>
  ({ type: 'input', id: 'w1', saidAtMs: clock.nowMs(), body: { type: 'consent.withdraw' } }) as const;

test('[G7] [H24] consent was taken back and the session server killed before it ended the room: the next one ends it', async () => {
  const clock = new FakeClock();
  const memory = memoryStore();
  let isKilled = false;
  const store: Store = {
    ...memory,
    // Nothing gets into the store after the withdrawal itself.
    async commit(change) {
      if (isKilled) return new Promise(() => {});
      isKilled = change.events.some(({ kind }) => kind === 'consent.withdrawn');
      return memory.commit(change);
    },
  };
  const first = await aSessionServer(clock, { store });
  const { client } = await together(clock, first);
  client.send(withdraws(clock));
  await expect.poll(() => isKilled).toBe(true);
  const video = fakeVideoServer();
  const second = await aSessionServer(new FakeClock(clock.nowMs() + 1000), { store: memory, video }, false);
  await turn();
  expect(video.calls.map(({ call }) => call)).toContain('closeRoom');
  await second.server.close();
});

test('[G7] [H17] consent that is taken back while the store is gone ends the room at once', async () => {
  const clock = new FakeClock();
  const store = breakableStore(memoryStore());
  const running = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, running);
  store.behave('down');
  client.send(withdraws(clock));
  await passTime(clock, 1000, practitioner, client);
  expect(running.video.calls.map(({ call }) => call)).toContain('closeRoom');
  await running.server.close();
});

test('[G7] [H17] devices that talk directly are told at once, also while the store is gone', async () => {
  const clock = new FakeClock();
  const store = breakableStore(memoryStore());
  const running = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, running);
  expect(client.projection).toMatchObject({ mediaAllowed: true });
  store.behave('down');
  client.send(withdraws(clock));
  await passTime(clock, 1000, practitioner, client);
  expect(client.projection).toMatchObject({ mediaAllowed: false });
  expect(practitioner.projection).toMatchObject({ care: { mediaAllowed: false } });
  // Nothing else of it is shown before it is stored.
  expect(client.received.some((message) => message.type === 'settled' && message.id === 'w1')).toBe(false);
  await running.server.close();
});
