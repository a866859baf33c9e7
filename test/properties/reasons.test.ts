import type { Command } from '@holdfast/protocol';
import {
  aLiveSession,
  aWaitingSession,
  ANSWERS,
  CLIENT,
  DUTY,
  PRACTITIONER,
} from '@holdfast/session/testing';
import { unreasonedOf, type Walk } from '@holdfast/session/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unreasoned } from './pathway-invariants.js';

const client = CLIENT;
type Make = (walk: Walk) => void;
const says =
  (command: Command, by: string = PRACTITIONER): Make =>
  (walk) =>
    void walk.say(by, command);
const ref = fc.constantFrom({}, { rationaleRef: 'note-1' });
const end: Make = (walk) => {
  walk.say(PRACTITIONER, { type: 'session.end' });
  walk.say(PRACTITIONER, { type: 'closing.dispose', disposition: 'followUpArranged' });
};
const close = says({ type: 'session.close' });

/** Ends what is open, without a reference: all that is owed then are the reasons. */
const endAll: Make = (walk) => {
  walk.heal().by(6000);
  const { runId: run } = walk;
  for (const command of [
    { type: 'ladder.confirmTogether', client, run },
    { type: 'ladder.dispose', client, run, disposition: 'safeByReport' },
    { type: 'crisis.resolve', client, exit: 'helpOnScene' },
    { type: 'privacy.resolve', client, outcome: 'falseAlarm', isFreeToSpeak: true },
    { type: 'safeguarding.decide', client, threshold: 'no', consentSought: 'yes', rationaleRef: 'n1' },
    { type: 'safeguarding.setContactPlan', client, plan: 'notNeeded', because: 'contactIsSafe' },
    { type: 'safeguarding.settle', client, reason: 'noFurtherAction' },
  ] satisfies Command[])
    says(command)(walk);
};

/** Whatever opens a pathway, moves it or ends it, with and without a reference. */
const walking = fc.oneof(
  fc.constant(says({ type: 'crisis.open', client })),
  ref.map((given) => says({ type: 'crisis.resolve', client, exit: 'helpOnScene', ...given })),
  ref.map((given) => says({ type: 'crisis.resolve', client, exit: 'clientSafe', ...given })),
  fc.constant(says({ type: 'privacy.open', client })),
  fc.constant(says({ type: 'privacy.resolve', client, outcome: 'falseAlarm', isFreeToSpeak: true })),
  fc.constant(says({ type: 'safeguarding.open', client, about: 'adult' })),
  fc.constant<Make>((walk) => {
    says({ type: 'safeguarding.decide', client, threshold: 'no', consentSought: 'yes', rationaleRef: 'n1' })(
      walk,
    );
    says({ type: 'safeguarding.setContactPlan', client, plan: 'notNeeded', because: 'contactIsSafe' })(walk);
    says({ type: 'safeguarding.settle', client, reason: 'noFurtherAction' })(walk);
  }),
  fc.constant(says({ ...ANSWERS.suitability, answer: 'notSuitable', because: 'highVolatileRisk' })),
  fc.constant(
    says({
      type: 'suitability.offerAlternative',
      client,
      kind: 'phone',
      dueOn: '2027-01-01',
      route: 'referrer',
    }),
  ),
  fc.constant(says({ type: 'attendance.openNoShow', client })),
  fc.constant<Make>((walk) => void walk.cut().by(480_000)),
  fc.constant<Make>((walk) => void walk.heal().by(5000)),
  fc.constant<Make>((walk) => {
    walk.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: walk.runId });
  }),
  ref.map(
    (given): Make =>
      (walk) =>
        void walk.say(PRACTITIONER, {
          type: 'ladder.dispose',
          client,
          run: walk.runId,
          disposition: 'safeByReport',
          ...given,
        }),
  ),
  fc.constant(says({ type: 'session.goLive' })),
  fc.constant<Make>((walk) => void walk.by(60_000)),
  fc.constant(end),
  fc.constant(close),
);

const settling = fc
  .tuple(fc.nat(3), fc.constantFrom('give', 'handOver'), fc.constantFrom(PRACTITIONER, DUTY[0], CLIENT))
  .map(([index, way, by]): Make => (walk) => {
    const pathway = unreasonedOf(walk)[index];
    if (pathway === undefined) return;
    if (way === 'give') walk.say(by, { type: 'closing.giveRationale', pathway, rationaleRef: 'note-2' });
    else walk.say(by, { type: 'closing.handOverFollowUp', followUp: `why.${pathway}`, to: DUTY[1] });
  });

const STARTS: Readonly<Record<string, () => Walk>> = {
  'a session that waits': () => aWaitingSession(),
  'a live session': () => aLiveSession(),
};

for (const [name, start] of Object.entries(STARTS))
  test(`[F9][F10][A20] in any order, from ${name}: closed only with a decision and its reference, or a named person who owes it`, () => {
    let closed = 0;
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 3, arbitrary: walking }, settling), { maxLength: 25 }),
        fc.boolean(),
        fc.array(settling, { minLength: 4, maxLength: 8 }),
        (steps, isEnded, last) => {
          const walk = start();
          const holds = (): void => {
            const { session, nowMs, events, effects } = walk;
            expect(unreasoned({ session, nowMs, events, effects })).toBeNull();
          };
          for (const make of steps) {
            make(walk);
            holds();
          }
          for (const make of [...(isEnded ? [endAll] : []), end, ...last, close]) make(walk);
          holds();
          if (walk.value('lifecycle:session') === 'closed' && walk.kinds.includes('pathway.ended'))
            closed += 1;
        },
      ),
      { numRuns: 200 },
    );
    expect(closed, 'sessions that were closed over a pathway that was walked').toBeGreaterThan(5);
  });
