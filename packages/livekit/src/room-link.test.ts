import { FakeClock } from '@holdfast/session/testing';
import { ConnectionState, RoomEvent, type Room } from 'livekit-client';
import { describe, expect, test } from 'vitest';
import { RoomLink } from './room-link.js';

type Handler = (...parts: unknown[]) => void;

/** A room as far as the link looks at it, moved by the test. */
class TestRoom {
  readonly #handlers = new Map<string, Handler>();
  #publication: object | undefined;
  readonly published: string[] = [];
  readonly connects: string[] = [];
  state = ConnectionState.Disconnected;
  peer: RTCPeerConnectionState = 'new';
  isAbandoned = false;
  remoteParticipants = new Map();
  readonly engine = {
    pcManager: { publisher: { getConnectionState: () => this.peer, getStats: async () => new Map() } },
  };
  readonly localParticipant = {
    getTrackPublication: () => this.#publication,
    publishTrack: async (track: { kind: string }) => {
      this.published.push(track.kind);
      this.#publication = { track: { mediaStreamTrack: track }, unmute: async () => undefined };
    },
    publishData: async () => undefined,
  };

  on(event: string, handler: Handler): this {
    this.#handlers.set(event, handler);
    return this;
  }

  removeAllListeners(): void {
    this.#handlers.clear();
  }

  async connect(_url: string, token: string): Promise<void> {
    this.connects.push(token);
    this.state = ConnectionState.Connecting;
  }

  async disconnect(stopTracks: boolean): Promise<void> {
    this.isAbandoned = !stopTracks;
  }

  tell(event: string, ...parts: unknown[]): void {
    this.#handlers.get(event)?.(...parts);
  }

  becomes(state: ConnectionState, peer: RTCPeerConnectionState): void {
    this.state = state;
    this.peer = peer;
  }

  enter(): void {
    this.becomes(ConnectionState.Connected, 'connected');
    this.tell(RoomEvent.Connected);
  }
}

const grant = { transport: 'livekit', room: 'r1', url: 'ws://host.example', token: 'first' } as const;
const camera = { kind: 'video' } as MediaStreamTrack;

function aLink() {
  const clock = new FakeClock();
  const rooms: TestRoom[] = [];
  const link = new RoomLink(
    { grant, clock, tracks: [camera], signal: { send: () => undefined, onSignal: () => () => undefined } },
    () => {
      const room = new TestRoom();
      rooms.push(room);
      return room as unknown as Room;
    },
  );
  const states: string[] = [];
  let asked = 0;
  link.on('link', (state) => states.push(state));
  link.on('expired', () => void (asked += 1));
  return { clock, link, rooms, states, asked: () => asked, last: () => rooms.at(-1)! };
}

describe('a room that is healthy', () => {
  test('publishes the tracks of the session', async () => {
    const { clock, last, states } = aLink();
    last().enter();
    await clock.advance(10);
    expect([states, last().published]).toEqual([['connected'], ['video']]);
  });

  test('hears of the tracks once, as soon as it has let us in and before the path for them stands', async () => {
    const { clock, last, states } = aLink();
    last().becomes(ConnectionState.Connecting, 'new');
    last().tell(RoomEvent.SignalConnected);
    await clock.advance(10);
    expect([states, last().published]).toEqual([[], ['video']]);
    last().enter();
    await clock.advance(10);
    expect([states, last().published]).toEqual([['connected'], ['video']]);
  });

  test('is left alone by hints and by fresh grants', async () => {
    const { clock, link, rooms, last } = aLink();
    last().enter();
    link.hint();
    await link.renew({ ...grant, token: 'second' });
    await clock.advance(20_000);
    expect(rooms).toHaveLength(1);
  });
});

test('a room that has only just begun to connect is not begun anew by another grant, a stuck one is', async () => {
  const { clock, link, rooms } = aLink();
  await clock.advance(500);
  await link.renew({ ...grant, token: 'second' });
  expect(rooms).toHaveLength(1);
  await clock.advance(2000);
  await link.renew({ ...grant, token: 'third' });
  expect(rooms.map(({ connects }) => connects)).toEqual([['first'], ['third']]);
});

describe('an outage', () => {
  test('says interrupted as soon as ICE does, 10 s before LiveKit', async () => {
    const { clock, last, states } = aLink();
    last().enter();
    last().peer = 'disconnected';
    await clock.advance(1000);
    last().peer = 'connected';
    await clock.advance(1000);
    expect(states).toEqual(['connected', 'interrupted', 'connected']);
  });

  test('[E12] that is young heals by itself: no new room within 15 s of it and 3 s of the hint', async () => {
    const { clock, link, rooms, last } = aLink();
    last().enter();
    await clock.advance(5000);
    last().peer = 'disconnected';
    await clock.advance(8000);
    link.hint();
    await clock.advance(1000);
    last().peer = 'connected';
    await clock.advance(20_000);
    expect(rooms).toHaveLength(1);
  });

  test('in which LiveKit is stuck ends with a new room at the moment of the hint; the old one is not heard any more', async () => {
    const { clock, link, rooms, states, last } = aLink();
    last().enter();
    await clock.advance(5000);
    last().becomes(ConnectionState.Reconnecting, 'failed');
    last().tell(RoomEvent.Reconnecting);
    await clock.advance(25_000);
    expect(rooms).toHaveLength(1);
    link.hint();
    expect(rooms).toHaveLength(2);
    expect(rooms.at(0)!.isAbandoned).toBe(true);
    rooms.at(0)!.tell(RoomEvent.Connected);
    expect(states).toEqual(['connected', 'interrupted']);
    last().enter();
    await clock.advance(10);
    expect([states.at(-1), last().published]).toEqual(['connected', ['video']]);
  });

  test('of the signal alone is left to LiveKit: the picture lives', async () => {
    const { clock, link, rooms, last } = aLink();
    last().enter();
    await clock.advance(5000);
    last().becomes(ConnectionState.SignalReconnecting, 'connected');
    link.hint();
    await clock.advance(10_000);
    expect(rooms).toHaveLength(1);
  });

  test('hints in a row make one new room, not many', async () => {
    const { clock, link, rooms, last } = aLink();
    last().enter();
    await clock.advance(5000);
    last().becomes(ConnectionState.Reconnecting, 'failed');
    for (let hints = 0; hints < 20; hints += 1) link.hint();
    await clock.advance(2000);
    expect(rooms).toHaveLength(2);
  });
});

describe('a room that is over', () => {
  test('asks for a fresh grant and goes on with it at once', async () => {
    const { link, rooms, last, asked, states } = aLink();
    last().enter();
    last().becomes(ConnectionState.Disconnected, 'closed');
    last().tell(RoomEvent.Disconnected);
    expect([asked(), states.at(-1)]).toEqual([1, 'failed']);
    await link.renew({ ...grant, token: 'second' });
    expect(rooms.map(({ connects }) => connects)).toEqual([['first'], ['second']]);
  });

  test('[H08] goes on with the old grant when the session server gives none', async () => {
    const { clock, rooms, last } = aLink();
    last().enter();
    last().becomes(ConnectionState.Disconnected, 'closed');
    last().tell(RoomEvent.Disconnected);
    await clock.advance(3000);
    expect(rooms.map(({ connects }) => connects)).toEqual([['first'], ['first']]);
  });

  test('closed by us stays closed', async () => {
    const { clock, link, rooms, last, states } = aLink();
    last().enter();
    await link.close();
    last().tell(RoomEvent.Disconnected);
    link.hint();
    await clock.advance(60_000);
    expect([rooms.length, states.at(-1), rooms.at(0)!.isAbandoned]).toEqual([1, 'closed', true]);
  });
});

test('a grant of another transport is refused with a code', () => {
  const signal = { send: () => undefined, onSignal: () => () => undefined };
  const wrong = {
    grant: { transport: 'fake', room: 'r1' } as const,
    clock: new FakeClock(),
    tracks: [],
    signal,
  };
  expect(() => new RoomLink(wrong, () => new TestRoom() as unknown as Room)).toThrow(
    expect.objectContaining({ code: 'wrong-grant' }),
  );
});
