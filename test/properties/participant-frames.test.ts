import { project } from '@holdfast/session/authority';
import {
  admitted,
  aLiveSession,
  ANSWERS,
  CLIENT,
  deviceOf,
  DUTY,
  PARTICIPANTS,
  PRACTITIONER,
  theirConsent,
  type Walk,
} from '@holdfast/session/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const client = CLIENT;
const THIRDS = PARTICIPANTS.map(({ id }) => id);
const [IN = 'supporter', OUT = 'interpreter'] = THIRDS;
const PEOPLE = [PRACTITIONER, CLIENT, ...THIRDS] as const;

/** A session with one participant in the room and the others not yet. */
const start = (): Walk => admitted(aLiveSession({ others: PARTICIPANTS }), IN).join(OUT);

type Happening = readonly [name: string, inBoth: (walk: Walk) => void];
const person = fc.constantFrom(...PEOPLE);

/** What participants may see, or what is theirs: it happens in both sessions. */
const shared = fc.oneof(
  fc.integer({ min: 1, max: 400_000 }).map((ms): Happening => [`+${ms}`, (walk) => walk.by(ms)]),
  fc.constantFrom<Happening>(['cut', (walk) => walk.cut()], ['heal', (walk) => walk.heal()]),
  person.map((one): Happening => [`${one} leaves`, (walk) => walk.leave(one)]),
  person.map((one): Happening => [`${one} joins`, (walk) => walk.join(one)]),
  person.map((one): Happening => [`${one} silent`, (walk) => walk.silent(one)]),
  person.map((one): Happening => [
    `${one} unloads`,
    (walk) => walk.state({ type: 'device.unloading', person: one, device: deviceOf(one) }, one),
  ]),
  fc
    .tuple(
      fc.constantFrom(...THIRDS),
      fc.constantFrom('admit', 'hold', 'remove', 'clientAgrees', 'clientRefuses'),
    )
    .map(([one, what]): Happening => [
      `${what} ${one}`,
      (walk) => walk.say(PRACTITIONER, { type: `participant.${what}` as 'participant.admit', person: one }),
    ]),
  fc
    .constantFrom(...THIRDS)
    .map((one): Happening => [`${one} consents`, (walk) => walk.say(one, theirConsent(one))]),
  fc
    .constantFrom(...THIRDS)
    .map((one): Happening => [
      `who ${one} is`,
      (walk) =>
        walk.say(PRACTITIONER, { type: 'participant.confirmIdentity', person: one, method: 'document' }),
    ]),
);

/** What they must not see: it happens in one session only. */
const hidden = fc.constantFrom<Happening>(
  ['risk', (walk) => walk.say(PRACTITIONER, { type: 'risk.raise', client })],
  ['no risk', (walk) => walk.say(PRACTITIONER, { type: 'risk.lower', client, reason: 'reassessed' })],
  ['help', (walk) => walk.say(CLIENT, { type: 'help.ask', client })],
  ['signal', (walk) => walk.say(CLIENT, { type: 'privacy.signal', client })],
  ['moved', (walk) => walk.say(CLIENT, { type: 'item.reopen', item: 'location' })],
  ['not safe', (walk) => walk.say(CLIENT, { ...ANSWERS.emergencyContact, answer: 'notSafe' })],
  [
    'do not ring',
    (walk) =>
      walk.say(CLIENT, {
        ...ANSWERS.callBackNumber,
        flags: { safeToRing: false, safeToLeaveMessage: false },
      }),
  ],
  ['plan', (walk) => walk.say(PRACTITIONER, { type: 'plan.raise', client, because: 'presentation' })],
  ['told', (walk) => walk.say(PRACTITIONER, { type: 'client.tell', client, step: 'stayTogether' })],
  ['call', (walk) => walk.recordCall('noAnswer')],
  [
    'decide',
    (walk) =>
      walk.say(PRACTITIONER, {
        type: 'ladder.decide',
        client,
        run: walk.runId,
        decision: 'ringEmergencyServices',
      }),
  ],
  ['take over', (walk) => walk.say(DUTY[0], { type: 'ladder.takeOver', client, run: walk.runId })],
  ['near miss', (walk) => walk.say(DUTY[0], { type: 'nearMiss.flag', kind: 'overheard' })],
);

/** The same for them: outside by a pathway in one session, by the practitioner's own word in the other. */
const PATHWAYS = [
  { type: 'crisis.open', client },
  { type: 'safeguarding.open', client, about: 'adult' },
] as const;
const held = fc.constantFrom(...PATHWAYS);

const frames = (walk: Walk): string => JSON.stringify(THIRDS.map((one) => project(walk.session, one, {})));

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: shared.map((made) => ({ kind: 'both', made }) as const) },
    { weight: 3, arbitrary: hidden.map((made) => ({ kind: 'one', made }) as const) },
    { weight: 1, arbitrary: held.map((made) => ({ kind: 'held', made }) as const) },
  ),
  { minLength: 1, maxLength: 25 },
);

test('[J7][H26][V1] two sessions that differ only in what a participant must not see give them the same bytes', () => {
  fc.assert(
    fc.property(steps, (made) => {
      const [one, other] = [start(), start()];
      for (const step of made) {
        if (step.kind === 'one') step.made[1](one);
        else if (step.kind === 'both') for (const walk of [one, other]) step.made[1](walk);
        else {
          one.forget().say(PRACTITIONER, step.made);
          // Only where it was opened now: what is open already holds nobody anew.
          if (one.kinds.includes('participant.heldOutside'))
            for (const who of THIRDS) other.say(PRACTITIONER, { type: 'participant.hold', person: who });
        }
        expect(frames(one), step.kind).toBe(frames(other));
      }
    }),
    { numRuns: 150 },
  );
});
