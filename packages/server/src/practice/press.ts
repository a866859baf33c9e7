import type { Command, Personal, VaultKey } from '@holdfast/protocol';
import type { Choice, Field, Task, View } from '@holdfast/session';
import type { Press } from './script.js';

/** Words of nobody: numbers that no telephone has, an address that is nowhere. */
const WORDS: Readonly<Partial<Record<VaultKey, string>>> = {
  callBackNumber: '+44 1632 960001',
  contactNumber: '+44 1632 960002',
  contactName: 'Kit Example (practice)',
  address: '1 Practice Street, Exampletown',
  addressUnit: 'Flat 2',
  entryNotes: 'Ring twice',
  backUpChannel: 'telephone',
};
const OTHER_WORDS = 'practice';

/** All others are said to be so. */
const NOT_SO: readonly string[] = ['safeToLeaveMessage', 'hasSafeWord', 'isGuardian', 'othersPresent'];
const SOME_DAY = '2030-01-01';

/** What is sent when a choice is pressed with every question answered. */
export interface Pressed {
  readonly command: Command;
  readonly personal: Personal | undefined;
}

/** The first choice of that kind that a screen offers, filled in; null where there is none. */
export function offered(view: View, press: Press, nowMs: number): Pressed | null {
  const action = view.actions.find(({ command }) => isMeant(command, press));
  if (action !== undefined) return { command: action.command, personal: undefined };
  for (const task of view.tasks) {
    if (task.urgency === 'done' || task.isOwnToDo) continue;
    const choice = task.choices.find(({ command }) => isMeant(command, press));
    if (choice !== undefined) return filled(task, choice, nowMs);
  }
  return null;
}

function isMeant(command: Command, { type, with: wanted = {}, notItems = [] }: Press): boolean {
  const fields: Readonly<Record<string, unknown>> = { ...command };
  const isOther = notItems.some((item) => item === fields['item']);
  return (
    command.type === type &&
    !isOther &&
    Object.entries(wanted).every(([name, value]) => fields[name] === value)
  );
}

/** As a person would who answers all that is asked. */
export function filled(task: Task, choice: Choice, nowMs: number): Pressed {
  const fields = task.fields.filter(({ name, required }) => required && choice.fields.includes(name));
  const values: Record<string, unknown> = {};
  const flags: Record<string, boolean> = {};
  const words: Partial<Record<VaultKey, string>> = {};
  for (const field of fields) {
    if (field.kind === 'flag') flags[field.name] = !NOT_SO.includes(field.name);
    else if (field.kind === 'personal') words[field.name] = WORDS[field.name] ?? OTHER_WORDS;
    else values[field.name] = valueOf(field, nowMs);
  }
  const given = choice.command.type === 'item.answer' ? choice.command.flags : undefined;
  const all = { ...given, ...flags };
  return {
    // Checked where every command is: by the session server, which refuses what it does not know.
    command: {
      ...choice.command,
      ...values,
      ...(Object.keys(all).length === 0 ? {} : { flags: all }),
    } as Command,
    personal: Object.keys(words).length === 0 ? undefined : words,
  };
}

function valueOf(field: Exclude<Field, { kind: 'flag' | 'personal' }>, nowMs: number): unknown {
  switch (field.kind) {
    case 'choice':
      return field.options[0]?.value;
    case 'choices':
      return field.options.slice(0, 1).map(({ value }) => value);
    case 'date':
      return SOME_DAY;
    case 'reference':
      return 'practice';
    case 'lookAgain':
      return Math.round(nowMs + (field.options[0]?.delayMs ?? 0));
  }
}
