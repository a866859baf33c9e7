import type { LitElement, ReactiveController } from 'lit';

/** A sound that a device swallowed, or that nobody heard, comes again after this; far enough apart to talk. */
export const REMIND_EVERY_MS = 15_000;

/**
 * Sounds again while something waits for this person and their page is not in front of them (H33): the first sound may
 * have met a muted tab, "do not disturb", or an empty chair. Silent while the page is looked at.
 */
export class AttentionKeeper implements ReactiveController {
  readonly #sound: () => void;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(host: LitElement, sound: () => void) {
    this.#sound = sound;
    host.addController(this);
  }

  /** Whether something waits for them now where waiting costs. */
  follow(isPressing: boolean): void {
    if (!isPressing) return this.hostDisconnected();
    this.#timer ??= setInterval(() => {
      if (document.visibilityState === 'hidden') this.#sound();
    }, REMIND_EVERY_MS);
  }

  /** Called by Lit. */
  hostDisconnected(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
