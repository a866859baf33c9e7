import type { VideoPort } from '@holdfast/session';
import { FakeClock, FakeVideo } from '@holdfast/session/testing';
import { describe, expect, test } from 'vitest';
import { VIDEO_PORT_CONTRACT, type VideoBench, type VideoSide } from './video-port.js';

/** A track as far as a transport without media looks at it. */
const fakeTrack = (kind: 'audio' | 'video') =>
  ({ kind, readyState: 'live', enabled: true }) as MediaStreamTrack;

function fakeBench(knowsPeople: boolean): VideoBench {
  const clock = new FakeClock();
  const video = new FakeVideo({ clock });
  const nameOf = (device: string) => (knowsPeople ? `person-${device}` : null);
  const side = (device: string, port: VideoPort = video.port(device, nameOf(device))): VideoSide => {
    const localTracks = [fakeTrack('audio'), fakeTrack('video')];
    const signal = { send: () => undefined, onSignal: () => () => undefined };
    const grant = { transport: 'fake', room: 'r1' } as const;
    return {
      person: nameOf(device),
      localTracks,
      freshGrant: async () => grant,
      connection: port.connect({ grant, signal, clock, tracks: localTracks }),
    };
  };
  const page = video.port('a', nameOf('a'));
  const [a, b] = [side('a', page), side('b')];
  return {
    a,
    b,
    people: knowsPeople ? { third: () => side('c'), again: () => side('a', page) } : null,
    anotherTrack: fakeTrack,
    async until(holds, withinMs) {
      for (let waitedMs = 0; waitedMs <= withinMs; waitedMs += 100) {
        if (await holds()) return true;
        await clock.advance(100);
      }
      return false;
    },
    pass: (forMs) => clock.advance(forMs),
    async cut(forMs, meanwhile) {
      video.cut('a');
      await clock.advance(forMs / 2);
      meanwhile();
      await clock.advance(forMs / 2);
      video.heal('a');
    },
    expel: async () => video.expire('a'),
    async end() {
      await Promise.all([a.connection.close(), b.connection.close()]);
    },
  };
}

describe.each([
  ['that joins two', false],
  ['that knows people', true],
] as const)('[H01] the video port, by the fake %s', (_title, knowsPeople) => {
  const cases = VIDEO_PORT_CONTRACT.filter(({ needs }) => knowsPeople || needs !== 'people');
  test.each(cases)('$title', async ({ run }) => {
    const bench = fakeBench(knowsPeople);
    await run(bench, (claim, holds) => expect(holds, claim).toBe(true));
    await bench.end();
  });
});
