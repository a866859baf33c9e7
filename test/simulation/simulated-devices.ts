import type { Id, Instant } from '@holdfast/protocol';
import type { Walk } from '@holdfast/session/testing';

/** A seed gives the same run. mulberry32: small, fast, good enough to shake a session. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a simulated world does with one device: its line to the session server, and its media to the other side. */
export interface Links {
  isLineUp: boolean;
  isMediaUp: boolean;
  isRunning: boolean;
}

/**
 * Two devices with heartbeats on both paths, as the session server and the detectors see them: the server calls a line
 * silent after 3 s, a device calls media silent after 1.5 s, and only a changed verdict is a fact.
 */
export class SimulatedDevice {
  readonly links: Links = { isLineUp: true, isMediaUp: true, isRunning: true };
  private lastLineMs: Instant;
  private lastMediaMs: Instant;
  private isHeard = true;
  private told: 'up' | 'silent' = 'up';
  private readonly person: Id;

  constructor(person: Id, nowMs: Instant) {
    this.person = person;
    this.lastLineMs = nowMs;
    this.lastMediaMs = nowMs;
  }

  /** One heartbeat later. `other` decides whether heartbeats come back. */
  beat(walk: Walk, other: SimulatedDevice): void {
    const isLine = this.links.isRunning && this.links.isLineUp;
    const isMedia =
      this.links.isRunning && this.links.isMediaUp && other.links.isRunning && other.links.isMediaUp;
    if (isMedia) this.lastMediaMs = walk.nowMs;
    if (isLine) this.beHeard(walk);
    else this.beSilent(walk);
    if (isLine) this.report(walk, isMedia);
  }

  /** The session server was started again: it hears nobody until they come back. */
  forgetLine(): void {
    this.isHeard = false;
  }

  private beHeard(walk: Walk): void {
    this.lastLineMs = walk.nowMs;
    if (this.isHeard) return;
    this.isHeard = true;
    walk.join(this.person);
    // A device says what it saw as soon as it is back.
    walk.media(this.person, this.told, this.lastMediaMs);
  }

  private beSilent(walk: Walk): void {
    if (!this.isHeard || walk.nowMs - this.lastLineMs < 1500) return;
    this.isHeard = false;
    walk.silent(this.person, this.lastLineMs);
  }

  private report(walk: Walk, isMedia: boolean): void {
    const state = isMedia ? 'up' : walk.nowMs - this.lastMediaMs >= 1500 ? 'silent' : this.told;
    if (state === this.told) return;
    this.told = state;
    walk.media(this.person, state, this.lastMediaMs);
  }
}
