import type { Clock } from '../ports.js';
import type { View } from '../view/types.js';

export interface ShownViewOptions {
  readonly clock: Clock;
  /** Null while there is nothing to show yet. */
  readonly draw: () => View | null;
  readonly onView: (view: View, isFirst: boolean) => void;
}

/** Views are shown at most this often. */
const SHOW_EVERY_MS = 50;

/** The view that the screen has: drawn again when something may have changed, told only when something has. */
export class ShownView {
  readonly #options: ShownViewOptions;
  #view: View | null = null;
  #text = '';
  #cancelShow: (() => void) | null = null;

  constructor(options: ShownViewOptions) {
    this.#options = options;
  }

  get current(): View | null {
    return this.#view;
  }

  /** The first view is drawn at once; a burst of changes after it once. */
  look(): void {
    if (this.#view === null) return this.#show();
    this.#cancelShow ??= this.#options.clock.after(SHOW_EVERY_MS, () => this.#show());
  }

  dispose(): void {
    this.#cancelShow?.();
  }

  #show(): void {
    this.#cancelShow = null;
    const view = this.#options.draw();
    const text = JSON.stringify(view);
    if (view === null || text === this.#text) return;
    const isFirst = this.#view === null;
    this.#view = view;
    this.#text = text;
    this.#options.onView(view, isFirst);
  }
}
