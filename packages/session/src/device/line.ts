import { HEARTBEAT_EVERY_MS, ServerMessage, type DeviceMessage, type Instant } from '@holdfast/protocol';
import type { Clock } from '../ports.js';
import { dial, refusedPauseMs } from './dial-schedule.js';

/** What a line needs of a WebSocket. The browser's own fits. */
export interface LineSocket {
  /** Called once it can be used. */
  onopen: (() => void) | null;
  /** Called for each message. */
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  /** Called once it cannot be used any more, unless it was closed from here. */
  onclose: (() => void) | null;
  /** Throws where it is not open (any more). */
  send(text: string): void;
  /** Lets go of it. */
  close(): void;
}

export interface LineOptions {
  readonly clock: Clock;
  /** Opens a socket to the session server. */
  readonly open: () => LineSocket;
  /** The first message on each new socket. */
  readonly hello: () => DeviceMessage;
  /** The heartbeat; `count` is set by the line. */
  readonly beat: (count: number) => DeviceMessage;
  readonly onMessage: (message: ServerMessage) => void;
  /** An echo of a heartbeat or of the hello, for the estimate of the server's clock. */
  readonly onEcho: (askedAtMs: number, serverNowMs: Instant, answeredAtMs: number) => void;
  readonly onChange: () => void;
}

/** The socket to the session server. It comes back by itself until it is closed. */
export interface Line {
  /** Heard within the last 2 s on a welcomed socket. */
  readonly isUp: boolean;
  /** False when it could not even be tried. */
  send(message: DeviceMessage): boolean;
  /** Other evidence says that the network is (or is not) there: dial now instead of at the next turn. */
  hint(what: 'networkIsBack' | 'networkIsGone'): void;
  close(): void;
}

/** Without any answer for this long the line is down (a heartbeat and its echo every 500 ms). */
export const LINE_SILENT_MS = 2000;
/** After a black hole TCP backs off, so that an old socket wakes minutes late: it is not waited for. */
const LINE_DEAD_MS = 3000;
/** From an open socket to its welcome. */
const WELCOME_MS = 5000;
/**
 * Lines that end sooner than this after their welcome, two or more in a row, are not wanted there: no rush of dials. One
 * alone is no sign: of two dials that said hello, the session server keeps the later and this device the earlier.
 */
const STEADY_MS = 1000;

/** The browser says that there is no network; it is asked all the same, because it is sometimes wrong. */
const OFFLINE_DIAL = { nextAfterMs: 5000, limitMs: 2000 };

interface Attempt {
  readonly socket: LineSocket;
  readonly startedAtMs: number;
  helloAtMs: number;
  cancelLimit: () => void;
}

export class ServerLine implements Line {
  readonly #options: LineOptions;
  readonly #cancelBeats: () => void;
  readonly #attempts = new Set<Attempt>();
  readonly #beats = new Map<number, number>();
  #current: LineSocket | null = null;
  #heardAtMs: number | null = null;
  #welcomedAtMs = -Infinity;
  #shortLines = 0;
  #wasUp = false;
  #isClosed = false;
  #isOffline = false;
  #dials = 0;
  #count = 0;
  #cancelDial: () => void = () => undefined;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#cancelBeats = options.clock.every(HEARTBEAT_EVERY_MS, () => this.#tick());
    this.#dial();
  }

  get isUp(): boolean {
    return this.#current !== null && this.#silentForMs() <= LINE_SILENT_MS;
  }

  send(message: DeviceMessage): boolean {
    if (this.#current === null) return false;
    return sendOn(this.#current, message);
  }

  hint(what: 'networkIsBack' | 'networkIsGone'): void {
    if (this.#isClosed) return;
    this.#isOffline = what === 'networkIsGone';
    if (this.#isOffline) return this.#drop();
    if (this.isUp) return;
    // What was dialled into a dead network waits in vain; what is open already only waits for its welcome.
    const isOpen = [...this.#attempts].some(({ helloAtMs }) => helloAtMs > 0);
    if (isOpen) return;
    this.#endAttempts();
    this.#dial();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelBeats();
    this.#endAttempts();
    this.#drop();
  }

  #now(): number {
    return this.#options.clock.nowMs();
  }

  #silentForMs(): number {
    return this.#now() - (this.#heardAtMs ?? 0);
  }

  #tick(): void {
    if (this.#current !== null) {
      if (this.#silentForMs() > LINE_DEAD_MS) this.#drop();
      else this.#sendBeat();
    }
    this.#announce();
  }

  #sendBeat(): void {
    const count = ++this.#count;
    this.#beats.set(count, this.#now());
    // Echoes that never came are forgotten.
    this.#beats.delete(count - 20);
    this.send(this.#options.beat(count));
  }

  #announce(): void {
    if (this.isUp === this.#wasUp) return;
    this.#wasUp = this.isUp;
    this.#options.onChange();
  }

  /** Lets go of the socket, which may be half dead, and dials a fresh one. */
  #drop(): void {
    const socket = this.#current;
    this.#current = null;
    this.#beats.clear();
    if (socket !== null) letGo(socket);
    this.#announce();
    if (this.#isClosed || this.#attempts.size > 0) return;
    const restMs = this.#welcomedAtMs + STEADY_MS - this.#now();
    this.#shortLines = restMs > 0 ? this.#shortLines + 1 : 0;
    if (this.#shortLines <= 1) return this.#dial();
    this.#cancelDial();
    this.#cancelDial = this.#options.clock.after(restMs, () => this.#dial());
  }

  #dial(): void {
    this.#cancelDial();
    const { clock } = this.#options;
    const { nextAfterMs, limitMs } = this.#isOffline ? OFFLINE_DIAL : dial(this.#dials++);
    const socket = this.#options.open();
    const attempt: Attempt = { socket, startedAtMs: this.#now(), helloAtMs: 0, cancelLimit: () => undefined };
    this.#attempts.add(attempt);
    const giveUp = () => this.#endAttempt(attempt);
    attempt.cancelLimit = clock.after(limitMs, giveUp);
    this.#cancelDial = clock.after(nextAfterMs, () => this.#dial());
    socket.onopen = () => {
      attempt.cancelLimit();
      attempt.cancelLimit = clock.after(WELCOME_MS, giveUp);
      attempt.helloAtMs = this.#now();
      sendOn(socket, this.#options.hello());
    };
    socket.onmessage = ({ data }) => this.#onText(attempt, data);
    socket.onclose = () => this.#onClosed(attempt);
  }

  #endAttempt(attempt: Attempt): void {
    attempt.cancelLimit();
    this.#attempts.delete(attempt);
    letGo(attempt.socket);
  }

  #endAttempts(): void {
    this.#cancelDial();
    for (const attempt of this.#attempts) this.#endAttempt(attempt);
  }

  #onClosed(attempt: Attempt): void {
    if (attempt.socket === this.#current) return this.#drop();
    this.#endAttempt(attempt);
    if (this.#isClosed || this.#current !== null || this.#attempts.size > 0) return;
    const waitedMs = this.#now() - attempt.startedAtMs;
    const pauseMs = this.#isOffline ? OFFLINE_DIAL.nextAfterMs : refusedPauseMs(this.#dials);
    this.#cancelDial();
    this.#cancelDial = this.#options.clock.after(Math.max(0, pauseMs - waitedMs), () => this.#dial());
  }

  #onText(attempt: Attempt, data: unknown): void {
    const message = read(data);
    if (message === null) return;
    this.#heardAtMs = this.#now();
    if (message.type === 'welcome') this.#welcomed(attempt, message.serverNowMs);
    if (message.type === 'beat') {
      const askedAtMs = this.#beats.get(message.count);
      this.#beats.delete(message.count);
      if (askedAtMs !== undefined) this.#options.onEcho(askedAtMs, message.serverNowMs, this.#now());
    }
    this.#options.onMessage(message);
    this.#announce();
  }

  #welcomed(attempt: Attempt, serverNowMs: Instant): void {
    attempt.cancelLimit();
    this.#attempts.delete(attempt);
    this.#endAttempts();
    this.#current = attempt.socket;
    this.#welcomedAtMs = this.#now();
    this.#dials = 0;
    this.#options.onEcho(attempt.helloAtMs, serverNowMs, this.#now());
  }
}

function sendOn(socket: LineSocket, message: DeviceMessage): boolean {
  try {
    socket.send(JSON.stringify(message));
    return true;
  } catch {
    return false; // Not open (any more); the close event follows.
  }
}

function letGo(socket: LineSocket): void {
  socket.onopen = null;
  socket.onmessage = null;
  socket.onclose = null;
  socket.close();
}

/** What cannot be read is not evidence of a living session server. */
function read(data: unknown): ServerMessage | null {
  if (typeof data !== 'string') return null;
  try {
    const parsed = ServerMessage.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
