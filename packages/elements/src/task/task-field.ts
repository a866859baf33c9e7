import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Field, Message } from '@holdfast/session';
import { chosenOf, joined, valueOf, type Draft } from './fill-command.js';

/** What a field needs to be drawn: ids that are unique on the screen, the words, and where an answer goes. */
export interface FieldContext {
  readonly id: string;
  readonly draft: Draft;
  readonly isMissing: boolean;
  readonly say: (message: Message) => string;
  readonly set: (name: string, value: string | boolean) => void;
}

const MISSING = {
  flag: 'task.missing.flag',
  personal: 'task.missing.text',
  reference: 'task.missing.reference',
  choice: 'task.missing.choice',
  choices: 'task.missing.choice',
  lookAgain: 'task.missing.choice',
  date: 'task.missing.date',
} as const;

/** A question with its answer: yes/no as a radio pair that is never pre-ticked (H13), words, a choice, or a day. */
export function fieldTemplate(field: Field, context: FieldContext): TemplateResult {
  switch (field.kind) {
    case 'flag':
      return radios(field, context, [
        { value: true, label: context.say({ key: 'task.yes' }) },
        { value: false, label: context.say({ key: 'task.no' }) },
      ]);
    case 'choice':
      return radios(
        field,
        context,
        field.options.map(({ value, label }) => ({ value, label: context.say(label) })),
      );
    case 'choices':
      return boxes(field, context);
    case 'lookAgain':
      return radios(
        field,
        context,
        field.options.map(({ delayMs, label }) => ({ value: String(delayMs), label: context.say(label) })),
      );
    case 'personal':
      return line(field, context, field.input);
    case 'reference':
      return line(field, context, 'text');
    case 'date':
      return line(field, context, 'date');
  }
}

interface Option {
  readonly value: string | boolean;
  readonly label: string;
}

function radios(field: Field, context: FieldContext, options: readonly Option[]): TemplateResult {
  const { id, isMissing } = context;
  const current = valueOf(field, context.draft);
  return html`<fieldset
    class="field"
    ?data-wrong=${isMissing}
    aria-describedby=${isMissing ? `${id}-wrong` : nothing}
    role="radiogroup"
    aria-required=${field.required ? 'true' : nothing}
  >
    <legend>${context.say(field.label)} ${optional(field, context)}</legend>
    <div class="radios" ?data-many=${options.length > 2}>
      ${repeat(
        options,
        ({ value }) => value,
        (option) =>
          html`<label
            ><input
              type="radio"
              name=${id}
              .checked=${live(current === option.value)}
              @change=${() => context.set(field.name, option.value)}
            />${option.label}</label
          >`,
      )}
    </div>
    ${wrong(field, context)}
  </fieldset>`;
}

/** Several of a list, none of them ticked beforehand (H13). */
function boxes(field: Extract<Field, { kind: 'choices' }>, context: FieldContext): TemplateResult {
  const { id, isMissing } = context;
  const chosen = chosenOf(valueOf(field, context.draft));
  const toggled = (value: string): string =>
    joined(
      field.options.map((option) => option.value).filter((one) => chosen.includes(one) !== (one === value)),
    );
  return html`<fieldset
    class="field"
    ?data-wrong=${isMissing}
    aria-describedby=${isMissing ? `${id}-wrong` : nothing}
  >
    <legend>${context.say(field.label)} ${optional(field, context)}</legend>
    <div class="radios" data-many>
      ${repeat(
        field.options,
        ({ value }) => value,
        ({ value, label }) =>
          html`<label
            ><input
              type="checkbox"
              name=${id}
              .checked=${live(chosen.includes(value))}
              @change=${() => context.set(field.name, toggled(value))}
            />${context.say(label)}</label
          >`,
      )}
    </div>
    ${wrong(field, context)}
  </fieldset>`;
}

function line(field: Field, context: FieldContext, type: 'text' | 'tel' | 'date'): TemplateResult {
  const { id, isMissing } = context;
  const current = valueOf(field, context.draft);
  // No autocomplete and no spelling service: what is written here must not stay on a shared device (A06, H29).
  return html`<div class="field" ?data-wrong=${isMissing}>
    <label class="label" for=${id}>${context.say(field.label)} ${optional(field, context)}</label>
    <input
      id=${id}
      type=${type}
      maxlength="500"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      .value=${live(typeof current === 'string' ? current : '')}
      aria-invalid=${isMissing ? 'true' : nothing}
      aria-describedby=${isMissing ? `${id}-wrong` : nothing}
      aria-required=${field.required ? 'true' : nothing}
      @input=${(event: Event) => context.set(field.name, (event.target as HTMLInputElement).value)}
    />
    ${wrong(field, context)}
  </div>`;
}

const optional = (field: Field, context: FieldContext): TemplateResult | typeof nothing =>
  field.required ? nothing : html`<span class="optional">${context.say({ key: 'task.optional' })}</span>`;

const wrong = (field: Field, context: FieldContext): TemplateResult | typeof nothing =>
  context.isMissing
    ? html`<p class="wrong" id="${context.id}-wrong">${context.say({ key: MISSING[field.kind] })}</p>`
    : nothing;
