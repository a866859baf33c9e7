import { FEEDBACK_QUESTIONS, type Command } from '@holdfast/protocol';
import { choice, say, task } from '../say.js';
import type { Field, Task } from '../types.js';

const ANSWERS = ['yes', 'no', 'unsure'] as const;
const nothingSaid: Extract<Command, { type: 'feedback.give' }> = {
  type: 'feedback.give',
  safety: 'skipped',
  privacy: 'skipped',
  access: 'skipped',
  nextSteps: 'skipped',
};

const question = (name: (typeof FEEDBACK_QUESTIONS)[number]): Field => ({
  kind: 'choice',
  name,
  label: say(`feedback.${name}`),
  options: ANSWERS.map((value) => ({ value, label: say(`feedback.answer.${value}`) })),
  required: false,
});

/** The questions at the end (A50): each can be left out, all of them can, and nothing waits for any of them. */
export const feedbackTask = (): Task =>
  task(
    'feedback',
    say('feedback.title'),
    [
      choice('give', say('feedback.give'), nothingSaid, { fields: FEEDBACK_QUESTIONS, weight: 'main' }),
      choice('skip', say('feedback.skip'), nothingSaid),
    ],
    { why: say('feedback.why'), fields: FEEDBACK_QUESTIONS.map(question) },
  );
