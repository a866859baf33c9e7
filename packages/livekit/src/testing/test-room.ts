import { ConnectionState, RoomEvent, type DisconnectReason } from 'livekit-client';

type Handler = (...parts: unknown[]) => void;

/** A room as far as the link looks at it, moved by the test. */
export class TestRoom {
  readonly #handlers = new Map<string, Handler>();
  readonly #publications = new Map<string, object>();
  #hasLetIn = false;
  #reject: (error: Error) => void = () => undefined;
  readonly published: string[] = [];
  readonly sent: (string[] | 'all')[] = [];
  stats = new Map<string, object>();
  readonly connects: string[] = [];
  state = ConnectionState.Disconnected;
  peer: RTCPeerConnectionState = 'new';
  isAbandoned = false;
  remoteParticipants = new Map();
  readonly engine = {
    client: { isDisconnected: false },
    pcManager: { publisher: { getConnectionState: () => this.peer, getStats: async () => this.stats } },
  };
  readonly localParticipant = {
    getTrackPublication: (source: string) => this.#publications.get(source),
    publishTrack: async (track: { kind: string }, { source }: { source: string }) => {
      this.published.push(track.kind);
      this.#publications.set(source, { track: { mediaStreamTrack: track }, unmute: async () => undefined });
    },
    publishData: async (_data: Uint8Array, options: { destinationIdentities?: string[] }) =>
      void this.sent.push(options.destinationIdentities ?? 'all'),
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
    return new Promise((_, reject) => (this.#reject = reject));
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

  letIn(): void {
    this.#hasLetIn = true;
    this.becomes(ConnectionState.Connecting, 'new');
    this.tell(RoomEvent.SignalConnected);
  }

  /** Whoever is connected was let in before. */
  enter(): void {
    if (!this.#hasLetIn) this.letIn();
    this.becomes(ConnectionState.Connected, 'connected');
    this.tell(RoomEvent.Connected);
  }

  /** As livekit-client: its publications are gone, its way to the server too. */
  end(reason?: DisconnectReason): void {
    this.becomes(ConnectionState.Disconnected, 'closed');
    this.#publications.clear();
    this.engine.client.isDisconnected = true;
    this.tell(RoomEvent.Disconnected, reason);
  }

  /** The path did not come about: livekit-client makes its engine anew, and connecting fails. */
  failToConnect(): void {
    this.#publications.clear();
    this.#reject(new Error('no path'));
  }
}
