import { randomUUID } from 'node:crypto';
import {
  HEARTBEAT_EVERY_MS,
  RedeemAnswer,
  SERVER_PATHS,
  ServerMessage,
  WIRE_VERSION,
  type Command,
  type DeviceMessage,
  type Fact,
  type Id,
  type MediaEvidence,
  type Personal,
} from '@holdfast/protocol';
import { WebSocket } from 'ws';

/** Who joins, and how the device behaves. */
export interface TestDeviceOptions {
  /** Address of the session server, like `http://127.0.0.1:8080`. */
  readonly server: string;
  /** A join link of this person, or the credential of a device that joined before. */
  readonly link?: string;
  /** Of a device that joined before: it comes back without a link. */
  readonly credential?: string;
  /** Default: made at random. */
  readonly device?: Id;
  /** Heartbeats by itself, in milliseconds of real time; 0: only when `beat` is called. Default 500. */
  readonly beatEveryMs?: number;
  /** Default true: as a page that opens the session anew. */
  readonly takesMedia?: boolean;
  /** The session server's clock as this device estimates it. Default: this machine's. */
  readonly nowMs?: () => number;
  /** Where the routes are mounted. Default `/holdfast`. */
  readonly basePath?: string;
}

export type Settled = Extract<ServerMessage, { type: 'settled' }>;

/** A device without a screen: what a test says on a real socket, and everything that it is sent. */
export interface TestDevice {
  /** Its id. */
  readonly device: Id;
  /** For a `TestDevice` that comes back in its place. */
  readonly credential: string;
  /** Every message so far, heartbeats left out. */
  readonly received: readonly ServerMessage[];
  /** The newest projection, or null. */
  readonly projection: unknown;
  /** The socket is open. */
  readonly isOpen: boolean;
  /** Carried by the next heartbeats. */
  media: MediaEvidence;
  /** Sends a command or a fact and waits for its answer. */
  say(body: Command | Fact, more?: { personal?: Personal; id?: Id; saidAtMs?: number }): Promise<Settled>;
  /** Sends any message, without waiting. */
  send(message: DeviceMessage): void;
  /** Any text, to see what the server does with it. */
  sendRaw(text: string): void;
  /** One heartbeat; resolves with its echo. Until then nothing that was sent before it is still on its way. */
  beat(): Promise<void>;
  /** Waits for a message that is there or comes. Rejects after 10 s. */
  next<T extends ServerMessage['type']>(
    type: T,
    matches?: (message: Extract<ServerMessage, { type: T }>) => boolean,
  ): Promise<Extract<ServerMessage, { type: T }>>;
  /** Stops heartbeats and answers, as a device without a network does. The socket stays open. */
  fallSilent(): void;
  /** Closes the socket, as a page does. */
  close(): void;
}

const WAIT_MS = 10_000;

/** Redeems the link (if it has one), opens the line and waits for the welcome. */
export async function connectTestDevice(options: TestDeviceOptions): Promise<TestDevice> {
  const {
    server,
    basePath = SERVER_PATHS.base,
    takesMedia = true,
    beatEveryMs = HEARTBEAT_EVERY_MS,
    nowMs = Date.now,
  } = options;
  const device = options.device ?? `d-${randomUUID()}`;
  const credential =
    options.credential ?? (await redeem(server + basePath + SERVER_PATHS.redeem, options.link ?? '', device));
  const socket = new WebSocket(`${server.replace('http', 'ws')}${basePath}/socket`);
  const made = new SocketDevice(socket, device, credential, { beatEveryMs, nowMs });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  made.send({ type: 'hello', version: WIRE_VERSION, credential, device, resume: null, takesMedia });
  const answer = await Promise.race([made.next('welcome'), made.next('refused')]);
  if (answer.type === 'refused') throw new Error(`refused: ${answer.code}`);
  return made;
}

async function redeem(address: string, link: string, device: Id): Promise<string> {
  const token = new URL(link).hash.slice(1);
  const response = await fetch(address, { method: 'POST', body: JSON.stringify({ token, device }) });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`refused: ${(body as { code: string }).code}`);
  return RedeemAnswer.parse(body).credential;
}

class SocketDevice implements TestDevice {
  readonly device: Id;
  readonly credential: string;
  readonly received: ServerMessage[] = [];
  projection: unknown = null;
  media: MediaEvidence = { state: 'none', lastBothWaysAtMs: null };
  readonly #socket: WebSocket;
  readonly #beats: NodeJS.Timeout | null;
  readonly #waiting = new Set<(message: ServerMessage) => void>();
  readonly #echoes = new Map<number, () => void>();
  readonly #now: () => number;
  #count = 0;
  #isSilent = false;

  constructor(
    socket: WebSocket,
    device: Id,
    credential: string,
    { beatEveryMs, nowMs }: { beatEveryMs: number; nowMs: () => number },
  ) {
    this.#now = nowMs;
    this.#socket = socket;
    this.device = device;
    this.credential = credential;
    this.#beats = beatEveryMs > 0 ? setInterval(() => void this.beat(), beatEveryMs) : null;
    socket.on('message', (data: Buffer) => this.#take(data.toString('utf8')));
    socket.on('close', () => {
      this.#stop();
      for (const count of this.#echoes.keys()) this.#echoed(count);
    });
    socket.on('error', () => {});
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  send(message: DeviceMessage): void {
    this.sendRaw(JSON.stringify(message));
  }

  sendRaw(text: string): void {
    if (!this.#isSilent && this.isOpen) this.#socket.send(text);
  }

  beat(): Promise<void> {
    const count = ++this.#count;
    if (this.#isSilent || !this.isOpen) return Promise.resolve();
    const echoed = new Promise<void>((resolve) => this.#echoes.set(count, resolve));
    this.send({
      type: 'beat',
      count,
      estimatedNowMs: this.#now(),
      isVisible: true,
      mainThreadAgeMs: 0,
      media: this.media,
    });
    return echoed;
  }

  async say(
    body: Command | Fact,
    more: { personal?: Personal; id?: Id; saidAtMs?: number } = {},
  ): Promise<Settled> {
    const { id = randomUUID(), saidAtMs = this.#now(), personal } = more;
    const seen = this.received.length;
    this.send({ type: 'input', id, saidAtMs, body, ...(personal && { personal }) });
    return this.#await('settled', (message) => message.id === id, seen);
  }

  next<T extends ServerMessage['type']>(
    type: T,
    matches: (message: Extract<ServerMessage, { type: T }>) => boolean = () => true,
  ): Promise<Extract<ServerMessage, { type: T }>> {
    return this.#await(type, matches, 0);
  }

  fallSilent(): void {
    this.#isSilent = true;
    this.#stop();
    for (const count of this.#echoes.keys()) this.#echoed(count);
  }

  close(): void {
    this.#stop();
    this.#socket.close();
  }

  #stop(): void {
    if (this.#beats !== null) clearInterval(this.#beats);
  }

  #take(text: string): void {
    const message = ServerMessage.parse(JSON.parse(text));
    if (this.#isSilent) return;
    if (message.type === 'beat') return this.#echoed(message.count);
    if (message.type === 'update') this.projection = message.projection;
    this.received.push(message);
    for (const look of this.#waiting) look(message);
  }

  #echoed(count: number): void {
    this.#echoes.get(count)?.();
    this.#echoes.delete(count);
  }

  #await<T extends ServerMessage['type']>(
    type: T,
    matches: (message: Extract<ServerMessage, { type: T }>) => boolean,
    from: number,
  ): Promise<Extract<ServerMessage, { type: T }>> {
    const isIt = (message: ServerMessage): message is Extract<ServerMessage, { type: T }> =>
      message.type === type && matches(message as Extract<ServerMessage, { type: T }>);
    const there = this.received.slice(from).find(isIt);
    if (there !== undefined) return Promise.resolve(there);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`no ${type} within ${WAIT_MS} ms`));
      }, WAIT_MS);
      const look = (message: ServerMessage): void => {
        if (!isIt(message)) return;
        clearTimeout(late);
        this.#waiting.delete(look);
        resolve(message);
      };
      this.#waiting.add(look);
    });
  }
}
