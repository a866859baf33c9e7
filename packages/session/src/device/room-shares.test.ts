import type { Id, MediaGrant } from '@holdfast/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RemoteTrack, VideoConnection, VideoConnectionEvents, VideoConnectOptions } from '../ports.js';
import { FakeClock } from '../testing/fake-clock.js';
import { aTrack } from '../testing/a-track.js';
import { Listeners } from './listeners.js';
import { RoomShares } from './room-shares.js';

type Kind = 'audio' | 'video';

/** A connection as far as those who share it look at it, moved by the test. */
class ScriptedConnection implements VideoConnection {
  readonly listeners = new Listeners<VideoConnectionEvents>();
  readonly sent: Record<Kind, MediaStreamTrack | null> = { audio: null, video: null };
  readonly messages: string[] = [];
  readonly hints: string[] = [];
  readonly renewed: MediaGrant[] = [];
  room: string;
  wantsPictures = true;
  isClosed = false;

  constructor({ grant, tracks }: VideoConnectOptions) {
    this.room = grant.room;
    for (const track of tracks) this.sent[track.kind as Kind] = track;
  }

  on<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    this.listeners.add(event, listener);
  }

  off<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    this.listeners.remove(event, listener);
  }

  send(data: Uint8Array, to?: Id): void {
    this.messages.push(`${String(data)} to ${to ?? 'all'}`);
  }

  async setTrack(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    this.sent[kind] = track;
  }

  receivePictures(isWanted: boolean): void {
    this.wantsPictures = isWanted;
  }

  async counters(of?: Id) {
    const receivedPackets = of === undefined ? 0 : of.length;
    return { receivedPackets, soundPackets: 0, lostSoundPackets: 0, pictureFrames: 0, linkAnswers: 0 };
  }

  hint(what: string): void {
    this.hints.push(what);
  }

  async renew(grant: MediaGrant): Promise<void> {
    this.renewed.push(grant);
    this.room = grant.room;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.listeners.tell('link', 'closed');
  }
}

const room = (name: string): MediaGrant => ({ transport: 'fake', room: name });
const turn = () => new Promise<void>((resolve) => queueMicrotask(resolve));

function aPage() {
  const clock = new FakeClock();
  const made: ScriptedConnection[] = [];
  const shares = new RoomShares({
    placeOf: (grant) => grant.room,
    connect: (options) => {
      made.push(new ScriptedConnection(options));
      return made.at(-1)!;
    },
  });
  const join = (tracks: readonly MediaStreamTrack[] = [], name = 'r1') => {
    const signal = { send: () => undefined, onSignal: () => () => undefined };
    const connection = shares.connect({ grant: room(name), signal, clock, tracks });
    const heard: string[] = [];
    connection.on('link', (state) => heard.push(`link ${state}`));
    connection.on('tracks', (tracksNow) =>
      heard.push(`tracks ${tracksNow.map(({ id, isMuted }) => `${id}${isMuted ? ' muted' : ''}`).join()}`),
    );
    connection.on('message', (data, from) => heard.push(`${String(data)} from ${from}`));
    connection.on('expired', () => heard.push('expired'));
    connection.on('heldBack', (kinds) => heard.push(`held back ${kinds.join()}`));
    return { connection, heard };
  };
  return { made, join, only: () => made.at(0)! };
}

const remote: readonly RemoteTrack[] = (['audio', 'video'] as const).map((kind) => ({
  id: kind,
  kind,
  track: aTrack(kind, kind),
  isMuted: false,
  from: 'b',
}));

describe('sessions of one page in one place', () => {
  test('[P17] share one connection, and each hears all that it says', async () => {
    const page = aPage();
    const [first, second] = [page.join(), page.join()];
    const { listeners } = page.only();
    listeners.tell('link', 'connected');
    listeners.tell('tracks', remote);
    listeners.tell('message', new Uint8Array([7]), 'b');
    listeners.tell('expired');
    await turn();
    const all = ['link connected', 'tracks audio,video', '7 from b', 'expired'];
    expect([page.made.length, first.heard, second.heard]).toEqual([1, all, all]);
    second.connection.send(new Uint8Array([1]), 'b');
    second.connection.hint('networkIsBack');
    expect([page.only().messages, page.only().hints]).toEqual([['1 to b'], ['networkIsBack']]);
    expect((await first.connection.counters('bob')).receivedPackets).toBe(3);
  });

  test('[P17] one that comes later is told at once how it stands, and brings the newest grant', async () => {
    const page = aPage();
    page.join([aTrack('audio', 'a1')]);
    page.only().listeners.tell('link', 'interrupted');
    page.only().listeners.tell('tracks', remote);
    const later = page.join([aTrack('video', 'v2')]);
    expect(later.heard).toEqual([]);
    await turn();
    expect(later.heard).toEqual(['link interrupted', 'tracks audio,video', 'held back video']);
    expect(page.only().renewed).toEqual([room('r1')]);
    await later.connection.renew(room('r1'));
    expect(page.only().renewed).toHaveLength(2);
  });

  test('[P17] [A04] a microphone that is off in one is off in the room at once, and the other is told', async () => {
    const page = aPage();
    const [a1, a2] = [aTrack('audio', 'a1'), aTrack('audio', 'a2')];
    const first = page.join([a1]);
    const second = page.join();
    expect(page.only().sent.audio).toBeNull();
    await turn();
    expect([first.heard, second.heard]).toEqual([['held back audio'], []]);
    void second.connection.setTrack('audio', a2);
    expect([page.only().sent.audio, first.heard.at(-1)]).toEqual([a2, 'held back ']);
    void first.connection.setTrack('audio', null);
    expect([page.only().sent.audio, second.heard.at(-1)]).toEqual([null, 'held back audio']);
    await first.connection.close();
    expect([page.only().sent.audio, second.heard.at(-1)]).toEqual([a2, 'held back ']);
  });

  test('the camera that was given last is the one that is sent, while its session is there', async () => {
    const page = aPage();
    const [v1, v2, v3] = [aTrack('video', 'v1'), aTrack('video', 'v2'), aTrack('video', 'v3')];
    const [first, second] = [page.join([v1]), page.join([v2])];
    expect(page.only().sent.video).toBe(v2);
    await first.connection.setTrack('video', v3);
    expect(page.only().sent.video).toBe(v3);
    await first.connection.close();
    expect(page.only().sent.video).toBe(v2);
    await second.connection.close();
    expect(page.only().isClosed).toBe(true);
  });

  test('[A06] pictures come while one of them wants them, and are shown as muted to the one that does not', () => {
    const page = aPage();
    const [first, second] = [page.join(), page.join()];
    page.only().listeners.tell('tracks', remote);
    first.connection.receivePictures(false);
    expect([page.only().wantsPictures, first.heard.at(-1)]).toEqual([true, 'tracks audio,video muted']);
    second.connection.receivePictures(false);
    expect(page.only().wantsPictures).toBe(false);
    first.connection.receivePictures(true);
    expect([page.only().wantsPictures, first.heard.at(-1)]).toEqual([true, 'tracks audio,video']);
  });

  test('[H12] one that is closed says so once, gives nothing any more and leaves the connection to the others', async () => {
    const page = aPage();
    const [first, second] = [page.join(), page.join()];
    await first.connection.close();
    await first.connection.close();
    await first.connection.setTrack('audio', aTrack('audio', 'a'));
    await first.connection.renew(room('r2'));
    first.connection.send(new Uint8Array([1]));
    first.connection.receivePictures(false);
    page.only().listeners.tell('link', 'connected');
    await turn();
    expect(first.heard).toEqual(['link closed']);
    expect([page.only().isClosed, page.only().sent.audio, page.only().messages]).toEqual([false, null, []]);
    await second.connection.close();
    expect([page.only().isClosed, second.heard]).toEqual([true, ['link connected', 'link closed']]);
    page.join();
    expect(page.made).toHaveLength(2);
  });

  test('a listener that ends another session keeps it from hearing what is told at that moment', () => {
    const page = aPage();
    const [first, second] = [page.join(), page.join()];
    first.connection.on('expired', () => void second.connection.close());
    page.only().listeners.tell('expired');
    expect([first.heard, second.heard]).toEqual([['expired'], ['link closed']]);
  });

  test('one that is moved to another room in the middle hears nothing more of the one that it left', () => {
    const page = aPage();
    const [first, second] = [page.join(), page.join()];
    first.connection.on('message', () => void second.connection.renew(room('r2')));
    page.only().listeners.tell('message', new Uint8Array([7]), 'b');
    expect([first.heard, second.heard, page.made.length]).toEqual([['7 from b'], [], 2]);
  });
});

describe('a grant for another room', () => {
  test('takes the connection along where it is alone', async () => {
    const page = aPage();
    const { connection } = page.join();
    await connection.renew(room('r2'));
    expect([page.made.length, page.only().renewed]).toEqual([1, [room('r2')]]);
    page.join([], 'r2');
    expect(page.made).toHaveLength(1);
    page.join([], 'r1');
    expect(page.made).toHaveLength(2);
  });

  test('leaves the others where they are, and brings two together that get the same', async () => {
    const page = aPage();
    const [a1, a2] = [aTrack('audio', 'a1'), aTrack('audio', 'a2')];
    const [first, second] = [page.join([a1]), page.join([a2])];
    page.only().listeners.tell('link', 'connected');
    await second.connection.renew(room('r2'));
    const [stays, next] = page.made as [ScriptedConnection, ScriptedConnection];
    expect([stays.isClosed, stays.sent.audio, next.sent.audio]).toEqual([false, a1, a2]);
    expect(second.heard).toEqual(['link connected', 'link connecting']);
    await first.connection.renew(room('r2'));
    expect([page.made.length, stays.isClosed, next.isClosed]).toEqual([2, true, false]);
    next.listeners.tell('link', 'connected');
    expect([first.heard.at(-1), second.heard.at(-1)]).toEqual(['link connected', 'link connected']);
  });
});

type Move =
  | { readonly do: 'join' | 'close'; readonly who: number; readonly room: string }
  | { readonly do: 'renew'; readonly who: number; readonly room: string }
  | { readonly do: 'track'; readonly who: number; readonly kind: Kind; readonly isOn: boolean }
  | { readonly do: 'pictures'; readonly who: number; readonly isOn: boolean };

const who = fc.nat(2);
const names = fc.constantFrom('r1', 'r2');
const kinds = fc.constantFrom<Kind>('audio', 'video');
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constantFrom('join', 'close', 'renew'), who, room: names }),
    fc.record({ do: fc.constant('track'), who, kind: kinds, isOn: fc.boolean() }),
    fc.record({ do: fc.constant('pictures'), who, isOn: fc.boolean() }),
  ) as fc.Arbitrary<Move>,
  { maxLength: 40 },
);

interface Sharer {
  readonly connection: VideoConnection;
  readonly heard: string[];
  readonly given: Record<Kind, MediaStreamTrack | null>;
  room: string;
  wantsPictures: boolean;
}

/** Three sessions at most, and after each move what has to hold whatever came before. */
async function walk(all: readonly Move[]): Promise<void> {
  const page = aPage();
  const sharers = new Map<number, Sharer>();
  const closed: { heard: readonly string[]; length: number }[] = [];
  for (const [index, move] of all.entries()) {
    const sharer = sharers.get(move.who);
    if (move.do === 'join' && sharer === undefined) {
      const track = aTrack('audio', `a${index}`);
      const joined = page.join([track], move.room);
      sharers.set(move.who, {
        ...joined,
        given: { audio: track, video: null },
        room: move.room,
        wantsPictures: true,
      });
    }
    if (sharer !== undefined) await moveOne(sharer, move, index);
    if (move.do === 'close' && sharer !== undefined) {
      sharers.delete(move.who);
      closed.push({ heard: sharer.heard, length: sharer.heard.length });
    }
    holds(page.made, [...sharers.values()]);
    for (const connection of page.made) connection.listeners.tell('message', new Uint8Array([index]), 'b');
    expect(closed.every(({ heard, length }) => heard.length === length)).toBe(true);
    for (const { heard } of sharers.values())
      expect(heard.filter((said) => said === `${index} from b`)).toHaveLength(1);
  }
}

async function moveOne(sharer: Sharer, move: Move, index: number): Promise<void> {
  const { connection } = sharer;
  if (move.do === 'close') await connection.close();
  if (move.do === 'renew') {
    sharer.room = move.room;
    await connection.renew(room(move.room));
  }
  if (move.do === 'track') {
    sharer.given[move.kind] = move.isOn ? aTrack(move.kind, `${move.kind}${index}`) : null;
    await connection.setTrack(move.kind, sharer.given[move.kind]);
  }
  if (move.do === 'pictures') {
    sharer.wantsPictures = move.isOn;
    connection.receivePictures(move.isOn);
  }
}

function holds(made: readonly ScriptedConnection[], sharers: readonly Sharer[]): void {
  const open = made.filter(({ isClosed }) => !isClosed);
  const rooms = new Set(sharers.map((sharer) => sharer.room));
  // Closed exactly when none is left, and one for each room.
  expect(open.map((connection) => connection.room).toSorted()).toEqual([...rooms].toSorted());
  for (const { room: name, sent, wantsPictures } of open) {
    const there = sharers.filter((sharer) => sharer.room === name);
    for (const kind of ['audio', 'video'] as const) {
      const given = there.map((sharer) => sharer.given[kind]);
      if (given.includes(null)) expect(sent[kind]).toBeNull();
      else expect(given).toContain(sent[kind]);
    }
    expect(wantsPictures).toBe(there.some((sharer) => sharer.wantsPictures));
  }
}

test('[P17] [A04] in whatever order sessions come, mute, move and go: nothing is sent that one of them muted, nothing is heard by one that went', async () => {
  await fc.assert(fc.asyncProperty(moves, walk), { numRuns: 300 });
});
