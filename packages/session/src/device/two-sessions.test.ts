import type { MediaGrant } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { aCall, C, P, type Call } from '../testing/a-call.js';
import { aClientProjection, aPractitionerProjection } from '../testing/a-projection.js';
import { aTrack } from '../testing/a-track.js';
import { FakeClock } from '../testing/fake-clock.js';
import { FakeServer, fakePage, fakeStorage, type FakePage } from '../testing/fake-server.js';
import { FakeVideo } from '../testing/fake-video.js';

const ROOM: MediaGrant = { transport: 'fake', room: 'shared' };

/** A page whose claims work as the browser's do: the newest of a name takes it. */
function pageWithTabs(): FakePage {
  const claims = new Map<string, () => void>();
  return Object.assign(fakePage(), {
    claim: (name: string, onLost: () => void) => {
      claims.get(name)?.();
      claims.set(name, onLost);
      return () => void (claims.get(name) === onLost && claims.delete(name));
    },
  });
}

const devices = {
  getUserMedia: async ({ video }: MediaStreamConstraints) => ({
    getTracks: () => [aTrack(video ? 'video' : 'audio', video ? 'v' : 'a')],
  }),
  enumerateDevices: async () => [],
} as unknown as MediaDevices;

/** Two sessions of one practitioner, on one page and in one video room, each with a client of its own. */
async function aJointMeeting() {
  const clock = new FakeClock();
  const video = new FakeVideo({ clock });
  const serverOf = (client: string) =>
    new FakeServer({
      clock,
      projections: {
        p1: aPractitionerProjection({}, { client }),
        [client]: aClientProjection({ person: client, client }),
      },
      session: `session-of-${client}`,
      grant: () => ROOM,
    });
  const servers = { c1: serverOf('c1'), c2: serverOf('c2') };
  const page = { page: pageWithTabs(), storage: fakeStorage(), devices };
  const port = video.port(P, 'p1');
  const joining = [
    servers.c1.join('p1', P, port, { ...page, keepAs: 'c1' }),
    servers.c2.join('p1', P, port, { ...page, keepAs: 'c2' }),
    servers.c1.join('c1', 'dev-c1', video.port('dev-c1', 'c1'), { devices }),
    servers.c2.join('c2', 'dev-c2', video.port('dev-c2', 'c2'), { devices }),
  ] as const;
  await clock.advance(5000);
  const [first, second, one, two] = await Promise.all(joining);
  const isLive = () => [first, second, one, two].map(({ view }) => view.stage);
  return { clock, video, servers, port, page, first, second, one, two, isLive };
}

const ALL_LIVE = ['live', 'live', 'live', 'live'];

describe('two sessions of one practitioner on one page, in one video room', () => {
  test('[P16] [P17] [H01] are both together, and stay so', async () => {
    const { clock, isLive } = await aJointMeeting();
    expect(isLive()).toEqual(ALL_LIVE);
    await clock.advance(30_000);
    expect(isLive()).toEqual(ALL_LIVE);
  });

  test('[P16] [H01] the one whose client is lost says so: the heartbeats of the other’s client do not pass for theirs', async () => {
    const { clock, video, servers, isLive } = await aJointMeeting();
    video.cut('dev-c2');
    servers.c2.cut('dev-c2');
    await clock.advance(4000);
    expect(isLive()).toEqual(['live', 'reconnecting', 'live', 'reconnecting']);
    video.heal('dev-c2');
    servers.c2.heal('dev-c2');
    await clock.advance(10_000);
    expect(isLive()).toEqual(ALL_LIVE);
  });

  test('[P17] one that ends takes nothing of the other with it', async () => {
    const { clock, first, second, one, two } = await aJointMeeting();
    first.dispose();
    await clock.advance(10_000);
    expect([second, two, one].map(({ view }) => view.stage)).toEqual(['live', 'live', 'reconnecting']);
  });

  test('[P17] [A03] a microphone that is off in one is off, and the screen of the other says so', async () => {
    const { clock, first, second, one, two } = await aJointMeeting();
    const soundAt = (client: typeof one) =>
      client.media.state.remoteTracks.some(
        ({ from, kind, isMuted }) => from === 'p1' && kind === 'audio' && !isMuted,
      );
    await first.media.setMicrophone(true);
    await clock.advance(100);
    expect([first.media.state.microphone, soundAt(one)]).toEqual(['offElsewhere', false]);
    await second.media.setMicrophone(true);
    await clock.advance(100);
    expect([first.media.state.microphone, soundAt(one), soundAt(two)]).toEqual(['on', true, true]);
    await first.media.setMicrophone(false);
    await clock.advance(100);
    expect([first.media.state.microphone, second.media.state.microphone]).toEqual(['off', 'offElsewhere']);
    expect([soundAt(one), soundAt(two)]).toEqual([false, false]);
    void first.leave();
    await clock.advance(100);
    expect([second.media.state.microphone, soundAt(two)]).toEqual(['on', true]);
  });

  test('[H14] each goes on as itself after a reload', async () => {
    const { clock, servers, port, page, first, second } = await aJointMeeting();
    expect([...page.storage.kept.keys()]).toEqual(['holdfast:/session#c1', 'holdfast:/session#c2']);
    for (const session of [first, second]) session.dispose();
    const again = {
      ...page,
      link: 'https://host.example/session',
      ask: () => Promise.reject(new Error('no')),
    };
    const joining = [
      servers.c1.join('p1', P, port, { ...again, keepAs: 'c1' }),
      servers.c2.join('p1', P, port, { ...again, keepAs: 'c2' }),
    ];
    await clock.advance(5000);
    expect((await Promise.all(joining)).map(({ view }) => view.stage)).toEqual(['live', 'live']);
  });
});

describe('[P16] [H01] a third person in the room', () => {
  /** An interpreter who talks, and says what a heartbeat says. */
  const withThird = async () => {
    const call: Call = await aCall();
    const signal = { send: () => undefined, onSignal: () => () => undefined };
    const third = call.video.port('dev-i', 'i1').connect({
      grant: { transport: 'fake', room: 'r1' },
      signal,
      clock: call.clock,
      tracks: [aTrack('audio', 'i')],
    });
    const heard: string[] = [];
    third.on('message', (_data, from) => heard.push(String(from)));
    await call.clock.advance(3000);
    return { ...call, third, heard };
  };

  test('hears no heartbeat of client and practitioner', async () => {
    const { heard } = await withThird();
    expect(heard).toEqual([]);
  });

  test('what they send is no contact, although it has the form of a heartbeat', async () => {
    const { clock, third, practitioner, cut } = await withThird();
    cut(C);
    for (let count = 0; count < 10; count += 1) {
      const beat = new Uint8Array(24);
      beat.set([1, 0, 0, 0, 9, 9, 9, 9, 0, 0, 0, count + 1]);
      third.send(beat);
      await clock.advance(500);
    }
    expect(practitioner.view.stage).toBe('reconnecting');
  });

  test('[H11] their sound is not counted as the client’s', async () => {
    const { video, clock, servers, one, two } = await aJointMeeting();
    await one.media.setMicrophone(true);
    await two.media.setMicrophone(true);
    await clock.advance(6000);
    const soundOf = (client: 'c1' | 'c2') =>
      servers[client].heard.flatMap(({ device, message }) =>
        device === P && message.type === 'input' && message.body.type === 'media.observed'
          ? [message.body.sound]
          : [],
      );
    expect([soundOf('c1').at(-1), soundOf('c2').at(-1)]).toEqual(['heard', 'heard']);
    video.freeze('dev-c1', 'audio');
    await clock.advance(6000);
    expect([soundOf('c1').at(-1), soundOf('c2').at(-1)]).toEqual(['gone', 'heard']);
  });
});
