import type { Command, Fact } from '@holdfast/protocol';
import type { Projection } from '../project/projection.js';
import { asPaused, isPaused, withoutMedia } from './projected.js';
import type { SendResult } from './types.js';

/** What stops picture and sound on the device of whoever says it, without waiting for a line or an answer (U6). */
const PAUSES: readonly (Command | Fact)['type'][] = ['pause.start', 'privacy.open', 'privacy.pause'];

/** Consent that is taken back ends picture and sound at once (G7, J3). */
const TAKES_BACK: readonly (Command | Fact)['type'][] = ['consent.withdraw', 'participant.withdraw'];

/** What this person's own word changes on their device before the session server has shown it. */
export class OwnWord {
  /** This person took consent back, whether anybody has heard of it or not (G7). */
  #isConsentBack = false;
  /** Whether they asked for a pause: said, or taken by the session server and not shown yet. */
  #pause: 'no' | 'said' | 'taken' = 'no';

  get isConsentBack(): boolean {
    return this.#isConsentBack;
  }

  said({ type }: Command): void {
    if (TAKES_BACK.includes(type)) this.#isConsentBack = true;
    if (type === 'participant.consent') this.#isConsentBack = false;
    if (PAUSES.includes(type)) this.#pause = 'said';
  }

  answered({ type }: Command | Fact, { outcome }: SendResult, newest: Projection | null): void {
    if (TAKES_BACK.includes(type) && outcome === 'refused') this.#isConsentBack = false;
    if (!PAUSES.includes(type) || outcome === 'queued' || this.#pause === 'no') return;
    const isAwaited = outcome === 'accepted' && (newest === null || !isPaused(newest));
    this.#pause = isAwaited ? 'taken' : 'no';
  }

  /** A newer projection is there: what comes after the answer knows of the pause. */
  updated(): void {
    if (this.#pause === 'taken') this.#pause = 'no';
  }

  isPaused(newest: Projection | null): boolean {
    return this.#pause !== 'no' || (newest !== null && isPaused(newest));
  }

  /** What the screen is drawn from. */
  shown(newest: Projection): Projection {
    const allowed = this.#isConsentBack ? withoutMedia(newest) : newest;
    return this.#pause === 'no' ? allowed : asPaused(allowed);
  }
}
