import { FakeClock, FakeVideo } from '@holdfast/session/testing';
import { describe, expect, test } from 'vitest';
import { VIDEO_PORT_CONTRACT, type VideoBench, type VideoSide } from './video-port.js';

/** A track as far as a transport without media looks at it. */
const fakeTrack = (kind: 'audio' | 'video') =>
  ({ kind, readyState: 'live', enabled: true }) as MediaStreamTrack;

function fakeBench(): VideoBench {
  const clock = new FakeClock();
  const video = new FakeVideo({ clock });
  const side = (device: string): VideoSide => {
    const localTracks = [fakeTrack('audio'), fakeTrack('video')];
    const signal = { send: () => undefined, onSignal: () => () => undefined };
    const freshGrant = async () => ({ transport: 'fake', room: 'r1' }) as const;
    return {
      localTracks,
      freshGrant,
      connection: video
        .port(device)
        .connect({ grant: { transport: 'fake', room: 'r1' }, signal, clock, tracks: localTracks }),
    };
  };
  const [a, b] = [side('a'), side('b')];
  return {
    a,
    b,
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

describe('the video port, by the fake', () => {
  test.each(VIDEO_PORT_CONTRACT)('$title', async ({ run }) => {
    const bench = fakeBench();
    await run(bench, (claim, holds) => expect(holds, claim).toBe(true));
    await bench.end();
  });
});
