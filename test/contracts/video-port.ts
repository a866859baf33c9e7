import type { MediaGrant } from '@holdfast/protocol';
import type { RemoteTrack, VideoConnection, VideoLinkState } from '@holdfast/session';

/** One side of a call under test. `seen` is kept by `watch`. */
export interface VideoSide {
  readonly connection: VideoConnection;
  readonly localTracks: readonly MediaStreamTrack[];
  /** As the session server would give when it is asked again. */
  freshGrant(): Promise<MediaGrant>;
}

export interface Seen {
  links: VideoLinkState[];
  tracks: readonly RemoteTrack[];
  messages: string[];
}

/** Two devices in one room, over any transport. */
export interface VideoBench {
  readonly a: VideoSide;
  readonly b: VideoSide;
  /** Another track of that kind, as from another camera. */
  anotherTrack(kind: 'audio' | 'video'): MediaStreamTrack;
  /** Waits (or lets fake time pass) until the claim holds; false when it did not in time. */
  until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean>;
  pass(forMs: number): Promise<void>;
  /** Cuts side a off, with something done in the middle of it; null where this bench cannot. */
  readonly cut: ((forMs: number, meanwhile: () => void) => Promise<void>) | null;
  /** The video server ends a's connection; null where there is no server between the two. */
  readonly expel: (() => Promise<void>) | null;
  end(): Promise<void>;
}

export interface ContractCase {
  readonly title: string;
  /** Only for benches that have it. */
  readonly needs: 'cut' | 'expel' | null;
  readonly run: (bench: VideoBench, check: (claim: string, holds: boolean) => void) => Promise<void>;
}

const CONNECTS_WITHIN_MS = 15_000;
const TELLS_WITHIN_MS = 5000;
/** livekit-client stops a track this long (15 s) after it was given to a room that is over. */
const STOPPED_WITHIN_MS = 15_500;
const text = (data: Uint8Array) => new TextDecoder().decode(data);
const bytes = (words: string) => new TextEncoder().encode(words);

/** Listens from now on. */
export function watch({ connection }: VideoSide): Seen {
  const seen: Seen = { links: [], tracks: [], messages: [] };
  connection.on('link', (state) => seen.links.push(state));
  connection.on('tracks', (tracks) => (seen.tracks = tracks));
  connection.on('message', (data) => seen.messages.push(text(data)));
  return seen;
}

const sees = (seen: Seen, kind: 'audio' | 'video', isMuted = false) =>
  seen.tracks.some((track) => track.kind === kind && track.isMuted === isMuted);
const seesBoth = (seen: Seen) => sees(seen, 'audio') && sees(seen, 'video');
/** All that was there is there, by id and by object: an element that shows it need not be touched. */
const keeps = (before: readonly RemoteTrack[], after: readonly RemoteTrack[]) =>
  before.every(({ id, track }) => after.some((other) => other.id === id && other.track === track));
/** What has the id of a track is that track. */
const meansTheSame = (before: readonly RemoteTrack[], after: readonly RemoteTrack[]) =>
  before.every(({ id, track }) => after.every((other) => other.id !== id || other.track === track));
const isLive = ({ readyState }: MediaStreamTrack) => readyState === 'live';

async function connected(
  bench: VideoBench,
  check: (claim: string, holds: boolean) => void,
): Promise<{ a: Seen; b: Seen }> {
  const [a, b] = [watch(bench.a), watch(bench.b)];
  const isUp = await bench.until(
    () => a.links.at(-1) === 'connected' && b.links.at(-1) === 'connected' && seesBoth(a) && seesBoth(b),
    CONNECTS_WITHIN_MS,
  );
  check('both sides connect and see the sound and the picture of the other', isUp);
  return { a, b };
}

/** Lossy messages: what is said again and again arrives. */
async function hears(bench: VideoBench, from: VideoSide, to: Seen, words: string): Promise<boolean> {
  return bench.until(() => {
    from.connection.send(bytes(words));
    return to.messages.includes(words);
  }, TELLS_WITHIN_MS);
}

/**
 * What every video transport does, whatever it is made of. The suite is data, so that it runs under vitest on the fake
 * and inside a page on the real ones.
 */
export const VIDEO_PORT_CONTRACT: readonly ContractCase[] = [
  {
    title: 'connects two devices and shows each the tracks of the other',
    needs: null,
    async run(bench, check) {
      const { a } = await connected(bench, check);
      check(
        'each track has an id of its own',
        new Set(a.tracks.map(({ id }) => id)).size === a.tracks.length,
      );
    },
  },
  {
    title: 'carries messages both ways, up to 1 kB',
    needs: null,
    async run(bench, check) {
      const { a, b } = await connected(bench, check);
      check('a is heard by b', await hears(bench, bench.a, b, 'from a'));
      check('b is heard by a', await hears(bench, bench.b, a, 'x'.repeat(1024)));
      check('nobody hears themselves', !a.messages.includes('from a'));
    },
  },
  {
    title: 'mutes and unmutes by setTrack, and never stops a track',
    needs: null,
    async run(bench, check) {
      const { b } = await connected(bench, check);
      const atFirst = b.tracks;
      await bench.a.connection.setTrack('video', null);
      check(
        'the other side sees that the camera is off',
        await bench.until(() => !sees(b, 'video'), TELLS_WITHIN_MS),
      );
      check('the sound goes on', sees(b, 'audio'));
      check('it is another list of the same tracks', b.tracks !== atFirst && keeps(atFirst, b.tracks));
      await bench.a.connection.setTrack('video', bench.anotherTrack('video'));
      check('the other side sees another camera', await bench.until(() => sees(b, 'video'), TELLS_WITHIN_MS));
      check('another camera takes no id with it', meansTheSame(atFirst, b.tracks));
      check('local tracks are still live', bench.a.localTracks.every(isLive));
    },
  },
  {
    title: 'counts the sound and the picture apart, and stops the picture where it is not wanted',
    needs: null,
    async run(bench, check) {
      const { a, b } = await connected(bench, check);
      const grows = async (sum: 'soundPackets' | 'pictureFrames', forMs = 10_000): Promise<boolean> => {
        const first = (await bench.a.connection.counters())[sum];
        return bench.until(async () => (await bench.a.connection.counters())[sum] > first, forMs);
      };
      check('sound is counted', await grows('soundPackets'));
      check('frames of the picture are counted', await grows('pictureFrames'));
      bench.a.connection.receivePictures(false);
      check('the picture is gone, or muted', await bench.until(() => !sees(a, 'video'), TELLS_WITHIN_MS));
      await bench.pass(2000);
      check('no more frames come', !(await grows('pictureFrames', 2000)));
      check('the sound goes on', await grows('soundPackets'));
      check('the other side still sees', sees(b, 'video'));
      bench.a.connection.receivePictures(true);
      check('the picture is back', await bench.until(() => sees(a, 'video'), TELLS_WITHIN_MS));
      check('frames come again', await grows('pictureFrames'));
    },
  },
  {
    title: 'counts what arrives; sums only grow',
    needs: null,
    async run(bench, check) {
      await connected(bench, check);
      const first = await bench.a.connection.counters();
      let last = first;
      let isGrowing = true;
      const grew = await bench.until(async () => {
        const now = await bench.a.connection.counters();
        isGrowing &&= now.linkAnswers >= last.linkAnswers && now.receivedPackets >= last.receivedPackets;
        last = now;
        return now.linkAnswers > first.linkAnswers && now.receivedPackets > first.receivedPackets;
      }, 10_000);
      check('packets and answers of the link are counted', grew);
      check('no sum ever goes back', isGrowing);
    },
  },
  {
    title: 'goes on with a fresh grant without losing tracks',
    needs: null,
    async run(bench, check) {
      const { a, b } = await connected(bench, check);
      check('the first grant carries', await hears(bench, bench.a, b, 'before'));
      const atFirst = { a: a.tracks, b: b.tracks };
      bench.a.connection.hint('networkIsBack');
      await bench.a.connection.renew(await bench.a.freshGrant());
      await bench.pass(1000);
      check('neither a hint nor a grant disturbs a healthy link', a.links.at(-1) === 'connected');
      check('the second grant carries', await hears(bench, bench.a, b, 'after'));
      check('the other side still sees both', await bench.until(() => seesBoth(b), TELLS_WITHIN_MS));
      check('the tracks are the same', keeps(atFirst.a, a.tracks) && keeps(atFirst.b, b.tracks));
    },
  },
  {
    title: 'a track that comes while the link has failed is sent over the next one, and lives',
    needs: 'expel',
    async run(bench, check) {
      const { a, b } = await connected(bench, check);
      await bench.expel?.();
      check(
        'a says that the link failed',
        await bench.until(() => a.links.includes('failed'), TELLS_WITHIN_MS),
      );
      const camera = bench.anotherTrack('video');
      await bench.a.connection.setTrack('video', camera);
      await bench.a.connection.renew(await bench.a.freshGrant());
      const isBack = () => a.links.at(-1) === 'connected' && seesBoth(b);
      check('the other side sees both again', await bench.until(isBack, CONNECTS_WITHIN_MS));
      await bench.pass(STOPPED_WITHIN_MS);
      check('the other side still sees both', isBack());
      check('local tracks are still live', [...bench.a.localTracks, camera].every(isLive));
    },
  },
  {
    title: 'comes back after a cut of 8 s and of 40 s',
    needs: 'cut',
    async run(bench, check) {
      const { a, b } = await connected(bench, check);
      const camera = bench.anotherTrack('video');
      for (const cutMs of [8000, 40_000]) {
        const saidBefore = a.links.length;
        // What comes in the middle of it is sent after it; nobody waits for that.
        await bench.cut?.(cutMs, () => void bench.a.connection.setTrack('video', camera));
        check(
          `a says that the link is gone for ${cutMs} ms`,
          a.links.slice(saidBefore).some((state) => state === 'interrupted' || state === 'failed'),
        );
        bench.a.connection.hint('networkIsBack');
        const words = `after ${cutMs}`;
        check(`a is heard again after ${cutMs} ms`, await hears(bench, bench.a, b, words));
        check(`b is heard again after ${cutMs} ms`, await hears(bench, bench.b, a, words));
      }
      check(
        'the tracks are there again',
        await bench.until(() => seesBoth(a) && seesBoth(b), TELLS_WITHIN_MS),
      );
      check('local tracks are still live', [...bench.a.localTracks, camera].every(isLive));
    },
  },
  {
    title: 'closes once, says so, leaves the tracks alone, and is silent afterwards',
    needs: null,
    async run(bench, check) {
      const { a, b } = await connected(bench, check);
      await bench.a.connection.close();
      await bench.a.connection.close();
      check('it says that it is closed, once', a.links.filter((state) => state === 'closed').length === 1);
      check('local tracks are still live', bench.a.localTracks.every(isLive));
      const heard = a.messages.length;
      bench.b.connection.send(bytes('to nobody'));
      bench.a.connection.send(bytes('from nobody'));
      await bench.pass(2000);
      check('nothing is heard any more', a.messages.length === heard && !b.messages.includes('from nobody'));
    },
  },
  {
    title: 'a listener that was taken off hears nothing',
    needs: null,
    async run(bench, check) {
      const { b } = await connected(bench, check);
      const heard: string[] = [];
      const listen = (data: Uint8Array) => void heard.push(text(data));
      bench.b.connection.on('message', listen);
      check('it hears at first', await hears(bench, bench.a, b, 'one'));
      bench.b.connection.off('message', listen);
      const before = heard.length;
      check('others still hear', await hears(bench, bench.a, b, 'two'));
      check('it does not', heard.length === before && before > 0);
    },
  },
];
