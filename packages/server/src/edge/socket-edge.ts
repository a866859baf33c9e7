import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  DeviceMessage,
  Id,
  MAX_MESSAGE_BYTES,
  WIRE_VERSION,
  refusal,
  type RefusalCode,
  type ServerMessage,
} from '@holdfast/protocol';
import { WebSocketServer } from 'ws';
import type { Authority } from '../authority/authority.js';
import { openLine, type DeviceLine } from '../authority/device-line.js';
import type { Connection } from '../authority/seat.js';
import type { Membership } from '../links/links.js';
import { webSocketEnd, type LineEnd } from './line-end.js';
import { isOriginAllowed } from './origin.js';
import { rateLimit } from './rate-limit.js';

/** From an open socket to its hello. */
const HELLO_WITHIN_MS = 10_000;
/** A socket that is silent for this long is half dead; the device has long dialled another. */
const SILENT_SOCKET_MS = 30_000;
/** Beyond this the message is not even read, so that nobody can fill the memory. */
const MOST_BYTES = 4 * MAX_MESSAGE_BYTES;
/** A device that reads nothing must not fill the memory either: it comes back on another socket. */
const MOST_UNREAD_BYTES = 16 * MAX_MESSAGE_BYTES;
/** At the end, for a device that is cut off and does not say goodbye. */
const GOODBYE_WITHIN_MS = 1000;

export interface SocketEdge {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** A line that begins in this process: read, limited and refused as any other. */
  acceptEnd(end: LineEnd): void;
  close(): Promise<void>;
}

export interface SocketEdgeOptions {
  readonly authority: Authority;
  readonly allowedOrigins: readonly string[];
  readonly clock: { after(delayMs: number, call: () => void): () => void };
}

/** The WebSocket edge: reads, limits and refuses; everything behind it trusts what it gets. */
export function socketEdge({ authority, allowedOrigins, clock }: SocketEdgeOptions): SocketEdge {
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES, perMessageDeflate: false });
  return {
    accept(request, socket, head) {
      if (!isOriginAllowed(request, allowedOrigins)) {
        // Node has taken its own listener away: a peer that resets now would end the whole process.
        socket.on('error', () => socket.destroy());
        socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
        return;
      }
      server.handleUpgrade(
        request,
        socket,
        head,
        (accepted) => new SocketLine(webSocketEnd(accepted), authority, clock),
      );
    },
    acceptEnd: (end) => void new SocketLine(end, authority, clock),
    async close() {
      for (const client of server.clients) client.close(1001);
      const cancel = clock.after(GOODBYE_WITHIN_MS, () => {
        for (const client of server.clients) client.terminate();
      });
      await new Promise<void>((resolve) => server.close(() => resolve()));
      cancel();
    },
  };
}

/** One socket, from open to closed. */
class SocketLine implements Connection {
  readonly #socket: LineEnd;
  readonly #authority: Authority;
  readonly #mayGoOn: () => boolean;
  readonly #clock: SocketEdgeOptions['clock'];
  #line: DeviceLine | null = null;
  /** Messages are taken up in the order in which they came, also while the hello is looked at. */
  #greeted: Promise<void> | null = null;
  #isTooFastNoted = false;
  #cancelSilence: () => void;

  constructor(socket: LineEnd, authority: Authority, clock: SocketEdgeOptions['clock']) {
    this.#socket = socket;
    this.#authority = authority;
    this.#clock = clock;
    this.#mayGoOn = rateLimit(() => authority.nowMs());
    this.#cancelSilence = clock.after(HELLO_WITHIN_MS, () => socket.terminate());
    socket.listen({
      onMessage: (data, isBinary) => this.#onMessage(data, isBinary),
      onClosed: () => {
        this.#cancelSilence();
        this.#line?.ended();
      },
    });
  }

  send(message: ServerMessage): void {
    if (!this.#socket.isOpen) return;
    if (this.#socket.unreadBytes > MOST_UNREAD_BYTES) return this.#socket.terminate();
    this.#socket.send(JSON.stringify(message));
  }

  close(): void {
    this.#socket.close(1000);
  }

  #onMessage(data: Buffer, isBinary: boolean): void {
    this.#cancelSilence();
    this.#cancelSilence = this.#clock.after(SILENT_SOCKET_MS, () => this.#socket.terminate());
    if (!this.#mayGoOn()) return this.#onTooFast();
    if (isBinary) return this.#refuse('malformed');
    if (data.byteLength > MAX_MESSAGE_BYTES) return this.#refuse('too-large');
    const value = parseJson(data.toString('utf8'));
    const parsed = DeviceMessage.safeParse(value);
    if (!parsed.success) return this.#onMalformed(value);
    if (this.#greeted === null) {
      this.#greeted =
        parsed.data.type === 'hello'
          ? this.#greet(parsed.data).catch(() => this.#socket.close(1011))
          : Promise.resolve(this.#refuse('wrong-credential'));
      return;
    }
    void this.#greeted.then(() => this.#line?.take(parsed.data)).catch(() => {});
  }

  async #greet(hello: Extract<DeviceMessage, { type: 'hello' }>): Promise<void> {
    if (hello.version !== WIRE_VERSION) return this.#refuse('version-unknown');
    const member = await this.#memberOf(hello.credential);
    if (member === 'unavailable') return this.#socket.close(1013);
    if (member === null) return this.#refuse('wrong-credential');
    // A store that fails is no unknown session: the device would give up for good.
    const desk = await this.#authority.desks.find(member).catch(() => 'unavailable' as const);
    if (desk === 'unavailable') return this.#socket.close(1013);
    if (desk === null) return this.#refuse('unknown-session');
    if (member.device !== hello.device) return this.#refuseIn(member, 'wrong-credential');
    if (!desk.mayCome(member.person)) return this.#refuseIn(member, 'session-closed');
    if (!this.#socket.isOpen) return;
    this.#line = openLine(desk, member, hello, this, this.#authority);
    if (this.#line === null) this.#refuseIn(member, 'unknown-person');
  }

  async #memberOf(credential: string): Promise<Membership | null | 'unavailable'> {
    try {
      return await this.#authority.admission.memberOf(credential);
    } catch {
      return 'unavailable';
    }
  }

  /** An input that cannot be read is answered under its id, and the line stays; anything else ends it. */
  #onMalformed(value: unknown): void {
    const id = idOfInput(value);
    if (id === null || this.#greeted === null) return this.#refuse('malformed');
    void this.#greeted.then(() => {
      this.#line?.refused('malformed');
      this.send({ type: 'settled', id, outcome: 'refused', ...sentenceOf('malformed') });
    });
  }

  #onTooFast(): void {
    if (this.#isTooFastNoted) return;
    this.#isTooFastNoted = true;
    this.#refuse('too-fast');
  }

  /** The last message of this line. */
  #refuse(code: RefusalCode): void {
    this.#line?.refused(code);
    this.send({ type: 'refused', ...sentenceOf(code) });
    this.#socket.close(1008);
  }

  /** A session is known although nobody was let in: one event in it. */
  #refuseIn(member: Membership, code: RefusalCode): void {
    this.#refuse(code);
    const by = `${member.person}/${member.device}`;
    void this.#authority.admission.refusals.note({ key: member, code, input: 'hello', by });
  }
}

const sentenceOf = (code: RefusalCode): { code: RefusalCode; sentence: string } => ({
  code,
  sentence: refusal(code).sentence,
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function idOfInput(value: unknown): Id | null {
  const { type, id } = (value ?? {}) as { type?: unknown; id?: unknown };
  return type === 'input' && Id.safeParse(id).success ? (id as Id) : null;
}
