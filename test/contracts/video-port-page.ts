import type { MediaGrant } from '@holdfast/protocol';
import { systemClock } from '@holdfast/session';
import type { SignalChannel, VideoPort } from '@holdfast/session';
import { LiveKitVideo } from '@holdfast/livekit';
import { Room } from 'livekit-client';
import { WebRtcVideo } from '@holdfast/webrtc';
import { VIDEO_PORT_CONTRACT, type VideoBench, type VideoSide } from './video-port.js';

type Ends = 'a' | 'b';
/** `c`: where the transport joins more than two. */
type Grants = Readonly<Record<Ends, MediaGrant>> & { readonly c?: MediaGrant };

/** What this page offers to who opened it. */
export interface ContractPage {
  /** Runs one case with both ends in this page; the first claim that does not hold, or null. */
  runContractCase: (title: string, grants: Grants) => Promise<string | null>;
  /** Cuts this page's host off and heals it; given by who opened the page, where it can. */
  readonly cutOff?: (forMs: number) => Promise<void>;
}

const page = globalThis as unknown as ContractPage;

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

const port = (transport: MediaGrant['transport']): VideoPort =>
  transport === 'livekit' ? new LiveKitVideo() : new WebRtcVideo();

const camera = async (): Promise<MediaStreamTrack[]> =>
  (
    await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } })
  ).getTracks();

/** As from another page of the same person: throws the first one out, and leaves again. */
async function takePlace(grant: MediaGrant): Promise<void> {
  if (grant.transport !== 'livekit') return;
  const second = new Room();
  await second.connect(grant.url, grant.token);
  await second.disconnect();
}

async function openBench(grants: Grants): Promise<VideoBench> {
  const clock = systemClock();
  const signals = crossedSignals();
  const tracks = { a: await camera(), b: await camera() };
  const side = (
    person: string,
    grant: MediaGrant,
    own: Ends,
    localTracks: MediaStreamTrack[],
  ): VideoSide => ({
    person: grant.transport === 'livekit' ? person : null,
    localTracks,
    connection: port(grant.transport).connect({ grant, signal: signals[own], clock, tracks: localTracks }),
    freshGrant: async () => ({ ...grant }),
  });
  // In one turn, so that a case listens before either end has anything to tell.
  const [a, b] = [side('a', grants.a, 'a', tracks.a), side('b', grants.b, 'b', tracks.b)];
  const { c } = grants;
  const pass = (forMs: number) => new Promise<void>((resolve) => setTimeout(resolve, forMs));
  const others: MediaStreamTrack[] = [];
  const more: VideoSide[] = [];
  const joins = (person: string, grant: MediaGrant): VideoSide => {
    const own = tracks.a.map((track) => track.clone());
    others.push(...own);
    more.push(side(person, grant, 'a', own));
    return more.at(-1) as VideoSide;
  };
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
    cut:
      page.cutOff === undefined
        ? null
        : async (forMs, meanwhile) => {
            await Promise.all([page.cutOff?.(forMs), pass(forMs / 2).then(meanwhile)]);
          },
    people: c === undefined ? null : { third: () => joins('c', c), again: () => joins('a', grants.a) },
    expel: grants.a.transport === 'livekit' ? () => takePlace(grants.a) : null,
    end: async () => {
      await Promise.all([a, b, ...more].map(({ connection }) => connection.close()));
      for (const track of [...a.localTracks, ...b.localTracks, ...others]) track.stop();
    },
  };
}

async function runContractCase(title: string, grants: Grants): Promise<string | null> {
  const one = VIDEO_PORT_CONTRACT.find((candidate) => candidate.title === title);
  if (one === undefined) return 'there is no such case';
  const bench = await openBench(grants);
  try {
    await one.run(bench, (claim, holds) => {
      if (!holds) throw new Error(claim);
    });
    return null;
  } catch (error) {
    return String(error);
  } finally {
    await bench.end();
  }
}

page.runContractCase = runContractCase;
