import { Command, type Personal, type VaultKey } from '@holdfast/protocol';
import type { Choice, Field, Task } from '@holdfast/session';

/** What a person has put into the fields of a task so far, by the field's name. Absent: not answered. */
export type Draft = Readonly<Record<string, string | boolean>>;

/** Several codes as one text of a draft, and back: codes hold no spaces. */
export const joined = (codes: readonly string[]): string => codes.join(' ');
/** See {@link joined}. */
export const chosenOf = (value: string | boolean | undefined): readonly string[] =>
  typeof value === 'string' && value !== '' ? value.split(' ') : [];

/** A command ready to be sent, or the names of the fields that still need an answer. */
export type Filled =
  | { readonly isReady: true; readonly command: Command; readonly personal: Personal | undefined }
  | { readonly isReady: false; readonly missing: readonly string[] };

/** The fields that go with a choice, in the order of the task. */
export const fieldsOf = (task: Task, choice: Choice): readonly Field[] =>
  task.fields.filter((field) => choice.fields.includes(field.name));

/** What a field holds: the draft's value, else words that are known already (asked once, shown again: WCAG 3.3.7). */
export function valueOf(field: Field, draft: Draft): string | boolean | undefined {
  const drafted = draft[field.name];
  if (drafted !== undefined) return drafted;
  return field.kind === 'personal' && field.current !== null ? field.current : undefined;
}

const isAnswered = (field: Field, draft: Draft): boolean => {
  const value = valueOf(field, draft);
  return typeof value === 'boolean' || (value !== undefined && value.trim() !== '');
};

/** Puts a draft into a choice's command. Nothing is assumed: a flag that was not answered is not sent (H13). */
export function fillCommand(task: Task, choice: Choice, draft: Draft, nowMs: number): Filled {
  const fields = fieldsOf(task, choice);
  const missing = fields
    .filter((field) => field.required && !isAnswered(field, draft))
    .map(({ name }) => name);
  if (missing.length > 0) return { isReady: false, missing };
  const answered = fields.filter((field) => isAnswered(field, draft));
  const parsed = Command.safeParse({
    ...choice.command,
    ...valuesFor(choice.command, answered, draft, nowMs),
  });
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]));
    return { isReady: false, missing: answered.map(({ name }) => name).filter((name) => wrong.has(name)) };
  }
  return { isReady: true, command: parsed.data, personal: personalOf(answered, draft) };
}

function valuesFor(
  command: Command,
  fields: readonly Field[],
  draft: Draft,
  nowMs: number,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const flags: Record<string, boolean> = {};
  for (const field of fields) {
    const value = valueOf(field, draft);
    if (field.kind === 'flag') flags[field.name] = value === true;
    else if (field.kind === 'lookAgain') values[field.name] = Math.round(nowMs + Number(value));
    else if (field.kind === 'choices') values[field.name] = chosenOf(value);
    else if (field.kind !== 'personal') values[field.name] = value;
  }
  if (Object.keys(flags).length === 0) return values;
  const given = command.type === 'item.answer' ? command.flags : undefined;
  return { ...values, flags: { ...given, ...flags } };
}

function personalOf(fields: readonly Field[], draft: Draft): Personal | undefined {
  const words: Partial<Record<VaultKey, string>> = {};
  for (const field of fields) {
    const value = valueOf(field, draft);
    if (field.kind === 'personal' && typeof value === 'string')
      words[field.name] = value.trim().slice(0, 500);
  }
  return Object.keys(words).length === 0 ? undefined : words;
}
