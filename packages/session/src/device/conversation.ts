import {
  beatNote,
  WIRE_VERSION,
  type Command,
  type DeviceMessage,
  type Fact,
  type Id,
  type Instant,
  type MediaEvidence,
  type Personal,
  type ServerMessage,
} from '@holdfast/protocol';
import type { SignalChannel } from '../ports.js';
import { ServerLine, type Line } from './line.js';
import { createOutbox, type Outbox } from './outbox.js';
import type { Platform } from './platform.js';
import type { KeptSession } from './redeem.js';
import { createServerClock } from './server-clock.js';
import type { SendResult } from './types.js';

/** What is not settled here: it is the device's to keep. */
export type Told = Extract<ServerMessage, { type: 'grant' | 'charge' | 'watchdog' | 'refused' }>;

export interface ConversationOptions {
  readonly platform: Platform;
  readonly kept: KeptSession;
  readonly socketAddress: string;
  /** What this device sees of its media, on its own clock: goes with each heartbeat. */
  readonly evidence: () => MediaEvidence;
  /** Before anything that waits is sent. `dutyLine`: the service's number, for staff. */
  readonly onWelcome: (dutyLine: string | null) => void;
  /** A newer projection, not looked at yet. */
  readonly onUpdate: (projection: unknown) => void;
  readonly onTold: (told: Told) => void;
  /** The session server was heard, at this instant of this device. */
  readonly onHeard: (atMs: number) => void;
  /** Up or down, or something was settled. */
  readonly onChange: () => void;
  readonly onLateAnswer: (body: Command | Fact, result: SendResult) => void;
}

/** What this device and the session server say to each other: over any number of sockets, on the server's clock. */
export class Conversation {
  readonly #options: ConversationOptions;
  readonly #serverClock = createServerClock();
  readonly #outbox: Outbox;
  readonly #signals = new Set<(from: Id, data: unknown) => void>();
  #line: Line;
  #held: { readonly epoch: Id; readonly sequence: number } | null = null;
  #takesMedia = true;
  /** As of the last change of the line that was looked at: in between, the clock alone may make it another. */
  #isUp = false;
  #tickedAtMs = 0;
  /** Stays as it is until the next signal: each heartbeat says the newest again. */
  #note: string;
  /** Over whichever line. */
  #heardAtMs: number | null = null;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#note = beatNote(options.platform.newId(), false);
    this.#outbox = createOutbox({
      newId: options.platform.newId,
      send: (message) => this.#isUp && this.#line.send(message),
      onLateAnswer: options.onLateAnswer,
    });
    this.#line = this.#open();
  }

  /** Welcomed, and heard lately. */
  get isUp(): boolean {
    return this.#isUp;
  }

  get lastHeardAtMs(): Instant | null {
    return this.toServer(this.#heardAtMs);
  }

  get unsent(): number {
    return this.#outbox.unsent;
  }

  /** The session server's clock, as estimated here (H07). */
  nowMs(): Instant {
    return this.#serverClock.toServer(this.#options.platform.clock.nowMs());
  }

  toServer(deviceMs: number | null): Instant | null {
    return deviceMs === null ? null : this.#serverClock.toServer(deviceMs);
  }

  say(body: Command | Fact, personal?: Personal): Promise<SendResult> {
    return this.#outbox.add(body, this.nowMs(), personal);
  }

  /** Goes with the next heartbeat, and changes nothing else (Q3). */
  signalDiscreetly(): void {
    this.#note = beatNote(this.#options.platform.newId(), true);
  }

  askForGrant(): void {
    this.#line.send({ type: 'grant.request', id: this.#options.platform.newId() });
  }

  hint(what: 'networkIsBack' | 'networkIsGone'): void {
    this.#line.hint(what);
  }

  /** For direct media: descriptions go through the session server. */
  readonly signal: SignalChannel = {
    send: (to, data) => void this.#line.send({ type: 'signal', to, data }),
    onSignal: (receive) => {
      this.#signals.add(receive);
      return () => this.#signals.delete(receive);
    },
  };

  /** A fresh line that takes the person's media to this device. Who comes back has not left (P4). */
  takeMedia(): void {
    this.#takesMedia = true;
    this.#outbox.withdraw('person.left');
    this.#line.close();
    this.#line = this.#open();
  }

  /** No more dialling. What waits still waits for `takeMedia`, or is cleared. */
  close(): void {
    this.#line.close();
    this.#isUp = false;
  }

  clear(): void {
    this.#outbox.clear();
  }

  #open(): Line {
    const { platform, socketAddress } = this.#options;
    this.#isUp = false;
    this.#tickedAtMs = platform.clock.nowMs();
    return new ServerLine({
      clock: platform.clock,
      open: () => platform.openSocket(socketAddress),
      hello: () => this.#hello(),
      beat: (count) => this.#beat(count),
      onMessage: (message) => this.#onMessage(message),
      onEcho: (askedAtMs, serverNowMs, answeredAtMs) => {
        this.#serverClock.learn(askedAtMs, serverNowMs, answeredAtMs);
      },
      onChange: () => this.#onLineChange(),
    });
  }

  #hello(): DeviceMessage {
    const { credential, device } = this.#options.kept;
    const resume = this.#held;
    return { type: 'hello', version: WIRE_VERSION, credential, device, resume, takesMedia: this.#takesMedia };
  }

  #beat(count: number): DeviceMessage {
    const { clock, page } = this.#options.platform;
    const { state, lastBothWaysAtMs } = this.#options.evidence();
    const nowMs = clock.nowMs();
    const mainThreadAgeMs = nowMs - this.#tickedAtMs;
    this.#tickedAtMs = nowMs;
    return {
      type: 'beat',
      count,
      estimatedNowMs: this.#serverClock.toServer(nowMs),
      isVisible: page.isVisible,
      mainThreadAgeMs,
      media: { state, lastBothWaysAtMs: this.toServer(lastBothWaysAtMs) },
      note: this.#note,
    };
  }

  /** Up is a new line, or the old one that was silent for a moment: what waits is said on either (H09). */
  #onLineChange(): void {
    this.#isUp = this.#line.isUp;
    if (this.#isUp) this.#outbox.resend();
    else this.#outbox.lineIsDown();
    this.#options.onChange();
  }

  #onMessage(message: ServerMessage): void {
    this.#heardAtMs = this.#options.platform.clock.nowMs();
    this.#options.onHeard(this.#heardAtMs);
    switch (message.type) {
      case 'welcome':
        return this.#onWelcome(message.epoch, message.dutyLine ?? null);
      case 'update':
        return this.#onUpdate(message.sequence, message.projection);
      case 'settled':
        this.#outbox.settle(message);
        return this.#options.onChange();
      case 'signal':
        for (const receive of this.#signals) receive(message.from, message.data);
        return;
      case 'beat':
        return;
      default:
        this.#options.onTold(message);
    }
  }

  #onWelcome(epoch: Id, dutyLine: string | null): void {
    this.#takesMedia = false;
    if (this.#held?.epoch !== epoch) this.#held = { epoch, sequence: 0 };
    this.#options.onWelcome(dutyLine);
  }

  #onUpdate(sequence: number, projection: unknown): void {
    if (this.#held === null || sequence <= this.#held.sequence) return;
    this.#held = { ...this.#held, sequence };
    this.#options.onUpdate(projection);
  }
}
