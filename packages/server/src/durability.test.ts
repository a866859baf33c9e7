import type { AuditEvent } from '@holdfast/protocol';
import { verifyChain } from '@holdfast/protocol/audit';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from './store/memory-store.js';
import {
  SESSION,
  aDrillPolicy,
  aSessionServer,
  cutClient,
  mustAccept,
  WHY_EARLY,
  reportMedia,
  together,
  type RunningServer,
} from './testing/a-session-server.js';
import { breakableStore } from './testing/breakable-store.js';
import { fakeAlert } from './testing/fake-alert.js';
import { fakeSink } from './testing/fake-sink.js';
import { passTime, turn } from './testing/pass-time.js';
import type { TestDevice } from './testing/test-device.js';

const { durations } = aDrillPolicy;
const kindsOf = (events: readonly AuditEvent[]): string[] => events.map((event) => event.kind);
const faultOf = (events: readonly AuditEvent[]) =>
  verifyChain(events.map((event) => JSON.stringify(event))).fault;

/** The session server's process is gone; another one takes the same store over. Sockets are cut, as by a crash. */
async function restart(
  clock: FakeClock,
  before: RunningServer,
  downMs: number,
  more: Parameters<typeof aSessionServer>[1],
): Promise<RunningServer> {
  await before.server.close();
  await clock.advance(downMs);
  return aSessionServer(clock, more, false);
}
const rejoin = async (running: RunningServer, device: TestDevice): Promise<TestDevice> => {
  const { credential } = device;
  const again = await running.device('', { credential, device: device.device, takesMedia: false });
  again.media = device.media;
  return again;
};
/** A store that outlives the session server. */
const lasting = () => {
  const store = memoryStore();
  return { ...store, close: async () => {} };
};

test('[H24] two people who are happily talking see no step of the ladder over a start of the session server', async () => {
  const clock = new FakeClock();
  const [store, sink] = [lasting(), fakeSink()];
  const first = await aSessionServer(clock, { store, sinks: [sink] });
  const { practitioner, client } = await together(clock, first);
  await passTime(clock, 3000, practitioner, client);
  const second = await restart(clock, first, 10_000, { store, sinks: [sink] });
  const [p, c] = [await rejoin(second, practitioner), await rejoin(second, client)];
  for (const device of [p, c]) await reportMedia(device, 'up', clock.nowMs());
  await passTime(clock, 60_000, p, c);
  expect(
    kindsOf(sink.events).filter((kind) =>
      /^(run|reconnecting|phoning|deciding|alert).|contact.lost|person.gone/.test(kind),
    ),
  ).toEqual([]);
  expect(kindsOf(sink.events)).toContain('session.serverStarted');
  expect(faultOf(sink.events)).toBeNull();
  await second.server.close();
});

test('[H01] who does not come back after a start is lost since the newest proof of life that was stored', async () => {
  const clock = new FakeClock();
  const [store, sink] = [lasting(), fakeSink()];
  const first = await aSessionServer(clock, { store, sinks: [sink] });
  const { practitioner, client } = await together(clock, first);
  await passTime(clock, 20_000, practitioner, client);
  const heardAtMs = clock.nowMs();
  const second = await restart(clock, first, 2000, { store, sinks: [sink] });
  const startedAtMs = clock.nowMs();
  const p = await rejoin(second, practitioner);
  await reportMedia(p, 'silent', heardAtMs);
  await passTime(clock, 20_000, p);
  const gone = sink.events.find((event) => event.kind === 'person.gone' && event.subject?.id === 'c1');
  expect(gone?.occurredAtMs).toBe(startedAtMs + durations.reassessMs);
  expect(kindsOf(sink.events)).toContain('run.opened');
  expect(gone?.details['sinceMs']).toBeGreaterThanOrEqual(heardAtMs - 5000);
  expect(gone?.details['sinceMs']).toBeLessThanOrEqual(heardAtMs);
  expect(faultOf(sink.events)).toBeNull();
  await second.server.close();
});

test('[H09] an open run goes on after a start, and no step is done twice', async () => {
  const clock = new FakeClock();
  const [store, sink] = [lasting(), fakeSink()];
  const first = await aSessionServer(clock, { store, sinks: [sink] });
  const { practitioner, client } = await together(clock, first);
  await cutClient(clock, { practitioner, client });
  await passTime(clock, durations.reconnectWaitMs, practitioner);
  expect(kindsOf(sink.events)).toContain('phoning.opened');
  // Phoning would have been over while nobody was there to see it.
  const second = await restart(clock, first, durations.phoningMs + 1000, { store, sinks: [sink] });
  const startedAtMs = clock.nowMs();
  const p = await rejoin(second, practitioner);
  await passTime(clock, 5000, p);
  const count = (kind: string): number =>
    kindsOf(sink.events).filter((candidate) => candidate === kind).length;
  expect([count('run.opened'), count('phoning.opened'), count('deciding.opened')]).toEqual([1, 1, 1]);
  const deciding = sink.events.find((event) => event.kind === 'deciding.opened');
  expect(deciding?.occurredAtMs).toBe(startedAtMs + durations.restartHoldMs);
  expect(faultOf(sink.events)).toBeNull();
  await second.server.close();
});

test('[H07] a machine whose clock went back loses no deadline', async () => {
  const clock = new FakeClock();
  const [store, sink] = [lasting(), fakeSink()];
  const first = await aSessionServer(clock, { store, sinks: [sink] });
  const { practitioner, client } = await together(clock, first);
  await cutClient(clock, { practitioner, client });
  await passTime(clock, 2000, practitioner);
  await first.server.close();
  const wrong = new FakeClock(clock.nowMs() - 7_200_000);
  const second = await aSessionServer(wrong, { store, sinks: [sink] }, false);
  const p = await rejoin(second, practitioner);
  await passTime(wrong, durations.reconnectWaitMs + 1000, p);
  expect(kindsOf(sink.events)).toContain('phoning.opened');
  expect(
    sink.events.every((event, index) => event.recordedAtMs >= (sink.events[index - 1]?.recordedAtMs ?? 0)),
  ).toBe(true);
  await second.server.close();
});

test('[H17] a sink that fails or hangs delays no step; the gap is recorded and later it has everything in order', async () => {
  const clock = new FakeClock();
  const [good, bad] = [fakeSink('good'), fakeSink('bad')];
  const running = await aSessionServer(clock, { sinks: [good, bad] });
  const { practitioner, client } = await together(clock, running);
  bad.behave('hanging');
  await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
  await passTime(clock, 11_000, practitioner, client);
  bad.behave('failing');
  client.fallSilent();
  await reportMedia(practitioner, 'silent', clock.nowMs());
  await passTime(clock, 4000, practitioner);
  expect(kindsOf(good.events)).toContain('sink.failed');
  expect(kindsOf(good.events)).toContain('person.gone');
  expect(kindsOf(bad.events)).not.toContain('risk.raised');
  expect(running.server.health().sinks).toMatchObject([
    { name: 'good', state: 'working' },
    { name: 'bad', state: 'failing' },
  ]);
  bad.behave('working');
  await passTime(clock, 31_000, practitioner);
  expect(kindsOf(bad.events)).toContain('sink.recovered');
  expect(bad.events).toEqual(good.events);
  expect(faultOf(bad.events)).toBeNull();
  await running.server.close();
});

test.each(['down', 'hanging'] as const)(
  '[H17] the store is %s: not in charge, due alerts go out, and everything is recorded once it is back',
  async (how) => {
    const clock = new FakeClock();
    const [store, sink, alert] = [breakableStore(memoryStore()), fakeSink(), fakeAlert()];
    const running = await aSessionServer(clock, { store, sinks: [sink], alerts: [alert] });
    const { practitioner, client } = await together(clock, running);
    await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
    const before = sink.events.length;
    store.behave(how);
    client.fallSilent();
    const lastMs = clock.nowMs();
    await passTime(clock, 6000, practitioner);
    expect(await practitioner.next('charge')).toMatchObject({ inCharge: false });
    const asked = practitioner.say(
      {
        type: 'media.reported',
        client: 'c1',
        device: practitioner.device,
        verdict: 'them',
        state: 'silent',
        lastBothWaysAtMs: lastMs,
      },
      { id: 'queued' },
    );
    await passTime(clock, 8000, practitioner);
    expect(
      practitioner.received.some((message) => message.type === 'settled' && message.id === 'queued'),
    ).toBe(false);
    expect(alert.notices[0]).toMatchObject({ person: 'duty-1', cause: 'riskActive', joinLink: null });
    expect(sink.events).toHaveLength(before);
    expect((await fetch(`${running.address}/holdfast/health`)).status).toBe(503);
    const charges = () =>
      practitioner.received.flatMap((told) => (told.type === 'charge' ? [told.inCharge] : []));
    expect(charges()).toEqual([false]);
    store.behave('working');
    await passTime(clock, 3000, practitioner);
    expect(charges()).toEqual([false, true]);
    expect((await asked).outcome).toBe('accepted');
    await turn();
    expect(kindsOf(sink.events)).toContain('run.opened');
    expect(kindsOf(sink.events).filter((kind) => kind === 'alert.delivered')).toHaveLength(
      alert.notices.length,
    );
    expect(new Set(alert.notices.map((notice) => `${notice.alert} ${notice.attempt}`)).size).toBe(
      alert.notices.length,
    );
    expect(faultOf(sink.events)).toBeNull();
    await running.server.close();
  },
);

test("the vault is the host's to take, and is erased once the session is closed", async () => {
  const clock = new FakeClock();
  const store = lasting();
  const running = await aSessionServer(clock, { store });
  const { practitioner } = await together(clock, running);
  const key = { tenant: 'default', session: SESSION };
  expect((await running.server.takeVault({ session: SESSION }))['c1']).toMatchObject({
    address: '1 Marker Street',
  });
  expect((await store.load(key))?.vault).not.toBeNull();
  await mustAccept(practitioner, { type: 'session.end' });
  await mustAccept(practitioner, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
  await mustAccept(practitioner, WHY_EARLY);
  await mustAccept(practitioner, { type: 'session.close' });
  expect((await running.server.takeVault({ session: SESSION }))['c1']).toMatchObject({
    address: '1 Marker Street',
  });
  expect((await store.load(key))?.vault).toBeNull();
  expect(await running.server.takeVault({ session: SESSION })).toEqual({});
  await expect(running.server.joinLink({ session: SESSION, person: 'c1' })).rejects.toMatchObject({
    code: 'session-closed',
  });
  await running.server.close();
});

test.each(['down', 'hanging'] as const)(
  '[H17] the vault is not taken while the store is %s: the host is told, and nothing is lost',
  async (how) => {
    const clock = new FakeClock();
    const store = breakableStore(lasting());
    const running = await aSessionServer(clock, { store });
    const { practitioner } = await together(clock, running);
    await mustAccept(practitioner, { type: 'session.end' });
    await mustAccept(practitioner, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
    await mustAccept(practitioner, WHY_EARLY);
    await mustAccept(practitioner, { type: 'session.close' });
    store.behave(how);
    for (const _ of ['found out', 'known']) {
      const taken = running.server.takeVault({ session: SESSION }).catch((cause: unknown) => cause);
      await passTime(clock, 1500);
      expect(await taken).toMatchObject({ code: 'store-unavailable' });
    }
    store.behave('working');
    await passTime(clock, 2000);
    expect((await store.load({ tenant: 'default', session: SESSION }))?.vault).not.toBeNull();
    expect((await running.server.takeVault({ session: SESSION }))['c1']).toMatchObject({
      address: '1 Marker Street',
    });
    expect((await store.load({ tenant: 'default', session: SESSION }))?.vault).toBeNull();
    await running.server.close();
  },
);

test('[H07] [V7] after a start with a clock set back, what passed before the start is not called late', async () => {
  const clock = new FakeClock();
  const [store, sink] = [lasting(), fakeSink()];
  const first = await aSessionServer(clock, { store, sinks: [sink] });
  const { practitioner, client } = await together(clock, first);
  await cutClient(clock, { practitioner, client });
  await passTime(clock, 2000, practitioner);
  await first.server.close();
  // Another session was written later than this one's deadline.
  const later = { ...store, lastAtMs: async () => clock.nowMs() + durations.reconnectWaitMs };
  const wrong = new FakeClock(clock.nowMs() - 7_200_000);
  const second = await aSessionServer(wrong, { store: later, sinks: [sink] }, false);
  const p = await rejoin(second, practitioner);
  await passTime(wrong, durations.restartHoldMs + 1000, p);
  expect(kindsOf(sink.events)).toContain('phoning.opened');
  expect(kindsOf(sink.events)).not.toContain('clock.overdue');
  expect(second.server.health().worstLateMs).toBeLessThan(1000);
  await second.server.close();
});
