import type { Command, Fact } from '@holdfast/protocol';
import type { SendResult } from './types.js';

/** What stops picture and sound on the device of whoever says it, without waiting for a line or an answer (U6). */
const PAUSES: readonly (Command | Fact)['type'][] = ['pause.start', 'privacy.open', 'privacy.pause'];

/** A pause that this person has asked for and the session server has not shown yet. */
export class OwnPause {
  #state: 'no' | 'said' | 'taken' = 'no';

  get isOn(): boolean {
    return this.#state !== 'no';
  }

  said({ type }: Command | Fact): void {
    if (PAUSES.includes(type)) this.#state = 'said';
  }

  /** @param isShown The newest projection shows a pause. */
  answered({ type }: Command | Fact, { outcome }: SendResult, isShown: boolean): void {
    if (!PAUSES.includes(type) || outcome === 'queued' || this.#state === 'no') return;
    this.#state = outcome === 'accepted' && !isShown ? 'taken' : 'no';
  }

  /** What comes after the answer knows of it. */
  updated(): void {
    if (this.#state === 'taken') this.#state = 'no';
  }
}
