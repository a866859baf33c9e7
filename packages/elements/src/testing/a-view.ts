import type { Choice, Field, Message, Task, View } from '@holdfast/session';

/** A sentence of its own: a key that no catalogue has is shown as it is. */
export const sentence = (key: string): Message => ({ key });

/** The instant at which the views of every stage are taken. */
export const NOON_MS = Date.UTC(2026, 0, 5, 12, 0, 0);

/** A view of the client, live and calm, with what the test names changed. */
export const aView = (change: Partial<View> = {}): View => ({
  role: 'client',
  person: 'c1',
  client: 'c1',
  stage: 'live',
  drill: false,
  headline: sentence('You are in your session'),
  explanation: [],
  whoActs: 'nobody',
  notices: [],
  tasks: [],
  deadlines: [],
  facts: [],
  cannot: [],
  people: [],
  actions: [],
  reports: [],
  showsVideo: false,
  adjustments: null,
  line: { isUp: true, unsent: 0, sinceMs: null },
  ...change,
});

/** A task that is settled by one plain answer, with what the test names changed. */
export const aTask = (change: Partial<Task> = {}): Task => ({
  id: 'consent',
  title: sentence('Do you agree to a video session?'),
  why: null,
  item: null,
  text: null,
  fields: [],
  choices: [aChoice()],
  dueAtMs: null,
  urgency: 'normal',
  isOwnToDo: false,
  isQuiet: false,
  thanks: null,
  ...change,
});

/** A choice with a command that no rule minds; `change` says what is different. */
export const aChoice = (change: Partial<Choice> = {}): Choice => ({
  id: 'yes',
  label: sentence('Yes, I agree'),
  command: { type: 'item.answer', item: 'consent', answer: 'confirmed' },
  fields: [],
  weight: 'main',
  confirm: null,
  ...change,
});

/** A yes-or-no field. */
export const aFlag = (name: string, label: string, required = true): Field => ({
  kind: 'flag',
  name,
  label: sentence(label),
  required,
});
