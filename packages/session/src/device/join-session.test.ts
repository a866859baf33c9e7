import { describe, expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.js';
import { FakeServer, fakeStorage } from '../testing/fake-server.js';
import { FakeVideo } from '../testing/fake-video.js';
import type { VideoPort } from '../ports.js';
import { aClientProjection, aPractitionerProjection } from '../testing/a-projection.js';

function aServer() {
  const clock = new FakeClock();
  const server = new FakeServer({ clock, projections: { c1: aClientProjection() } });
  const join = (more: Parameters<FakeServer['join']>[3]) =>
    server.join('c1', 'd1', new FakeVideo({ clock }).port('d1'), more);
  return { clock, join };
}

test.each([{ link: 'not an address' }, { exitTo: 'javascript:alert(1)' }, { exitTo: '/relative' }])(
  '%o is refused at the entry',
  async (more) => {
    await expect(aServer().join(more)).rejects.toMatchObject({ code: 'bad-option' });
  },
);

test('a link without a token, in a tab without a session, says what to do', async () => {
  await expect(aServer().join({ link: 'https://host.example/session' })).rejects.toMatchObject({
    code: 'refused',
    sentence: 'This link is not complete. Open it again, or ask for a new one.',
  });
});

test('[H18] a used link of another session does not open the session that the tab had before', async () => {
  const { clock, join } = aServer();
  const storage = fakeStorage();
  const first = join({ storage });
  await clock.advance(500);
  (await first).dispose();
  const ask = async () => ({ ok: false, json: async () => ({ code: 'link-used', sentence: 'Used.' }) });
  const link = 'https://host.example/session#a-link-of-another-session';
  await expect(join({ storage, link, ask })).rejects.toMatchObject({ refusal: 'link-used' });
});

/** A session server's answer to a link: it is used by one device. `lost`: so many answers never arrive. */
function aLink({ lost = 0, refused = null as string | null, used = false } = {}) {
  const devices: string[] = [];
  let usedBy = used ? 'd-of-somebody' : null;
  const ask = async (_address: string, { body }: { body: string }) => {
    const { device } = JSON.parse(body) as { device: string };
    devices.push(device);
    const refusal = (code: string) => ({ ok: false, json: async () => ({ code, sentence: 'No.' }) });
    if (device === refused) return refusal('wrong-credential');
    usedBy ??= device;
    if (usedBy !== device) return refusal('link-used');
    if (devices.length <= lost) throw new TypeError('the answer got lost');
    return { ok: true, json: async () => ({ ...kept, person: 'c1', role: 'client' }) };
  };
  return { devices, ask };
}

const kept = { credential: 'credential-for-tests', session: 's1', socket: '/holdfast/socket', drill: false };

/** As an application calls it: without a name for the device, which the fake server would otherwise give. */
const unnamed = { device: undefined } as object;

test('[H14] a link whose answer got lost is traded again by the same device, which the server knows', async () => {
  const storage = fakeStorage();
  const { devices, ask } = aLink({ lost: 1 });
  const { clock, join } = aServer();
  await expect(join({ storage, ask, ...unnamed })).rejects.toMatchObject({ code: 'unreachable' });
  const again = join({ storage, ask, ...unnamed });
  await clock.advance(500);
  expect((await again).view.stage).toBe('live');
  expect(devices[0]).toMatch(/^d-/);
  expect(devices).toEqual([devices[0], devices[0]]);
});

describe("[H14] [H19] a link in a tab that was another person's before", () => {
  const ofPractitioner = { ...kept, person: 'p1', role: 'practitioner', device: 'd-of-p1' };
  const aTab = () => {
    const storage = fakeStorage();
    storage.setItem('holdfast:/session', JSON.stringify(ofPractitioner));
    return storage;
  };

  test('opens as a device of its own, also when the answer gets lost on its way', async () => {
    const { clock, join } = aServer();
    const storage = aTab();
    const { devices, ask } = aLink({ refused: 'd-of-p1', lost: 2 });
    await expect(join({ storage, ask, ...unnamed })).rejects.toMatchObject({ code: 'unreachable' });
    const again = join({ storage, ask, ...unnamed });
    await clock.advance(500);
    expect((await again).view.person).toBe('c1');
    expect(devices).toEqual(['d-of-p1', devices[1], devices[1]]);
    expect(JSON.parse(storage.getItem('holdfast:/session') ?? '')).toMatchObject({
      person: 'c1',
      device: devices[1],
    });
  });

  test('that opens nothing leaves the tab whose it was', async () => {
    const { join } = aServer();
    const storage = aTab();
    const { devices, ask } = aLink({ refused: 'd-of-p1', used: true });
    await expect(join({ storage, ask, ...unnamed })).rejects.toMatchObject({ refusal: 'link-used' });
    expect(devices).toHaveLength(2);
    expect(JSON.parse(storage.getItem('holdfast:/session') ?? '')).toEqual(ofPractitioner);
  });

  test("is not tried under another name than the host's own", async () => {
    const { join } = aServer();
    const { devices, ask } = aLink({ refused: 'd1' });
    await expect(join({ ask })).rejects.toMatchObject({ refusal: 'wrong-credential' });
    expect(devices).toEqual(['d1']);
  });
});

test.each([
  ['an option', { exitTo: '/relative' }, 'bad-option'],
  ['a link', { ask: aLink({ used: true }).ask }, 'refused'],
  ['a session server', { ask: () => Promise.reject(new TypeError('offline')) }, 'unreachable'],
])('a join that fails over %s leaves nothing running', async (_what, more, code) => {
  let ends = 0;
  const joining = aServer().join({ ...more, end: () => void (ends += 1) });
  await expect(joining).rejects.toMatchObject({ code });
  expect(ends).toBe(1);
});

test('[B07] a staff page whose part for staff cannot be loaded says that it can be tried again, and keeps its credential', async () => {
  const clock = new FakeClock();
  const server = new FakeServer({ clock, projections: { p1: aPractitionerProjection() } });
  const storage = fakeStorage();
  const video = new FakeVideo({ clock }).port('dev-p');
  const join = (staffScreens?: () => Promise<never>) =>
    server.join('p1', 'dev-p', video, { storage, ...(staffScreens === undefined ? {} : { staffScreens }) });
  await expect(join(() => Promise.reject(new Error('no such file')))).rejects.toMatchObject({
    code: 'unreachable',
  });
  const again = join();
  await clock.advance(3000);
  expect((await again).view.role).toBe('practitioner');
});

test('[I23][D07] the link is measured once, before anybody is seen or heard, and only where the browser tells nothing', async () => {
  const measured: string[][] = [];
  const unknown = () => ({ browser: 'ok', connection: 'unknown', battery: 'unknown' }) as const;
  const joined = async (projection: ReturnType<typeof aClientProjection>, more: object) => {
    measured.length = 0;
    const clock = new FakeClock();
    const server = new FakeServer({ clock, projections: { c1: projection } });
    const measureLink = async (address: string, key: string) => void measured.push([address, key]);
    const joining = server.join('c1', 'd1', new FakeVideo({ clock }).port('d1'), { measureLink, ...more });
    await clock.advance(500);
    const { view } = await joining;
    return [view.stage, measured.map(([address]) => address)];
  };
  const before = aClientProjection({ stage: 'gathering', mediaAllowed: false });
  expect(await joined(before, { preflight: unknown })).toEqual([
    'waiting',
    ['https://host.example/holdfast/measure'],
  ]);
  expect(await joined(before, {})).toEqual(['waiting', []]);
  expect(await joined(aClientProjection(), { preflight: unknown })).toEqual(['live', []]);
});

test('[D02][D07] whoever makes the connection is told what the device knows of its link', async () => {
  const clock = new FakeClock();
  const server = new FakeServer({ clock, projections: { c1: aClientProjection() } });
  const port = new FakeVideo({ clock }).port('d1');
  const told: unknown[] = [];
  const video: VideoPort = {
    ...port,
    connect: (options) => {
      told.push(options.link);
      return port.connect(options);
    },
  };
  const preflight = () => ({ browser: 'ok', connection: 'bad', battery: 'unknown' }) as const;
  const joining = server.join('c1', 'd1', video, { preflight });
  await clock.advance(500);
  await joining;
  expect(told).toEqual(['bad']);
});
