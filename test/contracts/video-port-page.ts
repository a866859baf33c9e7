import type { MediaGrant } from '@holdfast/protocol';
import { systemClock } from '@holdfast/session';
import type { SignalChannel, VideoPort } from '@holdfast/session';
import { LiveKitVideo } from '@holdfast/livekit';
import { WebRtcVideo } from '@holdfast/webrtc';
import { VIDEO_PORT_CONTRACT, type VideoBench, type VideoSide } from './video-port.js';

/** What one case of the contract came to in this page; `failed` holds the claims that did not hold. */
export interface CaseResult {
  readonly title: string;
  readonly failed: readonly string[];
}

type LiveKitGrant = Extract<MediaGrant, { transport: 'livekit' }>;
type Ends = 'a' | 'b';

/** Two ends in one page, whose signals cross as through a session server: never in the same turn. */
function crossedSignals(): Record<Ends, SignalChannel> {
  const receivers: Record<Ends, Set<(from: string, data: unknown) => void>> = { a: new Set(), b: new Set() };
  const end = (own: Ends): SignalChannel => ({
    send: (to, data) => {
      const copy: unknown = JSON.parse(JSON.stringify(data));
      setTimeout(() => receivers[to as Ends].forEach((receive) => receive(own, copy)), 5);
    },
    onSignal: (receive) => {
      receivers[own].add(receive);
      return () => receivers[own].delete(receive);
    },
  });
  return { a: end('a'), b: end('b') };
}

const directGrant = (own: Ends): MediaGrant => ({
  transport: 'webrtc',
  room: 'r1',
  peer: own === 'a' ? 'b' : 'a',
  isPolite: own === 'a',
  iceServers: [],
  relayOnly: false,
});

async function openBench(port: VideoPort, grants: Readonly<Record<Ends, MediaGrant>>): Promise<VideoBench> {
  const clock = systemClock();
  const signals = crossedSignals();
  const side = async (own: Ends): Promise<VideoSide> => {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 320, height: 240 },
    });
    const localTracks = stream.getTracks();
    const connection = port.connect({ grant: grants[own], signal: signals[own], clock, tracks: localTracks });
    return { localTracks, connection, freshGrant: async () => ({ ...grants[own] }) };
  };
  const [a, b] = [await side('a'), await side('b')];
  const pass = (forMs: number) => new Promise<void>((resolve) => setTimeout(resolve, forMs));
  const others: MediaStreamTrack[] = [];
  return {
    a,
    b,
    anotherTrack: (kind) => {
      const track = a.localTracks.find((local) => local.kind === kind)?.clone() as MediaStreamTrack;
      others.push(track);
      return track;
    },
    pass,
    until: async (holds, withinMs) => {
      const untilMs = performance.now() + withinMs;
      for (;;) {
        if (await holds()) return true;
        if (performance.now() > untilMs) return false;
        await pass(100);
      }
    },
    cut: null,
    end: async () => {
      await Promise.all([a.connection.close(), b.connection.close()]);
      for (const track of [...a.localTracks, ...b.localTracks, ...others]) track.stop();
    },
  };
}

const WITHOUT_CUTS = VIDEO_PORT_CONTRACT.filter(({ needsCut }) => !needsCut);

async function run(
  port: VideoPort,
  grants: readonly Readonly<Record<Ends, MediaGrant>>[],
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const [index, { title, run: runCase }] of WITHOUT_CUTS.entries()) {
    const pair = grants.at(index);
    const failed: string[] = [];
    if (pair === undefined) failed.push('there is a grant for this case');
    else {
      const bench = await openBench(port, pair);
      await runCase(bench, (claim, holds) => void (holds || failed.push(claim)));
      await bench.end();
    }
    results.push({ title, failed });
  }
  return results;
}

/** For a browser: the contract over direct media, both devices in this page. Cuts are the scenarios' own. */
export const contractOverWebRtc = (): Promise<CaseResult[]> =>
  run(
    new WebRtcVideo(),
    WITHOUT_CUTS.map(() => ({ a: directGrant('a'), b: directGrant('b') })),
  );

/** For a browser: the contract over LiveKit; two tokens for a fresh room for each case. */
export const contractOverLiveKit = (
  grants: readonly Readonly<Record<Ends, LiveKitGrant>>[],
): Promise<CaseResult[]> => run(new LiveKitVideo(), grants);

Object.assign(globalThis, { contractOverWebRtc, contractOverLiveKit, contractCases: WITHOUT_CUTS.length });
