import type { MediaGrant } from '@holdfast/protocol';
import type { SignalChannel } from '@holdfast/session';
import { FakeClock } from '@holdfast/session/testing';
import { describe, expect, test } from 'vitest';
import { PeerLink } from './peer-link.js';

interface TestChannel {
  readyState: string;
  bufferedAmount: number;
  binaryType: string;
  onmessage: ((event: { data: unknown }) => void) | null;
  readonly sent: Uint8Array[];
  send(data: Uint8Array): void;
}

/** A peer connection as far as the link looks at it, moved by the test. */
class TestPeer {
  readonly configuration: RTCConfiguration;
  readonly said: string[] = [];
  readonly channel: TestChannel;
  readonly transceivers: {
    direction: string;
    sender: { track: unknown; replaceTrack: (track: unknown) => Promise<void> };
    receiver: { track: { kind: string } };
  }[] = [];
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: { type: string; sdp: string } | null = null;
  remoteDescription: { type: string; sdp: string } | null = null;
  onconnectionstatechange: (() => void) | null = null;
  onicecandidate: ((event: unknown) => void) | null = null;
  ontrack: ((event: unknown) => void) | null = null;
  isClosed = false;

  constructor(configuration: RTCConfiguration) {
    this.configuration = configuration;
    const sent: Uint8Array[] = [];
    this.channel = {
      readyState: 'open',
      bufferedAmount: 0,
      binaryType: '',
      onmessage: null,
      sent,
      send: (data) => void sent.push(data),
    };
  }

  createDataChannel = () => this.channel;
  getTransceivers = () => this.transceivers;
  addTransceiver = (what: unknown) => {
    const kind = typeof what === 'string' ? what : (what as { kind: string }).kind;
    const sender = {
      track: typeof what === 'string' ? null : what,
      replaceTrack: async (track: unknown) => void (sender.track = track),
    };
    this.transceivers.push({ direction: 'sendrecv', sender, receiver: { track: { kind } } });
  };
  setLocalDescription = async () => {
    const type = this.remoteDescription?.type === 'offer' ? 'answer' : 'offer';
    this.localDescription = { type, sdp: `${type} ${this.said.length}` };
    this.said.push(type);
  };
  setRemoteDescription = async (description: { type: string; sdp: string }) => {
    this.remoteDescription = description;
    if (description.type === 'offer' && this.transceivers.length === 0)
      for (const kind of ['audio', 'video']) this.addTransceiver(kind);
  };
  addIceCandidate = async () => undefined;
  restartIce = () => void this.said.push('restart');
  setConfiguration = () => undefined;
  getStats = async () => new Map();
  close = () => void (this.isClosed = true);

  becomes(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

const grantOf = (own: 'a' | 'b', more: Partial<MediaGrant> = {}): MediaGrant =>
  ({
    transport: 'webrtc',
    room: 'r1',
    peer: own === 'a' ? 'b' : 'a',
    isPolite: own === 'a',
    iceServers: [],
    relayOnly: false,
    ...more,
  }) as MediaGrant;

/** Two links whose signals cross after 10 ms; `a` is polite, so `b` makes the offers. */
function aPair() {
  const clock = new FakeClock();
  const receivers: Record<string, Set<(from: string, data: unknown) => void>> = {
    a: new Set(),
    b: new Set(),
  };
  const signals: { from: string; kind: string }[] = [];
  const way = { isCut: false };
  const signalOf = (own: string): SignalChannel => ({
    send(to, data) {
      if (way.isCut) return;
      signals.push({ from: own, kind: (data as { kind: string }).kind });
      clock.after(10, () => receivers[to]?.forEach((receive) => receive(own, data)));
    },
    onSignal(receive) {
      receivers[own]?.add(receive);
      return () => receivers[own]?.delete(receive);
    },
  });
  const peers: Record<'a' | 'b', TestPeer[]> = { a: [], b: [] };
  const start = (own: 'a' | 'b', tracks: MediaStreamTrack[] = []) =>
    new PeerLink({ grant: grantOf(own), clock, tracks, signal: signalOf(own) }, (configuration) => {
      const peer = new TestPeer(configuration);
      peers[own].push(peer);
      return peer as unknown as RTCPeerConnection;
    });
  return { clock, peers, signals, start, way };
}

async function aCall() {
  const pair = aPair();
  const [a, b] = [pair.start('a'), pair.start('b')];
  await pair.clock.advance(200);
  for (const peer of [pair.peers.a.at(0)!, pair.peers.b.at(0)!]) peer.becomes('connected');
  return { ...pair, a, b, offering: pair.peers.b.at(0)!, answering: pair.peers.a.at(0)! };
}

describe('meeting', () => {
  test('one side makes the offer, whoever comes first, and offers never cross', async () => {
    const { clock, peers, signals, start } = aPair();
    start('b');
    await clock.advance(5000);
    start('a');
    await clock.advance(200);
    expect([peers.b.length, peers.a.length]).toEqual([1, 1]);
    expect(signals.filter(({ kind }) => kind === 'description').map(({ from }) => from)).toEqual(['b', 'a']);
  });

  test('[H13] knows no other device, tells nobody anything', async () => {
    const { clock, signals, start } = aPair();
    const link = start('a');
    signals.length = 0;
    await link.renew(grantOf('a', { peer: null }));
    await clock.advance(10_000);
    expect(signals).toEqual([]);
  });

  test('[E01] relay only: no address of a home is even looked for', async () => {
    const { peers, start, clock } = aPair();
    const a = start('a');
    await a.renew(grantOf('a', { relayOnly: true }));
    start('b');
    await clock.advance(200);
    expect(peers.a.at(0)!.configuration.iceTransportPolicy).toBe('relay');
  });

  test('an offer that got lost is made again', async () => {
    const { clock, peers, start, way } = aPair();
    start('b');
    start('a');
    await clock.advance(15);
    way.isCut = true;
    await clock.advance(4000);
    way.isCut = false;
    await clock.advance(6000);
    expect(peers.b.at(0)!.remoteDescription?.type).toBe('answer');
  });

  test('a page that was reloaded is met anew by the other side', async () => {
    const { a, clock, peers, start, answering } = await aCall();
    await a.close();
    start('a');
    await clock.advance(200);
    expect([answering.isClosed, peers.b.length, peers.b.at(0)!.isClosed]).toEqual([true, 2, true]);
    expect(peers.b.at(1)!.remoteDescription?.type).toBe('answer');
  });

  test('what a stranger says, or what is no signal, is not read', async () => {
    const said: unknown[] = [];
    let receive: (from: string, data: unknown) => void = () => undefined;
    const signal: SignalChannel = {
      send: (_to, data) => void said.push(data),
      onSignal: (listener) => {
        receive = listener;
        return () => undefined;
      },
    };
    const clock = new FakeClock();
    const makeNone = () => {
      throw new Error('no peer connection is wanted here');
    };
    const link = new PeerLink({ grant: grantOf('b'), clock, tracks: [], signal }, makeNone);
    said.length = 0;
    const hello = { kind: 'hello', page: 'x1', to: null, sending: { audio: true, video: true } };
    receive('stranger', hello);
    receive('a', { ...hello, page: '<script>' });
    receive('a', { ...hello, to: 'another-page' });
    await clock.advance(100);
    expect(said).toEqual([]);
    await link.close();
  });
});

describe('an outage', () => {
  test('[E12] is left alone for 15 s, hint or not', async () => {
    const { b, clock, offering } = await aCall();
    offering.becomes('disconnected');
    await clock.advance(8000);
    b.hint();
    await clock.advance(2000);
    expect(offering.said).toEqual(['offer']);
  });

  test('that has failed gets a fresh path at once, and again every 5 s while there is none', async () => {
    const { clock, offering, answering } = await aCall();
    await clock.advance(5000);
    offering.becomes('disconnected');
    answering.becomes('disconnected');
    await clock.advance(10_000);
    offering.becomes('failed');
    await clock.advance(100);
    expect(offering.said).toEqual(['offer', 'restart', 'offer']);
    await clock.advance(11_000);
    expect(offering.said.filter((word) => word === 'restart').length).toBe(3);
  });

  test('the answering side asks the offering side for it', async () => {
    const { a, clock, offering, answering, signals } = await aCall();
    await clock.advance(5000);
    answering.becomes('failed');
    await clock.advance(100);
    expect(signals.some(({ from, kind }) => from === 'a' && kind === 'restart')).toBe(true);
    expect(offering.said).toEqual(['offer', 'restart', 'offer']);
    await clock.advance(2000);
    a.hint();
    await clock.advance(100);
    expect(offering.said.filter((word) => word === 'restart').length).toBe(2);
  });
});

describe('messages', () => {
  test('go over the channel and are dropped when a dead path has a queue', async () => {
    const { b, offering } = await aCall();
    b.send(new Uint8Array([1]));
    offering.channel.bufferedAmount = 10_000;
    b.send(new Uint8Array([2]));
    offering.channel.readyState = 'closed';
    b.send(new Uint8Array([3]));
    expect(offering.channel.sent).toEqual([new Uint8Array([1])]);
  });
});

test('[H18] the only error names the transport and nothing else', () => {
  const signal = { send: () => undefined, onSignal: () => () => undefined };
  const wrong = {
    grant: { transport: 'livekit', room: 'r1', url: 'ws://secret.example', token: 'secret' } as const,
    clock: new FakeClock(),
    tracks: [],
    signal,
  };
  expect(() => new PeerLink(wrong, () => new TestPeer({}) as unknown as RTCPeerConnection)).toThrow(
    '[wrong-grant] a grant for livekit',
  );
});

test('[H12] a link that is closed while signals wait makes no connection any more', async () => {
  let receive: (from: string, data: unknown) => void = () => undefined;
  const signal: SignalChannel = {
    send: () => undefined,
    onSignal: (listener) => {
      receive = listener;
      return () => undefined;
    },
  };
  const peers: TestPeer[] = [];
  const link = new PeerLink(
    { grant: grantOf('b'), clock: new FakeClock(), tracks: [], signal },
    (configuration) => {
      peers.push(new TestPeer(configuration));
      return peers.at(-1) as unknown as RTCPeerConnection;
    },
  );
  receive('a', { kind: 'hello', page: 'x1', to: null, sending: { audio: true, video: true } });
  await link.close();
  await new Promise<void>((resolve) => setTimeout(resolve));
  expect(peers).toEqual([]);
});

describe('a picture that is not wanted', () => {
  const camera = { kind: 'video', id: 'v1' } as MediaStreamTrack;
  const pictureOf = (peer: TestPeer) =>
    peer.transceivers.find(({ receiver }) => receiver.track.kind === 'video')?.sender.track;

  test('[W2][A06] is not sent, also not to the next page of the same device, and comes again when it is wanted', async () => {
    const pair = aPair();
    const [a, b] = [pair.start('a'), pair.start('b', [camera])];
    await pair.clock.advance(200);
    const sending = pair.peers.b.at(0)!;
    expect(pictureOf(sending)).toBe(camera);
    a.receivePictures(false);
    await pair.clock.advance(100);
    expect(pictureOf(sending)).toBeNull();
    // A camera that is turned on meanwhile waits as well.
    await b.setTrack('video', camera);
    expect(pictureOf(sending)).toBeNull();
    a.receivePictures(true);
    await pair.clock.advance(100);
    expect(pictureOf(sending)).toBe(camera);
    a.receivePictures(false);
    await b.close();
    pair.start('b', [camera]);
    await pair.clock.advance(500);
    expect(pictureOf(pair.peers.b.at(-1)!)).toBeNull();
  });

  test('[A06] is shown as muted on the page that does not want it', async () => {
    const pair = aPair();
    const [a] = [pair.start('a'), pair.start('b', [camera])];
    await pair.clock.advance(200);
    const shown: boolean[] = [];
    a.on('tracks', (tracks) => shown.push(...tracks.map(({ isMuted }) => isMuted)));
    pair.peers.a.at(0)!.ontrack?.({ track: camera });
    a.receivePictures(false);
    expect(shown).toEqual([false, true]);
  });
});
