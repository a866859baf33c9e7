import { html, nothing, type TemplateResult } from 'lit';
import { Part } from '../part.js';
import { pressed } from '../pressed.js';

/** A button that is always in the same place; asked again first where the action says so (WCAG 3.3.4). */
export class HoldfastAction extends Part {
  static override properties = {
    ...Part.properties,
    name: { attribute: false },
    label: { attribute: false },
    question: { attribute: false },
    yes: { attribute: false },
    no: { attribute: false },
    weight: { attribute: false },
    act: { attribute: false },
    isAsking: { state: true },
  };

  /** For tests and styles: which action this is. */
  declare name: string;
  declare label: string;
  /** What is asked before it happens, or null when it happens at once. */
  declare question: string | null;
  declare yes: string | null;
  declare no: string | null;
  declare weight: 'main' | 'other' | 'danger';
  declare act: () => void;
  declare private isAsking: boolean;
  private focusNext: string | null = null;

  constructor() {
    super();
    this.name = '';
    this.label = '';
    this.question = null;
    this.yes = null;
    this.no = null;
    this.weight = 'other';
    this.act = () => undefined;
    this.isAsking = false;
  }

  protected override updated(): void {
    if (this.focusNext === null) return;
    this.querySelector<HTMLElement>(this.focusNext)?.focus();
    this.focusNext = null;
  }

  protected override render(): TemplateResult {
    return html`<button
        type="button"
        data-weight=${this.weight}
        data-action=${this.name}
        aria-expanded=${this.question === null ? nothing : this.isAsking ? 'true' : 'false'}
        @click=${pressed(() => this.press())}
      >
        ${this.label}
      </button>
      ${this.isAsking ? this.asking() : nothing}`;
  }

  private asking(): TemplateResult {
    const id = `ask-${this.name}`;
    return html`<div
      class="confirm"
      role="group"
      aria-labelledby=${id}
      @keydown=${(event: KeyboardEvent) => this.onKey(event)}
    >
      <p id=${id} tabindex="-1">${this.question}</p>
      <div class="buttons">
        <button type="button" data-weight=${this.weight} @click=${pressed(() => this.answer(true))}>
          ${this.yes ?? this.say('task.confirm.send')}
        </button>
        <button type="button" data-weight="other" @click=${pressed(() => this.answer(false))}>
          ${this.no ?? this.say('task.confirm.back')}
        </button>
      </div>
    </div>`;
  }

  private press(): void {
    if (this.question === null) return this.act();
    this.isAsking = !this.isAsking;
    if (this.isAsking) this.focusNext = `[id="ask-${this.name}"]`;
  }

  private answer(isYes: boolean): void {
    this.isAsking = false;
    this.focusNext = '[data-action]';
    if (isYes) this.act();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.answer(false);
  }
}
