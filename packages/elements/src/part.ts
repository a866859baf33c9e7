import { LitElement } from 'lit';
import type { Message } from '@holdfast/session';
import { englishWords } from './words/english.js';
import { say, type Words } from './words/index.js';

/**
 * A part of a screen. Parts draw into the screen's own shadow root, not into one of their own, so that labels,
 * descriptions and the two live regions can refer to each other, and one set of styles serves all.
 */
export class Part extends LitElement {
  static override properties = { words: { attribute: false } };

  declare words: Words;

  constructor() {
    super();
    this.words = englishWords;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** The sentence of a key of the screens' own. */
  protected say(key: string, params?: Readonly<Record<string, string | number>>): string {
    return say(params === undefined ? { key } : { key, params }, this.words);
  }

  /** The sentence of a message of the view. */
  protected tell(message: Message): string {
    return say(message, this.words);
  }
}
