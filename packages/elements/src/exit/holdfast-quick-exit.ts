import { html, type TemplateResult } from 'lit';
import { Part } from '../part.js';
import { countPresses, isTextTarget } from './shift-presses.js';

/** "Leave this page quickly": a button that never moves, and Shift three times. What leaving does is `exit`. */
export class HoldfastQuickExit extends Part {
  static override properties = { ...Part.properties, exit: { attribute: false } };

  declare exit: () => void;
  private countedMs: readonly number[] = [];

  constructor() {
    super();
    this.exit = () => undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.ownerDocument.addEventListener('keydown', this.onKey, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ownerDocument.removeEventListener('keydown', this.onKey, true);
  }

  protected override render(): TemplateResult {
    return html`<button
        type="button"
        data-weight="danger"
        aria-describedby="exit-hint"
        @click=${() => this.exit()}
      >
        ${this.say('exit.button')}
      </button>
      <p class="exit-hint" id="exit-hint">${this.say('exit.hint')}</p>`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const isTyping = isTextTarget(event.composedPath()[0]);
    const press = { key: event.key, atMs: event.timeStamp, isTyping, isRepeat: event.repeat };
    const { countedMs, isExit } = countPresses(this.countedMs, press);
    this.countedMs = countedMs;
    if (isExit) this.exit();
  };
}
