import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { countSignal, NO_PRESSES, type SignalPress } from './signal-presses.js';

/**
 * How the client tells the practitioner that someone is near: Control three times, or three taps on the headline of the
 * page, whatever is on it. It only listens: no element, no attribute, no focus, no word, no default prevented; what it
 * calls changes nothing on the page either (rule Q3; C16, H16). Control alone does nothing anywhere, or makes a screen
 * reader stop talking. Rejected: a button, which would be found; Shift, which is the quick exit.
 */
export class SignalControl implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #signal: () => void;
  #count = NO_PRESSES;

  constructor(host: ReactiveControllerHost & HTMLElement, signal: () => void) {
    this.#host = host;
    this.#signal = signal;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.ownerDocument.addEventListener('keydown', this.#onKey, true);
    this.#host.ownerDocument.addEventListener('click', this.#onClick, true);
  }

  hostDisconnected(): void {
    this.#host.ownerDocument.removeEventListener('keydown', this.#onKey, true);
    this.#host.ownerDocument.removeEventListener('click', this.#onClick, true);
    this.#count = NO_PRESSES;
  }

  readonly #onKey = ({ key, repeat, timeStamp }: KeyboardEvent): void => {
    if (!repeat) this.#press({ of: key === 'Control' ? 'key' : 'other', atMs: timeStamp });
  };

  readonly #onClick = (event: MouseEvent): void => {
    const headline = this.#host.shadowRoot?.getElementById('headline') ?? null;
    const isOnIt = headline !== null && event.composedPath().includes(headline);
    this.#press({ of: isOnIt ? 'headline' : 'other', atMs: event.timeStamp });
  };

  #press(press: SignalPress): void {
    const { count, isSignal } = countSignal(this.#count, press);
    this.#count = count;
    if (isSignal) this.#signal();
  }
}
