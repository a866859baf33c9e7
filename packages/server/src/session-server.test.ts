import { randomUUID } from 'node:crypto';
import type { AuditEvent, EventKind } from '@holdfast/protocol';
import { verifyChain } from '@holdfast/protocol/audit';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import {
  aDrillPolicy,
  SESSION,
  aSessionServer,
  cutClient,
  mustAccept,
  openGate,
  reportMedia,
  together,
} from './testing/a-session-server.js';
import { memoryStore } from './store/memory-store.js';
import type { JoinLink } from './authority/authority.js';
import { breakableStore } from './testing/breakable-store.js';
import { fakeAlert } from './testing/fake-alert.js';
import { fakeSink } from './testing/fake-sink.js';
import { fakeVideoServer } from './testing/fake-video-server.js';
import { passTime } from './testing/pass-time.js';
import { connectTestDevice } from './testing/test-device.js';

const { durations } = aDrillPolicy;
const find = (events: readonly AuditEvent[], kind: EventKind): AuditEvent => {
  const event = events.find((candidate) => candidate.kind === kind);
  if (event === undefined)
    throw new Error(`no ${kind} among ${events.map((candidate) => candidate.kind).join(' ')}`);
  return event;
};
const faultOf = (events: readonly AuditEvent[]) =>
  verifyChain(events.map((event) => JSON.stringify(event))).fault;

test('[E13][E14] a lost client: every step in its time, to exhausted, and a disposition ends it', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  await passTime(clock, 1000, practitioner, client);
  const lastMs = await cutClient(clock, { practitioner, client });
  await passTime(clock, 90_000, practitioner);
  const events = await running.events();
  const phoningAtMs = lastMs + durations.reconnectWaitMs;
  const decidingAtMs = phoningAtMs + durations.phoningMs;
  expect(find(events, 'phoning.opened').occurredAtMs).toBe(phoningAtMs);
  expect(find(events, 'deciding.opened').occurredAtMs).toBe(decidingAtMs);
  expect(find(events, 'deciding.unanswered').occurredAtMs).toBe(decidingAtMs + durations.decideMs);
  expect(find(events, 'run.exhausted').occurredAtMs).toBe(
    decidingAtMs + durations.decideMs + 2 * durations.acknowledgeMs,
  );
  expect(running.alert.notices.slice(0, 2).map((notice) => [notice.person, notice.cause])).toEqual([
    ['duty-1', 'decidingSilent'],
    ['duty-2', 'decidingSilent'],
  ]);
  await mustAccept(practitioner, {
    type: 'ladder.dispose',
    client: 'c1',
    run: 'c1.r1',
    disposition: 'safeByReport',
  });
  expect(find(await running.events(), 'run.ended').outcome).toBe('safeByReport');
  expect(faultOf(await running.events())).toBeNull();
  await running.server.close();
});

test('[H02][A48] a practitioner who is gone: duty opens the link of the alert, accepts and owns the run', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  practitioner.fallSilent();
  const lastMs = clock.nowMs();
  await passTime(clock, 2000, client);
  await reportMedia(client, 'silent', lastMs);
  await passTime(clock, durations.practitionerGoneMs, client);
  const notice = running.alert.notices[0];
  expect(notice).toMatchObject({ person: 'duty-1', cause: 'practitionerGone', client: 'c1', drill: true });
  const duty = await connectTestDevice({
    server: running.address,
    link: notice?.joinLink ?? '',
    beatEveryMs: 0,
  });
  await duty.next('update');
  expect(duty.projection).toMatchObject({
    role: 'duty',
    care: { run: { owner: 'p1' } },
    vault: { c1: { callBackNumber: '07700 900 MARKER' } },
  });
  await mustAccept(duty, { type: 'alert.acknowledge', alert: notice?.alert ?? '' });
  await mustAccept(duty, { type: 'alert.accept', alert: notice?.alert ?? '' });
  expect(duty.projection).toMatchObject({ care: { run: { owner: 'duty-1' } } });
  await running.server.close();
});

test('[E20] a duty person who was not alerted sees nothing', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  await together(clock, running);
  const duty = await running.device('duty-1');
  await duty.next('update');
  expect(duty.projection).toMatchObject({ role: 'duty', care: null, vault: {} });
  await running.server.close();
});

test('[H22] an alert that cannot be sent is tried again within seconds, and is sent once', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  running.alert.setFailing(true);
  await mustAccept(practitioner, { type: 'crisis.open', client: 'c1' });
  await mustAccept(practitioner, { type: 'crisis.offerEscalation', client: 'c1' });
  expect(running.alert.notices).toEqual([]);
  running.alert.setFailing(false);
  await passTime(clock, 1500, practitioner, client);
  const said = (await running.events())
    .map((event) => event.kind)
    .filter((kind) => kind.startsWith('alert.'));
  expect(said).toEqual(['alert.sent', 'alert.delivered']);
  expect(running.alert.notices).toHaveLength(1);
  await running.server.close();
});

test('[H22] a dead channel is said to have failed, and the next in line is alerted', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  running.alert.setFailing(true);
  await mustAccept(practitioner, { type: 'crisis.open', client: 'c1' });
  await mustAccept(practitioner, { type: 'crisis.offerEscalation', client: 'c1' });
  await passTime(clock, 4000, practitioner, client);
  const said = (await running.events())
    .filter((event) => event.kind.startsWith('alert.'))
    .map((event) => `${event.kind} ${event.subject?.id.split('.').at(-1)}`);
  expect(said).toEqual([
    'alert.sent duty-1',
    'alert.failed duty-1',
    'alert.unanswered duty-1',
    'alert.sent duty-2',
  ]);
  await running.server.close();
});

test("[H12] quick exit by the page's last message: the practitioner knows at once, and silence after it is no loss", async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  const { credential, device } = client;
  const beacon = { id: 'b1', credential, device, fact: 'person.exited', saidAtMs: clock.nowMs() };
  const response = await fetch(`${running.address}/holdfast/beacon`, {
    method: 'POST',
    body: JSON.stringify(beacon),
  });
  expect(response.status).toBe(204);
  client.fallSilent();
  await passTime(clock, 6000, practitioner);
  const said = (await running.events()).map((event) => event.kind);
  expect(said).toContain('person.exited');
  expect(said).not.toContain('reconnecting.opened');
  expect(said.filter((kind) => kind === 'device.silent')).toEqual([]);
  await running.server.close();
});

test('a page that is reloaded is back within seconds: no loss is called', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  const { credential, device } = client;
  const beacon = { id: 'b1', credential, device, fact: 'device.unloading', saidAtMs: clock.nowMs() };
  await fetch(`${running.address}/holdfast/beacon`, { method: 'POST', body: JSON.stringify(beacon) });
  client.close();
  await passTime(clock, 2000, practitioner);
  const again = await running.device('c1', { credential, device });
  await again.next('grant');
  await reportMedia(again, 'up', clock.nowMs());
  await passTime(clock, 10_000, practitioner, again);
  const said = (await running.events()).map((event) => event.kind);
  expect(said).toContain('device.unloading');
  expect(said).not.toContain('contact.lost');
  await running.server.close();
});

test('[A02] identifiers of a host may be UUIDs: every event is still valid', async () => {
  const clock = new FakeClock();
  const [practitioner, client, duty] = [randomUUID(), randomUUID(), randomUUID()];
  const policy = { ...aDrillPolicy, staff: { ...aDrillPolicy.staff, duty: [{ person: duty }] } };
  const running = await aSessionServer(clock, { policy }, false);
  const people = [
    { id: practitioner, role: 'practitioner' },
    { id: client, role: 'client' },
  ] as const;
  const { session } = await running.server.createSession({ drill: true, people });
  const link = await running.server.joinLink({ session, person: practitioner });
  const device = await connectTestDevice({ server: running.address, link, beatEveryMs: 0 });
  await mustAccept(device, { type: 'risk.raise', client });
  await mustAccept(device, { type: 'crisis.open', client });
  await mustAccept(device, { type: 'crisis.offerEscalation', client });
  await passTime(clock, 60_000, device);
  const events = await running.events();
  expect(find(events, 'alert.delivered').session).toBe(session);
  expect(faultOf(events)).toBeNull();
  await running.server.close();
});

/** Counts what is still set. */
class CountingClock extends FakeClock {
  readonly open = new Set<object>();
  override after(delayMs: number, call: () => void): () => void {
    const timer = {};
    this.open.add(timer);
    const cancel = super.after(delayMs, () => {
      this.open.delete(timer);
      call();
    });
    return () => {
      this.open.delete(timer);
      cancel();
    };
  }
}

test('[H08] after its end the session server keeps no timer, whatever is still asked of it', async () => {
  const clock = new CountingClock();
  const store = breakableStore(memoryStore());
  const running = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, running);
  await passTime(clock, 1000, practitioner, client);
  await running.server.close();
  store.behave('down');
  await expect(running.server.joinLink({ session: SESSION, person: 'c1' })).rejects.toMatchObject({
    code: 'server-closed',
  });
  await clock.advance(5000);
  expect(clock.open.size).toBe(0);
});

test('[H08] a session server that could not start leaves no timer behind', async () => {
  const memory = memoryStore();
  const store = { ...memory, close: async () => {} };
  const first = await aSessionServer(new FakeClock(), { store });
  await openGate(await first.device('p1'), await first.device('c1'));
  await first.server.close();
  const clock = new CountingClock();
  const started = aSessionServer(clock, { store, vaultKey: new Uint8Array(32).fill(1) }, false);
  await expect(started).rejects.toMatchObject({ code: 'bad-key' });
  expect(clock.open.size).toBe(0);
});

test('[H08] what fails at its own end keeps nothing else from ending, and is told', async () => {
  const fails = async (): Promise<never> => Promise.reject(new Error('a mistake of the host'));
  let isFree = false;
  const { server } = await aSessionServer(new FakeClock(), {
    store: { ...memoryStore(), close: async () => void (isFree = true) },
    sinks: [{ ...fakeSink(), close: fails }],
    alerts: [{ ...fakeAlert(), close: fails }],
    video: { ...fakeVideoServer(), close: fails },
  });
  const told = new Set<string>();
  server.on('problem', (problem) => told.add(problem));
  await server.close();
  expect(told).toEqual(new Set(['sink-failed', 'alert-failed', 'video-failed']));
  expect(isFree).toBe(true);
});

test('[H08] a session server that could not start ends everything that it was given', async () => {
  const ended: string[] = [];
  const ends = (name: string) => async () => void ended.push(name);
  const gone = async (): Promise<never> => Promise.reject(new Error('the store is gone'));
  const started = aSessionServer(
    new FakeClock(),
    {
      store: { ...memoryStore(), lastAtMs: gone, close: ends('store') },
      sinks: [{ ...fakeSink(), close: ends('sink') }],
      alerts: [{ ...fakeAlert(), close: ends('alert') }],
      video: { ...fakeVideoServer(), close: ends('video') },
    },
    false,
  );
  await expect(started).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(ended).toEqual(['sink', 'alert', 'video', 'store']);
});

test('[H22] that the host makes no link for duty is told; the alert goes out without it', async () => {
  const clock = new FakeClock();
  const joinUrl = ({ role, token }: JoinLink): string =>
    role === 'duty' ? 'no address' : `https://app.example/#${token}`;
  const running = await aSessionServer(clock, { joinUrl });
  const { practitioner, client } = await together(clock, running);
  const told: string[] = [];
  running.server.on('problem', (problem) => told.push(problem));
  await mustAccept(practitioner, { type: 'crisis.open', client: 'c1' });
  await mustAccept(practitioner, { type: 'crisis.offerEscalation', client: 'c1' });
  await passTime(clock, 500, practitioner, client);
  expect(running.alert.notices).toMatchObject([{ person: 'duty-1', joinLink: null }]);
  expect(told).toEqual(['alert-failed']);
  await running.server.close();
});

test('[H02] a listener of the host that throws, at once or later, stops nothing', async () => {
  const clock = new FakeClock();
  const store = breakableStore(memoryStore());
  const running = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, running);
  const heard: string[] = [];
  running.server.on('problem', () => {
    throw new Error('a mistake of the host');
  });
  const late: () => unknown = async () => Promise.reject(new Error('another'));
  running.server.on('problem', late);
  running.server.on('problem', (problem) => heard.push(problem));
  running.server.on('events', () => {
    throw new Error('a third');
  });
  store.behave('down');
  await passTime(clock, 3000, practitioner, client);
  expect(await practitioner.next('charge')).toMatchObject({ inCharge: false });
  store.behave('working');
  await passTime(clock, 3000, practitioner, client);
  await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
  expect(heard).toEqual(expect.arrayContaining(['store-unavailable', 'store-recovered', 'input-failed']));
  await running.server.close();
});

test('a session server that was closed says so, whatever the host asks for next', async () => {
  const { server } = await aSessionServer(new FakeClock());
  const opening = server.listen({ port: 0 });
  const closing = server.close();
  const closed = { code: 'server-closed' };
  await expect(opening).rejects.toMatchObject(closed);
  await expect(server.createSession({ drill: true, people: [] })).rejects.toMatchObject(closed);
  await closing;
  await expect(server.joinLink({ session: SESSION, person: 'c1' })).rejects.toMatchObject(closed);
  await expect(server.takeVault({ session: SESSION })).rejects.toMatchObject(closed);
  await expect(server.listen({ port: 0 })).rejects.toMatchObject(closed);
});
