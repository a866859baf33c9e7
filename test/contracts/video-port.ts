import type { Id, MediaGrant } from '@holdfast/protocol';
import type { RemoteTrack, VideoConnection, VideoLinkState } from '@holdfast/session';

/** One side of a call under test. `seen` is kept by `watch`. */
export interface VideoSide {
  readonly connection: VideoConnection;
  /** Whose it is, as the transport tells the others; null where it joins two and need not. */
  readonly person: Id | null;
  readonly localTracks: readonly MediaStreamTrack[];
  /** As the session server would give when it is asked again. */
  freshGrant(): Promise<MediaGrant>;
}

export interface Seen {
  links: VideoLinkState[];
  tracks: readonly RemoteTrack[];
  messages: string[];
  senders: (Id | null)[];
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
  /** For a transport that joins more than two, and knows them apart; null for one that joins two. */
  readonly people: {
    /** Another person in the room. */
    readonly third: () => VideoSide;
    /** Side a once more, as of another session of the same page. */
    readonly again: () => VideoSide;
  } | null;
  /** The video server ends a's connection; null where there is no server between the two. */
  readonly expel: (() => Promise<void>) | null;
  end(): Promise<void>;
}

export interface ContractCase {
  readonly title: string;
  /** Only for benches that have it. */
  readonly needs: 'cut' | 'expel' | 'people' | null;
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
  const seen: Seen = { links: [], tracks: [], messages: [], senders: [] };
  connection.on('link', (state) => seen.links.push(state));
  connection.on('tracks', (tracks) => (seen.tracks = tracks));
  connection.on('message', (data, from) => {
    seen.messages.push(text(data));
    seen.senders.push(from);
  });
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
async function hears(
  bench: VideoBench,
  from: VideoSide,
  to: Seen,
  words: string,
  only?: Id,
): Promise<boolean> {
  return bench.until(() => {
    from.connection.send(bytes(words), only);
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
      const isTheirs = (seen: Seen, of: VideoSide): boolean =>
        seen.senders.every((from) => from === of.person) &&
        seen.tracks.every(({ from }) => from === of.person);
      check('each is told whose messages and tracks they are', isTheirs(a, bench.b) && isTheirs(b, bench.a));
      const only = bench.b.person ?? 'whoever is there';
      check('what is for one person reaches them', await hears(bench, bench.a, b, 'to b', only));
    },
  },
  {
    title: 'tells a third person apart: what is for one reaches no other, and traffic is counted of one',
    needs: 'people',
    async run(bench, check) {
      const { a, b } = await connected(bench, check);
      const third = bench.people?.third();
      if (third === undefined) return;
      const c = watch(third);
      const isThere = () =>
        c.links.at(-1) === 'connected' && a.tracks.some(({ from }) => from === third.person);
      check('a third person comes in', await bench.until(isThere, CONNECTS_WITHIN_MS));
      const toB = bench.b.person ?? undefined;
      check('a is heard by c', await hears(bench, bench.a, c, 'to all'));
      check('a is heard by b', await hears(bench, bench.a, b, 'to b', toB));
      for (let turn = 0; turn < 10; turn += 1) {
        bench.a.connection.send(bytes('to b'), toB);
        await bench.pass(100);
      }
      check('c does not hear what is for b', !c.messages.includes('to b'));
      check('c is heard by a', await hears(bench, third, a, 'from c'));
      check('a is told that it was c', a.senders[a.messages.indexOf('from c')] === third.person);
      const { connection } = bench.a;
      const arrived = async (of: Id | null) => (await connection.counters(of ?? undefined)).receivedPackets;
      const grows = async (of: Id | null, forMs: number): Promise<boolean> => {
        const first = await arrived(of);
        return bench.until(async () => (await arrived(of)) > first, forMs);
      };
      check('what comes of b is counted', await grows(bench.b.person, 10_000));
      check('what comes of c is counted', await grows(third.person, 10_000));
      await Promise.all([
        bench.b.connection.setTrack('audio', null),
        bench.b.connection.setTrack('video', null),
      ]);
      await bench.pass(3000);
      check('nothing of c is counted as of b', !(await grows(bench.b.person, 3000)));
      check('c is still counted', await grows(third.person, 10_000));
      check('as is everybody together', await grows(null, 10_000));
    },
  },
  {
    title: 'gives two sessions of one page one place: neither throws the other out, the safer state is sent',
    needs: 'people',
    async run(bench, check) {
      const { a, b } = await connected(bench, check);
      const again = bench.people?.again();
      if (again === undefined) return;
      const second = watch(again);
      const isThere = () => second.links.at(-1) === 'connected' && seesBoth(second);
      check('the second is told at once how it stands', await bench.until(isThere, TELLS_WITHIN_MS));
      await bench.pass(2000);
      check('the first was not thrown out', a.links.at(-1) === 'connected' && !a.links.includes('failed'));
      check('b is heard by both', await hears(bench, bench.b, second, 'from b'));
      check('also by the first', a.messages.includes('from b'));
      check('the second is heard by b', await hears(bench, again, b, 'from the second'));
      check('b still sees both', await bench.until(() => seesBoth(b), TELLS_WITHIN_MS));
      await again.connection.setTrack('video', null);
      check('off in one is off', await bench.until(() => !sees(b, 'video'), TELLS_WITHIN_MS));
      await bench.a.connection.close();
      const [camera] = again.localTracks.filter(({ kind }) => kind === 'video');
      await again.connection.setTrack('video', camera ?? null);
      check('what the other gives is sent', await bench.until(() => seesBoth(b), TELLS_WITHIN_MS));
      check('the second goes on', await hears(bench, bench.b, second, 'to the second'));
      check('the first hears nothing any more', !a.messages.includes('to the second'));
      await again.connection.close();
      check('local tracks are still live', [...bench.a.localTracks, ...again.localTracks].every(isLive));
      const isGone = () => !sees(b, 'audio') && !sees(b, 'video');
      check('with the last of them the place is left', await bench.until(isGone, TELLS_WITHIN_MS));
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
