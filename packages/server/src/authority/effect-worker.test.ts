import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import { aSessionServer, mustAccept, together } from '../testing/a-session-server.js';
import { breakableStore } from '../testing/breakable-store.js';
import { passTime } from '../testing/pass-time.js';
import type { TestDevice } from '../testing/test-device.js';

const offerEscalation = async (practitioner: TestDevice): Promise<void> => {
  await mustAccept(practitioner, { type: 'crisis.open', client: 'c1' });
  await mustAccept(practitioner, { type: 'crisis.offerEscalation', client: 'c1' });
};

test('[A5] [H01] an alert that could not be sent calls nobody out once it was stood down', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  running.alert.setFailing(true);
  await offerEscalation(practitioner);
  await passTime(clock, 12_000, practitioner, client);
  await mustAccept(practitioner, {
    type: 'crisis.resolve',
    client: 'c1',
    exit: 'clientSafe',
    rationaleRef: 'r1',
  });
  running.alert.setFailing(false);
  await passTime(clock, 60_000, practitioner, client);
  const told = running.alert.notices.map(({ kind, person }) => `${kind} ${person}`);
  expect(told).toEqual(['stoodDown duty-1', 'stoodDown duty-2']);
  await running.server.close();
});

test('[H08] [H17] an alert that was stored, but not yet sent when the store went, goes out all the same, once', async () => {
  const clock = new FakeClock();
  const memory = memoryStore();
  const store = breakableStore({
    ...memory,
    async commit(change) {
      const result = await memory.commit(change);
      if (change.effects.length > 0) store.behave('down');
      return result;
    },
  });
  const running = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, running);
  store.behave('working');
  await passTime(clock, 2000, practitioner, client);
  await offerEscalation(practitioner);
  await passTime(clock, 1000, practitioner, client);
  expect(running.alert.notices.map(({ person }) => person)).toEqual(['duty-1']);
  store.behave('working');
  await passTime(clock, 2000, practitioner, client);
  const delivered = (await running.events()).filter(({ kind }) => kind === 'alert.delivered');
  expect(delivered).toHaveLength(1);
  await running.server.close();
});

test('[H22] an alert goes out without a link when none can be made', async () => {
  const clock = new FakeClock();
  const joinUrl = ({ role, token }: { role: string; token: string }): string =>
    role === 'duty' ? 'no address' : `https://app.example/#${token}`;
  const running = await aSessionServer(clock, { joinUrl });
  const { practitioner, client } = await together(clock, running);
  await offerEscalation(practitioner);
  await passTime(clock, 500, practitioner, client);
  expect(running.alert.notices).toMatchObject([{ person: 'duty-1', joinLink: null }]);
  await running.server.close();
});
