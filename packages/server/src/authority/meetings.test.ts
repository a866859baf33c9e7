import type { Command } from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NewMeetingOptions } from '../new-meeting.js';
import { memoryStore } from '../store/memory-store.js';
import {
  aDrillPolicy,
  aSessionServer,
  CLIENT_ANSWERS,
  mustAccept,
  type RunningServer,
} from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';
import { connectTestDevice, type TestDevice } from '../testing/test-device.js';
import { directVideo } from '../video/direct-video.js';

const CLIENTS = ['c1', 'c2'] as const;
type Client = (typeof CLIENTS)[number];
const other = { c1: 'c2', c2: 'c1' } as const;
const sessionOf = (client: Client) => `s-${client}`;
const meetingOf = (): NewMeetingOptions => ({
  id: 'm1',
  sessions: CLIENTS.map((client) => ({
    id: sessionOf(client),
    drill: true,
    people: [
      { id: 'p1', role: 'practitioner' },
      { id: client, role: 'client', name: `Marker ${client}` },
    ],
  })),
});
const bringIn: Command = { type: 'meeting.bringIn' };
const SETTLED: readonly Command[] = [
  {
    type: 'item.answer',
    item: 'suitability',
    answer: 'confirmed',
    flags: { isEligible: true, hasAccess: true, canEngage: true },
  },
  { type: 'item.answer', item: 'practitionerPrivacy', answer: 'confirmed', flags: { alone: true } },
];

let clock: FakeClock;
let running: RunningServer;
let store: ReturnType<typeof memoryStore>;
/** The devices in the session of each client. */
let pages: Record<Client, { readonly practitioner: TestDevice; readonly client: TestDevice }>;

async function join(client: Client, person: string): Promise<TestDevice> {
  const link = await running.server.joinLink({ session: sessionOf(client), person });
  return connectTestDevice({ server: running.address, link, beatEveryMs: 0, nowMs: () => clock.nowMs() });
}

beforeEach(async () => {
  clock = new FakeClock();
  store = memoryStore();
  running = await aSessionServer(clock, { store }, false);
  await running.server.createMeeting(meetingOf());
  const open = async (client: Client) => {
    const page = { practitioner: await join(client, 'p1'), client: await join(client, client) };
    for (const { command, personal } of CLIENT_ANSWERS) await mustAccept(page.client, command, personal);
    for (const command of SETTLED) await mustAccept(page.practitioner, command);
    await mustAccept(page.practitioner, { type: 'person.admit', person: client });
    return page;
  };
  pages = { c1: await open('c1'), c2: await open('c2') };
});
afterEach(() => running.server.close());

const say = (client: Client, command: Command) => mustAccept(pages[client].practitioner, command);
const everybody = () => CLIENTS.flatMap((client) => [pages[client].practitioner, pages[client].client]);
const calls = (call: string, person?: string) =>
  running.video.calls.filter(
    (made) => made.call === call && (person === undefined || ('person' in made && made.person === person)),
  );
async function bothInside(): Promise<void> {
  for (const client of CLIENTS) await say(client, { type: 'meeting.clientAgrees', fellow: other[client] });
  for (const client of CLIENTS) {
    await say(client, bringIn);
    await pages[client].client.next('grant');
  }
}

describe('[J15] one room', () => {
  test('[J15][H13] a client has no grant before they were brought in; then all are in the same room', async () => {
    expect(calls('grant', 'c1')).toHaveLength(0);
    await bothInside();
    const rooms = new Set(running.video.calls.flatMap((made) => (made.call === 'grant' ? [made.room] : [])));
    expect(rooms.size).toBe(1);
    expect([calls('grant', 'c1').length, calls('grant', 'c2').length]).toEqual([1, 1]);
  });

  test('[J15] without agreement the second is refused, and the other session knows at once who is inside', async () => {
    await say('c1', bringIn);
    await expect
      .poll(() => pages.c2.practitioner.projection)
      .toMatchObject({ care: { meeting: { isInside: false, fellows: [{ id: 'c1', isInside: true }] } } });
    const refused = await pages.c2.practitioner.say(bringIn);
    expect(refused).toMatchObject({ outcome: 'refused', code: 'gate-open' });
  });
});

describe('[J16] one client alone', () => {
  test('[J16][H26] a crisis of one puts the other out of the room at once and again; the room stays', async () => {
    await bothInside();
    await say('c1', { type: 'crisis.open', client: 'c1' });
    await expect.poll(() => calls('removePerson', 'c2').length).toBeGreaterThan(0);
    await expect
      .poll(() => pages.c2.client.projection)
      .toMatchObject({ isSetApart: true, mediaAllowed: false });
    expect(JSON.stringify(pages.c2.client.received)).not.toMatch(/crisis/);
    const before = calls('removePerson', 'c2').length;
    await passTime(clock, 6000, ...everybody());
    expect(calls('removePerson', 'c2').length - before).toBeGreaterThanOrEqual(2);
    expect([calls('removePerson', 'c1'), calls('closeRoom')]).toEqual([[], []]);
    pages.c2.client.send({ type: 'grant.request', id: 'g9' });
    expect(await pages.c2.client.next('settled', ({ id }) => id === 'g9')).toMatchObject({ code: 'not-now' });
    await say('c2', bringIn);
    await pages.c2.client.next('grant');
    const after = calls('removePerson', 'c2').length;
    await passTime(clock, 6000, ...everybody());
    expect(calls('removePerson', 'c2')).toHaveLength(after);
  });

  test('[J14][H26] the words of one client reach no device of the other’s session', async () => {
    await bothInside();
    const seen = JSON.stringify([pages.c2.client.received, pages.c2.practitioner.received]);
    expect(seen).not.toMatch(/s-c1/);
    const { vault } = pages.c2.client.projection as { vault: Record<string, unknown> };
    expect(vault['c1']).toEqual({ name: 'Marker c1' });
  });
});

describe('[J18] ends', () => {
  test('[J18][E03] consent taken back by one puts out that one; the room is closed after the last', async () => {
    await bothInside();
    await mustAccept(pages.c2.client, { type: 'consent.withdraw' });
    await expect.poll(() => calls('removePerson', 'c2').length).toBeGreaterThan(0);
    await passTime(clock, 4000, ...everybody());
    expect([calls('removePerson', 'c1'), calls('closeRoom')]).toEqual([[], []]);
    await mustAccept(pages.c1.client, { type: 'consent.withdraw' });
    await expect.poll(() => calls('closeRoom').length).toBeGreaterThan(0);
  });

  test('[J17][R1] after a start of the session server the same people are inside', async () => {
    await bothInside();
    await say('c2', { type: 'meeting.setApart' });
    await expect
      .poll(() => pages.c1.practitioner.projection)
      .toMatchObject({ care: { meeting: { fellows: [{ isInside: false }] } } });
    await running.server.close();
    running = await aSessionServer(clock, { store }, false);
    const [first, second] = [await join('c1', 'p1'), await join('c2', 'p1')];
    expect(first.projection).toMatchObject({ care: { meeting: { isInside: true } } });
    expect(second.projection).toMatchObject({ care: { meeting: { isInside: false } } });
  });
});

describe('createMeeting', () => {
  const refused = (options: NewMeetingOptions, of: RunningServer = running) =>
    of.server.createMeeting(options).then(
      () => 'made',
      (error: Error) => error.message,
    );

  test('[J14] says what is wrong, and makes nothing', async () => {
    const { sessions } = meetingOf();
    const [first, second] = sessions;
    if (first === undefined || second === undefined) throw new Error('two sessions');
    const people = (id: string, lead = 'p1') => [
      { id: lead, role: 'practitioner' as const },
      { id, role: 'client' as const },
    ];
    expect(await refused({ sessions: [first] })).toMatch(/2 to 5/);
    expect(
      await refused({
        sessions: [
          { ...first, id: 'x' },
          { ...first, id: 'y' },
        ],
      }),
    ).toMatch(/same client/);
    expect(
      await refused({
        sessions: [
          { drill: true, people: people('c8') },
          { drill: true, people: people('c9', 'p2') },
        ],
      }),
    ).toMatch(/same practitioners/);
    expect(await refused({ sessions: [{ ...first, id: 'free' }, second] })).toMatch(/there is a session/);
    await expect(running.server.joinLink({ session: 'free', person: 'p1' })).rejects.toThrow(
      /no such session/,
    );
  });

  test('[J14] a fellow client has no link to a session that is not theirs, and nobody names one by hand', async () => {
    await expect(running.server.joinLink({ session: 's-c1', person: 'c2' })).rejects.toThrow(/of their own/);
    const people = [
      { id: 'p1', role: 'practitioner' },
      { id: 'c8', role: 'client' },
      { id: 'c9', role: 'fellowClient' },
    ] as const;
    await expect(running.server.createSession({ drill: true, people })).rejects.toThrow(/role must be/);
  });

  test('[J19][H06] a meeting that could be recorded, or that direct media cannot bring together, is refused', async () => {
    const policy = { ...aDrillPolicy, transports: ['webrtc' as const], exposesAddresses: true };
    const direct = await aSessionServer(clock, { video: directVideo(), policy }, false);
    expect(await refused(meetingOf(), direct)).toMatch(/livekitVideo/);
    await direct.server.close();
    const recording = { mode: 'twoGrants' as const, policy: 'recording-v1' };
    const { sessions } = meetingOf();
    const recorded = sessions.map((session) => ({
      ...session,
      id: `${session.id ?? ''}-2`,
      policy: { ...aDrillPolicy, recording },
    }));
    expect(await refused({ sessions: recorded })).toMatch(/not recorded/);
  });
});
