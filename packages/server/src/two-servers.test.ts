import { verifyChain } from '@holdfast/protocol/audit';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from './store/memory-store.js';
import { aDrillPolicy, aSessionServer, cutClient, mustAccept, together } from './testing/a-session-server.js';
import { fakeAlert } from './testing/fake-alert.js';
import { fakeSink } from './testing/fake-sink.js';
import { passTime } from './testing/pass-time.js';

const { durations } = aDrillPolicy;

test('[A1] [R5] [H09] two session servers on one store, each with its own clock and its own page: every step and every alert happens once', async () => {
  const clock = new FakeClock();
  const store = { ...memoryStore(), close: async () => {} };
  const [one, two] = [fakeAlert(), fakeAlert()];
  const sink = fakeSink();
  const first = await aSessionServer(clock, { store, alerts: [one], sinks: [sink] });
  const { practitioner, client } = await together(clock, first);
  // Another one takes the same session over while the first still has it.
  const second = await aSessionServer(clock, { store, alerts: [two], sinks: [] }, false);
  const again = await second.device('p1');
  await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
  await cutClient(clock, { practitioner, client });
  await passTime(clock, durations.decideRiskMs + 4 * durations.acknowledgeMs, practitioner, again);
  const sent = [...one.notices, ...two.notices].map(({ id }) => id);
  expect(sent.length).toBeGreaterThan(1);
  expect(new Set(sent).size).toBe(sent.length);
  const events = (await store.eventsAfter(0, 10_000)).map(({ event }) => event);
  expect(verifyChain(events.map((event) => JSON.stringify(event))).fault).toBeNull();
  const steps = events
    .filter(({ kind }) =>
      /^(run|phoning|deciding|reconnecting|alert)\.(opened|sent|attemptDue|unanswered)/.test(kind),
    )
    .map(({ kind, subject, details }) => JSON.stringify([kind, subject, details]));
  expect(new Set(steps).size).toBe(steps.length);
  await first.server.close();
  await second.server.close();
});
