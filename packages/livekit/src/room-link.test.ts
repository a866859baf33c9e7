import { FakeClock } from '@holdfast/session/testing';
import type { VideoConnectOptions } from '@holdfast/session';
import { ConnectionState, DisconnectReason, RoomEvent, VideoQuality, type Room } from 'livekit-client';
import { describe, expect, test } from 'vitest';
import { RoomLink } from './room-link.js';
import { TestRoom } from './testing/test-room.js';

const grant = { transport: 'livekit', room: 'r1', url: 'ws://host.example', token: 'first' } as const;
const camera = { kind: 'video' } as MediaStreamTrack;
const microphone = { kind: 'audio' } as MediaStreamTrack;

function aLink(more: Pick<VideoConnectOptions, 'link'> = {}) {
  const clock = new FakeClock();
  const rooms: TestRoom[] = [];
  const link = new RoomLink(
    {
      grant,
      clock,
      tracks: [camera],
      signal: { send: () => undefined, onSignal: () => () => undefined },
      ...more,
    },
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

/** Somebody who sends a picture. */
function sends(controls: object) {
  const publication = { kind: 'video', track: undefined, ...controls };
  const publications = new Map([['v', publication]]);
  return { trackPublications: publications, videoTrackPublications: publications };
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
    last().letIn();
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

  describe('[P8] whose end LiveKit tells, while messages', () => {
    const beat = ({ last }: ReturnType<typeof aLink>) =>
      last().tell(RoomEvent.DataReceived, new Uint8Array([1]), { identity: 'c1' }, 1, 'hf.hb', 0, 'c1');
    const away = async ({ last, clock }: ReturnType<typeof aLink>) => {
      last().peer = 'disconnected';
      await clock.advance(8000);
      last().peer = 'connected';
      await clock.advance(1000);
    };

    test('stay away for 2 s more, gets a new room, once', async () => {
      const call = aLink();
      call.last().enter();
      beat(call);
      await away(call);
      await call.clock.advance(1000);
      expect(call.rooms).toHaveLength(1);
      await call.clock.advance(1000);
      expect([call.rooms.length, call.rooms.at(0)!.isAbandoned]).toEqual([2, true]);
      call.last().enter();
      await away(call);
      await call.clock.advance(60_000);
      expect(call.rooms).toHaveLength(2);
    });

    test('come through again, or never came, keeps its room', async () => {
      const [heard, unheard] = [aLink(), aLink()];
      for (const call of [heard, unheard]) call.last().enter();
      beat(heard);
      for (const call of [heard, unheard]) await away(call);
      await heard.clock.advance(1000);
      beat(heard);
      for (const call of [heard, unheard]) await call.clock.advance(60_000);
      expect([heard.rooms.length, unheard.rooms.length]).toEqual([1, 1]);
    });
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
    last().end();
    expect([asked(), states.at(-1)]).toEqual([1, 'failed']);
    await link.renew({ ...grant, token: 'second' });
    expect(rooms.map(({ connects }) => connects)).toEqual([['first'], ['second']]);
  });

  test('[H08] goes on with the old grant when the session server gives none', async () => {
    const { clock, rooms, last } = aLink();
    last().enter();
    last().end();
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

// livekit-client holds on to a track that comes too late, and stops it 15 s later: it is the session's own.
describe('[H11] a track that comes while the room', () => {
  test('is over goes to the next room only', async () => {
    const { clock, link, rooms, last } = aLink();
    last().enter();
    await clock.advance(10);
    last().end();
    await link.setTrack('audio', microphone);
    await clock.advance(3000);
    last().enter();
    await clock.advance(10);
    expect(rooms.map(({ published }) => published)).toEqual([['video'], ['audio', 'video']]);
  });

  test('has let us in and found no path goes to the next room only', async () => {
    const { clock, link, rooms, last } = aLink();
    last().letIn();
    await clock.advance(10);
    last().failToConnect();
    await clock.advance(10);
    await link.setTrack('audio', microphone);
    await clock.advance(500);
    last().letIn();
    await clock.advance(10);
    expect(rooms.map(({ published }) => published)).toEqual([['video'], ['audio', 'video']]);
  });

  test.each([
    { what: 'has lost its server', isDisconnected: true, state: ConnectionState.Connected },
    { what: 'makes its own anew', isDisconnected: false, state: ConnectionState.Reconnecting },
  ])('$what is published once, when the room is back', async ({ isDisconnected, state }) => {
    const { clock, link, last } = aLink();
    last().enter();
    await clock.advance(10);
    last().engine.client.isDisconnected = isDisconnected;
    last().becomes(state, 'connected');
    await link.setTrack('audio', microphone);
    expect(last().published).toEqual(['video']);
    last().engine.client.isDisconnected = false;
    last().becomes(ConnectionState.Connected, 'connected');
    last().tell(RoomEvent.Reconnected);
    await clock.advance(10);
    expect(last().published).toEqual(['video', 'audio']);
  });

  test('comes back is published when LiveKit forgets to say that it is back', async () => {
    const { clock, link, last } = aLink();
    last().enter();
    await clock.advance(10);
    last().becomes(ConnectionState.Reconnecting, 'connected');
    last().tell(RoomEvent.Reconnecting);
    await link.setTrack('audio', microphone);
    last().becomes(ConnectionState.Connected, 'connected');
    await clock.advance(1000);
    expect(last().published).toEqual(['video', 'audio']);
  });
});

describe('a place that went to another connection of the same person', () => {
  const enterAndLose = async ({ clock, last }: ReturnType<typeof aLink>, heldMs = 1000) => {
    last().enter();
    await clock.advance(heldMs);
    last().end(DisconnectReason.DUPLICATE_IDENTITY);
  };

  test('is taken back once with the old grant: it may have been our own ghost', async () => {
    const call = aLink();
    await enterAndLose(call);
    await call.clock.advance(3000);
    expect(call.rooms).toHaveLength(2);
  });

  test('[H01] is not fought over with the old grant: asked for again and again, entered with a fresh one', async () => {
    const call = aLink();
    await enterAndLose(call);
    await call.clock.advance(3000);
    await enterAndLose(call);
    const askedBefore = call.asked();
    call.link.hint();
    await call.clock.advance(60_000);
    call.link.hint();
    expect(call.rooms).toHaveLength(2);
    expect(call.asked() - askedBefore).toBeGreaterThan(10);
    await call.link.renew({ ...grant, token: 'second' });
    expect(call.last().connects).toEqual(['second']);
  });

  test('[H01] is not fought over by a room that was thrown out before its path stood', async () => {
    const call = aLink();
    await enterAndLose(call);
    await call.clock.advance(3000);
    call.last().letIn();
    call.last().end(DisconnectReason.DUPLICATE_IDENTITY);
    call.last().failToConnect();
    await call.clock.advance(60_000);
    expect(call.rooms).toHaveLength(2);
  });

  test('[H08] is taken back by the old grant again when it was held for a minute since, or renewed', async () => {
    const held = aLink();
    await enterAndLose(held);
    await held.clock.advance(3000);
    await enterAndLose(held, 61_000);
    await held.clock.advance(3000);
    expect(held.rooms).toHaveLength(3);
    const renewed = aLink();
    await enterAndLose(renewed);
    await renewed.link.renew({ ...grant, token: 'second' });
    await enterAndLose(renewed);
    await renewed.clock.advance(3000);
    expect(renewed.rooms.map(({ connects }) => connects)).toEqual([['first'], ['second'], ['second']]);
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

describe('a picture that is not wanted', () => {
  test('[W2][A06] is not sent to this page, nor is one that comes later or in the next room; wanted again, it is', () => {
    const { link, last } = aLink();
    const said: boolean[] = [];
    last().remoteParticipants.set('b', sends({ setEnabled: (is: boolean) => said.push(is) }));
    last().enter();
    expect(said).toEqual([]);
    link.receivePictures(false);
    last().tell(RoomEvent.TrackSubscribed);
    expect(said).toEqual([false, false]);
    link.receivePictures(true);
    last().tell(RoomEvent.TrackSubscribed);
    expect(said).toEqual([false, false, true]);
  });

  test.for([
    ['bad', [VideoQuality.LOW]],
    ['weak', []],
    ['unknown', []],
  ] as const)('[D02] is the smallest on a bad link: %s', ([known, asked]) => {
    const { last } = aLink({ link: known });
    const said: VideoQuality[] = [];
    const other = { setEnabled: () => undefined, setVideoQuality: (is: VideoQuality) => said.push(is) };
    last().remoteParticipants.set('b', sends(other));
    last().enter();
    last().tell(RoomEvent.TrackSubscribed);
    expect(said).toEqual(asked);
  });
});

test('[P16] [H01] a message is sent to one, and told with who sent it, also before they are there by name', async () => {
  const { link, last } = aLink();
  const told: unknown[] = [];
  link.on('message', (data, from) => told.push([data[0], from]));
  last().enter();
  link.send(new Uint8Array([1]), 'c1');
  link.send(new Uint8Array([2]));
  expect(last().sent).toEqual([['c1'], 'all']);
  const tell = (byte: number, participant: unknown, topic: string, identity: string) =>
    last().tell(RoomEvent.DataReceived, new Uint8Array([byte]), participant, 1, topic, 0, identity);
  tell(1, { identity: 'c1' }, 'hf.hb', 'c1');
  tell(2, undefined, 'hf.hb', 'c2');
  tell(3, undefined, 'hf.hb', '');
  tell(4, { identity: 'c1' }, 'chat', 'c1');
  expect(told).toEqual([
    [1, 'c1'],
    [2, 'c2'],
  ]);
});
