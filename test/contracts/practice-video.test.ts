import { PracticeVideo, type DrawTrack } from '@holdfast/session/practice';
import { FakeClock } from '@holdfast/session/testing';
import { describe, expect, test } from 'vitest';
import { VIDEO_PORT_CONTRACT, type VideoBench, type VideoSide } from './video-port.js';

const fakeTrack = (kind: 'audio' | 'video') =>
  ({ kind, readyState: 'live', enabled: true }) as MediaStreamTrack;
const drawTrack: DrawTrack = (kind) => ({ track: fakeTrack(kind), stop: () => undefined });
const DELAY_MS = 20;

type Receive = (from: string, data: unknown) => void;

/** Two practice devices whose signals go through a session server that only hands them on. */
function practiceBench(): VideoBench {
  const clock = new FakeClock();
  const receivers = new Map<string, Set<Receive>>([
    ['a', new Set()],
    ['b', new Set()],
  ]);
  let isCut = false;
  const signalOf = (device: string) => ({
    send: (to: string, data: unknown) => {
      if (isCut) return;
      const text = JSON.stringify(data);
      clock.after(DELAY_MS, () => receivers.get(to)?.forEach((receive) => receive(device, JSON.parse(text))));
    },
    onSignal: (receive: Receive) => {
      receivers.get(device)?.add(receive);
      return () => receivers.get(device)?.delete(receive);
    },
  });
  const side = (device: string, peer: string): VideoSide => {
    const localTracks = [fakeTrack('audio'), fakeTrack('video')];
    const grant = { transport: 'practice', room: 'r1', peer } as const;
    return {
      person: null,
      localTracks,
      freshGrant: async () => grant,
      connection: new PracticeVideo({ drawTrack }).connect({
        grant,
        signal: signalOf(device),
        clock,
        tracks: localTracks,
      }),
    };
  };
  const [a, b] = [side('a', 'b'), side('b', 'a')];
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
      isCut = true;
      await clock.advance(forMs / 2);
      meanwhile();
      await clock.advance(forMs / 2);
      isCut = false;
    },
    // There is no video server between the two.
    expel: null,
    // It joins two.
    people: null,
    async end() {
      await Promise.all([a.connection.close(), b.connection.close()]);
    },
  };
}

describe('the video port, of a practice room', () => {
  test.each(VIDEO_PORT_CONTRACT.filter(({ needs }) => needs === null || needs === 'cut'))(
    '[K23] $title',
    async ({ run }) => {
      const bench = practiceBench();
      await run(bench, (claim, holds) => expect(holds, claim).toBe(true));
      await bench.end();
    },
  );

  test('[K23] nothing of a track is sent: only whether there would be one', async () => {
    const clock = new FakeClock();
    const said: unknown[] = [];
    const track = new Proxy(fakeTrack('video'), {
      get: (target, name) => {
        if (name !== 'kind') throw new Error(`a practice room reads ${String(name)} of a track`);
        return target.kind;
      },
    });
    const connection = new PracticeVideo({ drawTrack }).connect({
      grant: { transport: 'practice', room: 'r1', peer: 'b' },
      signal: { send: (_to, data) => void said.push(data), onSignal: () => () => undefined },
      clock,
      tracks: [track],
    });
    await clock.advance(3000);
    await connection.close();
    expect(said.length).toBeGreaterThan(0);
    for (const signal of said) expect(signal).toEqual({ practice: 'here', sends: ['video'] });
  });

  test('[K23] a closed path carries nothing, either way', async () => {
    const clock = new FakeClock();
    let isOpen = true;
    const said: unknown[] = [];
    const heard: unknown[] = [];
    let receive: Receive = () => undefined;
    const connection = new PracticeVideo({ drawTrack, isOpen: () => isOpen }).connect({
      grant: { transport: 'practice', room: 'r1', peer: 'b' },
      signal: {
        send: (_to, data) => void said.push(data),
        onSignal: (call) => {
          receive = call;
          return () => undefined;
        },
      },
      clock,
      tracks: [],
    });
    connection.on('message', (data) => heard.push(data));
    receive('b', { practice: 'here', sends: [] });
    receive('b', { practice: 'message', bytes: [1] });
    receive('c', { practice: 'message', bytes: [2] });
    receive('b', { practice: 'message', bytes: [256] });
    expect(heard).toEqual([Uint8Array.from([1])]);
    isOpen = false;
    said.length = 0;
    receive('b', { practice: 'message', bytes: [3] });
    connection.send(Uint8Array.from([4]));
    await clock.advance(5000);
    expect([said, heard.length]).toEqual([[], 1]);
    await connection.close();
  });
});
