import { html, type TemplateResult } from 'lit';
import { Part } from '../part.js';

/** What is left of a deadline, for the eyes of staff; hidden from assistive technology by whoever draws it. */
export class HoldfastCountdown extends Part {
  static override properties = {
    ...Part.properties,
    atMs: { attribute: false },
    nowMs: { attribute: false },
  };

  declare atMs: number;
  declare nowMs: () => number;
  private cancel: (() => void) | null = null;

  constructor() {
    super();
    this.atMs = 0;
    this.nowMs = Date.now;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const timer = setInterval(() => this.requestUpdate(), 1000);
    this.cancel = () => clearInterval(timer);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.cancel?.();
    this.cancel = null;
  }

  protected override render(): TemplateResult {
    const leftMs = this.atMs - this.nowMs();
    return html`${leftMs <= 0 ? this.say('time.over') : this.say('time.left', { left: minutesAndSeconds(leftMs) })}`;
  }
}

/** "4:05". Rounded up, so that it shows 0:01 until the instant itself. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
