import { verifyChain } from '@holdfast/protocol/audit';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import type { Store } from '../store/store.js';
import { SESSION, aSessionServer, mustAccept } from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';

/** A store that does the next commit and loses the answer on the way. */
function forgetful(): Store & { loseNextAnswer(): void } {
  const store = memoryStore();
  let isLosing = false;
  return {
    ...store,
    loseNextAnswer: () => void (isLosing = true),
    async commit(change) {
      const result = await store.commit(change);
      if (!isLosing) return result;
      isLosing = false;
      throw new Error('the answer was lost');
    },
  };
}

test('[H09] a commit whose answer was lost is found again, and done once', async () => {
  const clock = new FakeClock();
  const store = forgetful();
  const running = await aSessionServer(clock, { store });
  const practitioner = await running.device('p1');
  await practitioner.beat();
  store.loseNextAnswer();
  const raised = practitioner.say({ type: 'risk.raise', client: 'c1' }, { id: 'i1' });
  await practitioner.next('charge');
  // Said while nobody knows whether the first was stored.
  const asked = practitioner.say({ type: 'crisis.open', client: 'c1' }, { id: 'i2' });
  await passTime(clock, 1000, practitioner);
  expect([(await raised).outcome, (await asked).outcome]).toEqual(['accepted', 'accepted']);
  const events = await running.events();
  expect(events.filter((event) => event.kind === 'risk.raised')).toHaveLength(1);
  expect(events.filter((event) => event.kind === 'crisis.opened')).toHaveLength(1);
  expect(verifyChain(events.map((event) => JSON.stringify(event))).fault).toBeNull();
  await running.server.close();
});

test('[H09] what another process committed meanwhile is kept, and the input is taken on top of it', async () => {
  const clock = new FakeClock();
  const store = memoryStore();
  const running = await aSessionServer(clock, { store });
  const practitioner = await running.device('p1');
  await practitioner.beat();
  const record = await store.load({ tenant: 'default', session: SESSION });
  if (record === null) throw new Error('there is no session');
  const theirs = { ...record, revision: record.revision + 1, roomEpoch: 7 };
  await store.commit({
    record: theirs,
    expectedRevision: record.revision,
    events: [],
    effects: [],
    inputs: [],
    settledEffects: [],
  });
  await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
  const after = await store.load({ tenant: 'default', session: SESSION });
  expect([after?.revision, after?.roomEpoch]).toEqual([record.revision + 2, 7]);
  await running.server.close();
});
