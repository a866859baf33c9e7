import { ActOutcome, Disposition, type Decision } from '@holdfast/protocol';
import type { RunProjection } from '../../project/projection.js';
import { choice, oneOf, present, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Cannot, Choice, Field, Task } from '../types.js';

/** The emergency contact is a choice only where the client agreed to it in this session (E14, H05). */
const contactAnswer = ({ care }: Scene): string =>
  care.items.find(({ item }) => item === 'emergencyContact')?.answer ?? 'open';
const isGuarded = ({ care }: Scene): boolean => care.safeguarding.isContactGuarded;
/** J13: the contact is a guardian, and a guardian has answered in this run: asking them again finds nobody. */
const hasAnswered = ({ care }: Scene): boolean =>
  care.run?.hasGuardianAnswered === true &&
  care.items.some(({ item, flags }) => item === 'emergencyContact' && flags.isGuardian === true);
const hasContact = (scene: Scene): boolean =>
  contactAnswer(scene) === 'confirmed' && !isGuarded(scene) && !hasAnswered(scene);

export function cannotDecide(scene: Scene): Cannot[] {
  if (scene.care.run === null || hasContact(scene)) return [];
  const answer = contactAnswer(scene);
  const why = answer !== 'confirmed' ? answer : isGuarded(scene) ? 'guardian' : 'answered';
  return [{ command: 'ladder.decide', because: say(`cannot.contact.${why}`), missing: [] }];
}

const MINUTE_MS = 60_000;
const lookAgain = (longestMs: number): Field => ({
  kind: 'lookAgain',
  name: 'lookAgainAtMs',
  label: say('lookAgain.label'),
  options: [...new Set([longestMs / 5, longestMs / 2, longestMs].map(Math.floor))].map((delayMs) =>
    delayMs === MINUTE_MS
      ? { delayMs, label: say('lookAgain.minute') }
      : delayMs > MINUTE_MS
        ? {
            delayMs,
            label: say('lookAgain.minutes', { minutes: Math.round((delayMs * 10) / MINUTE_MS) / 10 }),
          }
        : { delayMs, label: say('lookAgain.seconds', { seconds: Math.round(delayMs / 1000) }) },
  ),
  required: true,
});

export function decideTask(scene: Scene, run: RunProjection): Task {
  const { p, care, isOwner } = scene;
  const decide = (decision: Decision, rest: Partial<Choice> = {}): Choice =>
    choice(
      decision,
      say(`decision.${decision}`),
      { type: 'ladder.decide', client: p.client, run: run.id, decision },
      rest,
    );
  const asked = (decision: Decision): Partial<Choice> => ({
    weight: 'danger',
    confirm: say(`decision.${decision}.confirm`),
  });
  const choices = present([
    hasContact(scene) && decide('ringEmergencyContact', asked('ringEmergencyContact')),
    decide('ringEmergencyServices', asked('ringEmergencyServices')),
    care.mayPhone && decide('ringClientAgain'),
    run.deciding !== 'idle' && decide('notNow', { fields: ['lookAgainAtMs'] }),
  ]);
  return task('decide', say('staff.decide.title'), choices, {
    why: say('staff.decide.why'),
    fields: [lookAgain(care.notNowMs)],
    dueAtMs: run.deadlines['decide'] ?? run.deadlines['lookAgain'] ?? null,
    urgency: isOwner && run.deciding === 'undecided' ? 'now' : 'normal',
  });
}

export function actTask({ p, isOwner }: Scene, run: RunProjection): Task {
  const choices = ActOutcome.options.map((outcome) =>
    choice(outcome, say(`act.${outcome}`), {
      type: 'ladder.recordAct',
      client: p.client,
      run: run.id,
      outcome,
    }),
  );
  return task('act', say(`staff.act.${run.decision ?? 'ringEmergencyServices'}`), choices, {
    why: say('staff.act.why'),
    dueAtMs: run.deadlines['act'] ?? null,
    urgency: isOwner ? 'now' : 'normal',
  });
}

export function disposeTask({ p, isOwner }: Scene, run: RunProjection): Task {
  const dispose = choice(
    'dispose',
    say('staff.dispose.send'),
    { type: 'ladder.dispose', client: p.client, run: run.id, disposition: 'safeByReport' },
    { fields: ['disposition', 'rationaleRef'], confirm: say('staff.dispose.confirm') },
  );
  const rationale: Field = {
    kind: 'reference',
    name: 'rationaleRef',
    label: say('rationaleRef.label'),
    required: false,
  };
  const isNow = run.deciding === 'settling' || run.status === 'exhausted';
  return task('dispose', say('staff.dispose.title'), [dispose], {
    why: say('staff.dispose.why'),
    fields: [oneOf('disposition', 'disposition', Disposition.options), rationale],
    dueAtMs: run.deadlines['act'] ?? null,
    urgency: isOwner && isNow ? 'now' : 'normal',
  });
}

export const standDownTask = ({ p, isOwner }: Scene, run: RunProjection): Task =>
  task(
    'standDown',
    say('staff.standDown.title'),
    [
      choice('standDown', say('staff.standDown.send'), {
        type: 'ladder.standDown',
        client: p.client,
        run: run.id,
      }),
    ],
    { why: say('staff.standDown.why'), urgency: isOwner ? 'now' : 'normal' },
  );
