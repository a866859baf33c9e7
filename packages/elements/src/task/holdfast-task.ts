import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Command, Personal } from '@holdfast/protocol';
import type { Choice, Field, SendResult, Task } from '@holdfast/session';
import { Part } from '../part.js';
import { pressed } from '../pressed.js';
import { dueTemplate } from '../screens/due.js';
import { fieldsOf, fillCommand, type Draft } from './fill-command.js';
import { fieldTemplate } from './task-field.js';
import { waysOf, type Way } from './task-ways.js';

export type Send = (command: Command, personal?: Personal) => Promise<SendResult>;

/**
 * One task of the view, whatever it is: title, why, questions, and a button for each way to settle it. Keeps what was
 * typed while the view changes around it, asks again where the choice says so (WCAG 3.3.4), and keeps focus.
 */
export class HoldfastTask extends Part {
  static override properties = {
    ...Part.properties,
    task: { attribute: false },
    send: { attribute: false },
    announce: { attribute: false },
    nowMs: { attribute: false },
    isDecision: { attribute: false },
    extra: { attribute: false },
    isFolded: { attribute: false },
    unfolded: { state: true },
    draft: { state: true },
    missing: { state: true },
    asked: { state: true },
    said: { state: true },
    thanked: { state: true },
    isSending: { state: true },
  };

  declare task: Task | null;
  declare send: Send;
  declare announce: (level: 'status' | 'alert', sentence: string) => void;
  /** The instant on the session server's clock, as this device estimates it. */
  declare nowMs: () => number;
  /** Drawn as an alert dialog that takes focus when it appears. */
  declare isDecision: boolean;
  /** Something of the screen's own between the questions and the buttons (the check of devices). */
  declare extra: TemplateResult | null;
  /** Only the title is drawn until it is opened: for tasks that can wait. */
  declare isFolded: boolean;

  /** What the reader chose; null follows `isFolded`. */
  declare private unfolded: boolean | null;
  declare private draft: Draft;
  declare private missing: readonly string[];
  declare private asked: Choice | null;
  declare private said: string | null;
  declare private thanked: string | null;
  declare private isSending: boolean;
  private focusNext: string | null = null;

  constructor() {
    super();
    this.task = null;
    this.send = async () => ({ outcome: 'queued' });
    this.announce = () => undefined;
    this.nowMs = Date.now;
    this.isDecision = false;
    this.extra = null;
    this.isFolded = false;
    this.reset();
  }

  private reset(): void {
    this.unfolded = null;
    this.draft = {};
    this.missing = [];
    this.asked = null;
    this.said = null;
    this.thanked = null;
    this.isSending = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('task') as Task | null | undefined;
    const isAnother =
      before?.id !== this.task?.id || (before?.urgency !== 'done' && this.task?.urgency === 'done');
    if (before && isAnother) this.reset();
    // What someone may be writing in is not folded away when something else becomes more pressing.
    if (this.isFolded && changed.get('isFolded') === false && this.hasUpdated) this.unfolded = true;
    if (this.asked && !this.task?.choices.some(({ id }) => id === this.asked?.id)) this.asked = null;
  }

  protected override updated(changed: PropertyValues): void {
    // A decision takes focus in the moment in which it becomes one, and never again.
    if (changed.has('isDecision') && this.isDecision) this.takeFocus();
    if (this.focusNext === null) return;
    this.querySelector<HTMLElement>(this.focusNext)?.focus();
    this.focusNext = null;
  }

  /** The page moves only as far as the title needs: what is said above the decision stays in sight. */
  private takeFocus(): void {
    this.querySelector<HTMLElement>('[role="alertdialog"]')?.focus({ preventScroll: true });
    this.querySelector('h2')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { task } = this;
    if (!task) return nothing;
    const id = this.idOf('title');
    const isOpen = this.unfolded ?? !this.isFolded;
    return html`<section
      class="card task ${this.isDecision ? 'decision' : ''}"
      data-urgency=${task.urgency}
      role=${this.isDecision ? 'alertdialog' : 'group'}
      tabindex=${this.isDecision ? '-1' : nothing}
      aria-labelledby=${id}
      aria-describedby=${task.why && task.urgency !== 'done' && isOpen ? this.idOf('why') : nothing}
    >
      ${this.heading(task, id, isOpen)} ${isOpen ? this.inside(task) : nothing}
    </section>`;
  }

  private heading(task: Task, id: string, isOpen: boolean): TemplateResult {
    const title = this.tell(task.title);
    if (!this.isFolded) return html`<h2 id=${id} tabindex="-1">${title}</h2>`;
    return html`<h2 class="fold">
      <button
        type="button"
        id=${id}
        data-weight="fold"
        aria-expanded=${isOpen ? 'true' : 'false'}
        @click=${() => (this.unfolded = !isOpen)}
      >
        ${title}
      </button>
    </h2>`;
  }

  private inside(task: Task): TemplateResult {
    const why = task.urgency === 'done' ? null : task.why;
    return html`${this.marks(task)}
    ${why ? html`<p class="why" id=${this.idOf('why')}>${this.tell(why)}</p>` : nothing}
    ${task.text === null ? nothing : this.serviceText(task.text)} ${this.extra ?? nothing}
    ${this.said === null ? nothing : html`<p class="wrong">${this.said}</p>`}
    ${this.thanked === null ? nothing : html`<p class="mark">${this.thanked}</p>`}
    ${this.asked ? this.confirmation(this.asked) : this.ways(task)}`;
  }

  /** What the service says of this step, in its own words: folded, so that the question stays in sight (B04). */
  private serviceText(version: string): TemplateResult {
    const text = this.words.texts[version];
    if (text === undefined) return html`<p class="wrong">${this.say('task.text.missing', { version })}</p>`;
    return html`<details class="text" data-text=${version}>
      <summary>${text.title}</summary>
      ${text.paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}
    </details>`;
  }

  private marks(task: Task): TemplateResult {
    return html`${
      task.urgency === 'done' ? html`<p class="mark" data-mark="done">${this.say('task.done')}</p>` : nothing
    }
    ${task.isOwnToDo ? html`<p class="mark" data-mark="byHand">${this.say('task.byHand')}</p>` : nothing}
    ${task.dueAtMs === null ? nothing : dueTemplate(task.dueAtMs, this.nowMs, this.words)}`;
  }

  /** Keyed throughout: a button that is there stays itself while others come and go around it (Z15). */
  private ways(task: Task): unknown {
    return repeat(
      waysOf(task),
      ({ key }) => key,
      (way) => this.way(way),
    );
  }

  private way(way: Way): TemplateResult {
    return html`<div class="way">
      ${repeat(
        way.fields,
        ({ name }) => name,
        (field) => this.field(field),
      )}
      <div class="buttons">
        ${repeat(
          way.choices,
          ({ id }) => id,
          (choice) => this.button(choice),
        )}
      </div>
    </div>`;
  }

  private field(field: Field): TemplateResult {
    return fieldTemplate(field, {
      id: this.idOf(field.name),
      draft: this.draft,
      isMissing: this.missing.includes(field.name),
      say: (message) => this.tell(message),
      set: (name, value) => this.setField(name, value),
    });
  }

  private button(choice: Choice): TemplateResult {
    return html`<button
      type="button"
      data-weight=${choice.weight}
      data-choice=${choice.id}
      aria-disabled=${this.isSending ? 'true' : nothing}
      @click=${pressed(() => this.choose(choice))}
    >
      ${this.tell(choice.label)}
    </button>`;
  }

  private confirmation(choice: Choice): TemplateResult {
    const id = this.idOf('confirm');
    return html`<div class="confirm" role="group" aria-labelledby=${id}>
      <p id=${id} tabindex="-1">
        ${choice.confirm ? this.tell(choice.confirm) : this.say('task.confirm.title')}
      </p>
      <div class="buttons">
        <button
          type="button"
          data-weight=${choice.weight}
          data-confirm="yes"
          @click=${pressed(() => void this.deliver(choice))}
        >
          ${this.say('task.confirm.send')}
        </button>
        <button
          type="button"
          data-weight="other"
          data-confirm="no"
          @click=${pressed(() => this.goBack(choice))}
        >
          ${this.say('task.confirm.back')}
        </button>
      </div>
    </div>`;
  }

  private setField(name: string, value: string | boolean): void {
    this.draft = { ...this.draft, [name]: value };
    this.missing = this.missing.filter((missing) => missing !== name);
  }

  private choose(choice: Choice): void {
    if (!this.task || this.isSending) return;
    const filled = fillCommand(this.task, choice, this.draft, this.nowMs());
    if (!filled.isReady) return this.showMissing(choice, filled.missing);
    this.missing = [];
    if (choice.confirm === null) return void this.deliver(choice);
    this.asked = choice;
    this.focusNext = `[id="${this.idOf('confirm')}"]`;
  }

  private showMissing(choice: Choice, missing: readonly string[]): void {
    if (!this.task) return;
    this.missing = missing;
    this.announce('alert', this.say('task.missing.announce'));
    const first = fieldsOf(this.task, choice).find(({ name }) => missing.includes(name));
    if (first) this.focusNext = `[id="${this.idOf(first.name)}"], [name="${this.idOf(first.name)}"]`;
  }

  private goBack(choice: Choice): void {
    this.asked = null;
    this.focusNext = `[data-choice="${choice.id}"]`;
  }

  private async deliver(choice: Choice): Promise<void> {
    if (!this.task || this.isSending) return;
    const filled = fillCommand(this.task, choice, this.draft, this.nowMs());
    if (!filled.isReady) return;
    this.isSending = true;
    this.said = null;
    this.thanked = null;
    const taskId = this.task.id;
    const result = await this.send(filled.command, filled.personal);
    this.isSending = false;
    if (this.task?.id !== taskId) return;
    const wasAsked = this.asked !== null;
    this.asked = null;
    if (result.outcome === 'refused') this.said = result.sentence;
    if (result.outcome === 'accepted') this.thank();
    if (wasAsked) this.focusNext = `[id="${this.idOf('title')}"]`;
  }

  /** Where nothing else on the screen shows that it was taken, the page says so, and the questions are open again. */
  private thank(): void {
    if (!this.task?.thanks) return;
    this.draft = {};
    this.thanked = this.tell(this.task.thanks);
    this.announce('status', this.thanked);
  }

  private idOf(part: string): string {
    return `task-${this.task?.id ?? ''}-${part}`;
  }
}
