import type { Command } from '@holdfast/protocol';
import type { Choice, Field, Message, Task } from './types.js';

/** A sentence of the catalogue. */
export const say = (key: string, params?: Message['params']): Message =>
  params === undefined ? { key } : { key, params };

/** One way to settle a task; plain unless told otherwise. */
export const choice = (id: string, label: Message, command: Command, rest: Partial<Choice> = {}): Choice => ({
  id,
  label,
  command,
  fields: [],
  weight: 'other',
  confirm: null,
  ...rest,
});

/** A task; nobody waits for it and it is nobody's by hand unless told otherwise. */
export const task = (
  id: string,
  title: Message,
  choices: readonly Choice[],
  rest: Partial<Task> = {},
): Task => ({
  id,
  title,
  why: null,
  item: null,
  text: null,
  fields: [],
  choices,
  dueAtMs: null,
  urgency: 'normal',
  isOwnToDo: false,
  isQuiet: false,
  thanks: null,
  ...rest,
});

/** A list of codes to choose from; each has its word under `prefix`. */
export const oneOf = (name: string, prefix: string, values: readonly string[]): Field => ({
  kind: 'choice',
  name,
  label: say(`${prefix}.label`),
  options: values.map((value) => ({ value, label: say(`${prefix}.${value}`) })),
  required: true,
});

/** Several codes of a list, at least one; each has its word under `prefix`. */
export const severalOf = (name: string, prefix: string, values: readonly string[]): Field => ({
  kind: 'choices',
  name,
  label: say(`${prefix}.label`),
  options: values.map((value) => ({ value, label: say(`${prefix}.${value}`) })),
  required: true,
});

/** `true` where the value is there: keeps lists of optional parts readable. */
export const present = <T>(values: readonly (T | null | false | undefined)[]): T[] =>
  values.filter((value): value is T => value !== null && value !== false && value !== undefined);
