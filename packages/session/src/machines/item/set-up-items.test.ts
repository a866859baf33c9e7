import {
  referencePolicy,
  SUITABILITY_REASONS,
  type Command,
  type ItemName,
  type Policy,
} from '@holdfast/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { project } from '../../project/project.js';
import type { ItemProjection, PractitionerProjection } from '../../project/projection.js';
import { aDevice } from '../../testing/a-projection.js';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  SETTLED_BY_TALKING,
  type Walk,
} from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import { view } from '../../view/view.js';
import { gateOf } from '../lifecycle/gate.js';
import type { ItemContext } from './answers.js';

type AnswerCommand = Extract<Command, { type: 'item.answer' }>;

const care = (walk: Walk) => (project(walk.session, PRACTITIONER) as PractitionerProjection).care;
const itemOf = (walk: Walk, name: ItemName): ItemProjection | undefined =>
  care(walk).items.find(({ item }) => item === name);
const contextOf = (walk: Walk, name: ItemName) => walk.session.charts[`item:${name}`]?.context as ItemContext;
const shown = (walk: Walk) => {
  const held = project(walk.session, PRACTITIONER);
  if (held === null) throw new Error('no practitioner');
  return view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
};
const taskOf = (walk: Walk, name: ItemName) => shown(walk).tasks.find(({ item }) => item === name);
const codeOf = (walk: Walk, command: Command, by = PRACTITIONER) =>
  walk.say(by, command).lastRefusal?.code ?? null;
const answer = (item: ItemName, rest: Partial<AnswerCommand>): AnswerCommand => ({
  ...ANSWERS[item],
  ...rest,
});
const settingUp = (options: Parameters<typeof aWaitingSession>[0] = {}) =>
  aWaitingSession(options).say(PRACTITIONER, { type: 'person.admit', person: CLIENT });

describe('items that do not concern a session', () => {
  const ASIDE = ['competency', 'guardianConsent', 'localRoute'] as const;

  test.each(ASIDE)('[I9] %s is there, settled, asks nothing, and takes no command', (name) => {
    const walk = settingUp();
    expect(itemOf(walk, name)).toMatchObject({ state: 'notApplicable', isSettled: true, answer: null });
    expect(gateOf(walk.session).missing.live).not.toContain(name);
    expect(taskOf(walk, name)).toMatchObject({
      urgency: 'done',
      choices: [],
      why: { key: 'item.state.notApplicable' },
    });
    for (const command of [
      ANSWERS[name],
      { type: 'item.reopen', item: name },
      { type: 'item.override', item: name, reason: 'crisis' },
    ] as const)
      expect(codeOf(walk, command)).toBe('not-now');
    expect(
      walk.say(PRACTITIONER, { type: 'crisis.open', client: CLIENT }).value(`item:guardianConsent`),
    ).toBe('notApplicable');
  });
});

describe('suitability', () => {
  const outcomes = ['confirmed', 'withExtraControls', 'notSuitable'] as const;
  const FLAGS = ['isEligible', 'hasAccess', 'canEngage'] as const;

  test('[I10 A16 A52] three outcomes before media: two settle it, the third keeps media shut', () => {
    const settles = outcomes.map((outcome) => {
      const walk = aWaitingSession().say(
        PRACTITIONER,
        answer('suitability', {
          answer: outcome,
          ...(outcome === 'confirmed' ? {} : { because: 'highVolatileRisk' }),
        }),
      );
      return [walk.lastRefusal, gateOf(walk.session).missing.media];
    });
    expect(settles).toEqual([
      [null, []],
      [null, []],
      [null, ['suitability']],
    ]);
  });

  test('[I10 D03] rules, access and taking part are each asked, with every outcome', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...outcomes),
        fc.record(
          { isEligible: fc.boolean(), hasAccess: fc.boolean(), canEngage: fc.boolean() },
          { requiredKeys: [] },
        ),
        (outcome, flags) => {
          const because = outcome === 'confirmed' ? {} : { because: 'noRealisticAccess' };
          const isAsked = FLAGS.every((flag) => flags[flag] !== undefined);
          const isProper =
            isAsked && (outcome !== 'confirmed' || FLAGS.every((flag) => flags[flag] === true));
          const code = codeOf(aWalk(), answer('suitability', { answer: outcome, flags, ...because }));
          expect(code).toBe(isProper ? null : 'bad-answer');
        },
      ),
      { numRuns: 60 },
    );
  });

  test('[I10 A52] a reason is one of the protocol or of the policy, and goes with these outcomes only', () => {
    const policy: Policy = { ...referencePolicy, suitabilityReasons: ['noInterpreter'] };
    const said = (because: string | undefined, outcome: (typeof outcomes)[number] = 'notSuitable') =>
      codeOf(aWalk({ policy }), answer('suitability', { answer: outcome, ...(because && { because }) }));
    for (const reason of [...SUITABILITY_REASONS, 'noInterpreter']) expect(said(reason)).toBeNull();
    expect([said('dislikesVideo'), said(undefined), said('noInterpreter', 'confirmed')]).toEqual([
      'bad-answer',
      'bad-answer',
      'bad-answer',
    ]);
    expect(care(aWalk({ policy })).setUp.suitabilityReasons).toContain('noInterpreter');
    const walk = aWalk({ policy }).say(
      PRACTITIONER,
      answer('suitability', { answer: 'withExtraControls', because: 'noInterpreter' }),
    );
    expect(walk.events.at(-1)).toMatchObject({
      kind: 'item.answered',
      outcome: 'withExtraControls',
      details: { because: 'noInterpreter', hasAccess: true },
    });
  });

  test('[I12 D13] a first contact by video is warned about, and not blocked', () => {
    const whys = [true, false].map(
      (isFirst) => taskOf(aWalk({ appointment: { isFirst } }), 'suitability')?.why?.key,
    );
    expect(whys).toEqual(['item.suitability.first', 'practitioner.item.suitability.why']);
    expect(codeOf(aWalk({ appointment: { isFirst: true } }), ANSWERS.suitability)).toBeNull();
  });
});

describe('identity', () => {
  const methodsOf = (walk: Walk): readonly string[] =>
    taskOf(walk, 'identity')?.fields.flatMap((field) =>
      field.kind === 'choice' && field.name === 'method' ? field.options.map(({ value }) => value) : [],
    ) ?? [];

  test.each([
    [true, 'bad-answer', ['nameAndBirthDate', 'document']],
    [false, null, ['nameAndBirthDate', 'document', 'knownFromBefore']],
  ] as const)('[I13 E04] first session %s: a light check is refused with %s', (isFirst, code, methods) => {
    const walk = settingUp({ appointment: { isFirst } });
    expect(methodsOf(walk)).toEqual(methods);
    expect(codeOf(walk, answer('identity', { method: 'knownFromBefore' }))).toBe(code);
    expect(codeOf(settingUp({ appointment: { isFirst } }), ANSWERS.identity)).toBeNull();
  });

  test('[I13 A09] with doubt there are three ways: another proof, stop, or go on with a reason', () => {
    const doubt = answer('identity', { answer: 'notSure', method: 'nameAndBirthDate' });
    const walk = settingUp().say(PRACTITIONER, doubt);
    expect(taskOf(walk, 'identity')).toMatchObject({ why: { key: 'item.identity.doubt' } });
    expect(taskOf(walk, 'identity')?.choices.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['confirmed', 'stop', 'override']),
    );
    expect(methodsOf(walk)).toEqual(['document']);
    expect(codeOf(walk, answer('identity', { method: 'nameAndBirthDate' }))).toBe('bad-answer');
    expect(codeOf(walk, answer('identity', { method: 'document' }))).toBeNull();
    expect(contextOf(walk, 'identity')).toMatchObject({ answer: 'confirmed', method: 'document' });
  });

  test('[I13][A09] asking anew, passing over and a second doubt forget none of it; what settles it does', () => {
    const doubt = (method: 'nameAndBirthDate' | 'document') =>
      answer('identity', { answer: 'notSure', method });
    const walk = settingUp({ appointment: { isFirst: false } }).say(PRACTITIONER, doubt('document'));
    walk.say(PRACTITIONER, { type: 'item.reopen', item: 'identity' });
    expect(codeOf(walk, answer('identity', { method: 'document' }))).toBe('bad-answer');
    walk.say(PRACTITIONER, { type: 'item.override', item: 'identity', reason: 'clinicalJudgement' });
    expect(codeOf(walk, answer('identity', { method: 'document' }))).toBe('bad-answer');
    walk.say(PRACTITIONER, doubt('nameAndBirthDate'));
    expect(methodsOf(walk)).toEqual(['knownFromBefore']);
    expect(codeOf(walk, answer('identity', { method: 'document' }))).toBe('bad-answer');
    expect(codeOf(walk, answer('identity', { method: 'knownFromBefore' }))).toBeNull();
    walk.say(PRACTITIONER, { type: 'item.reopen', item: 'identity' });
    expect(methodsOf(walk)).toHaveLength(3);
  });
});

describe('a minor', () => {
  const minor = { appointment: { isMinor: true } };
  const agreed = (options: Parameters<typeof aWaitingSession>[0]) => {
    const walk = settingUp(options);
    for (const item of SETTLED_BY_TALKING) walk.say(PRACTITIONER, ANSWERS[item]);
    return walk;
  };
  const notSafe = {
    type: 'item.answer',
    item: 'guardianConsent',
    answer: 'notSafe',
    rationaleRef: 'note-1',
  } as const;

  test('[I14 E05 H30] no live session without the verified consent of a guardian', () => {
    const walk = agreed(minor);
    for (const command of [
      null,
      { type: 'item.answer', item: 'guardianConsent', answer: 'none' },
      { type: 'item.answer', item: 'guardianConsent', answer: 'notSure' },
    ] as const) {
      if (command !== null) expect(codeOf(walk, command)).toBeNull();
      walk.say(PRACTITIONER, { type: 'session.goLive' });
      expect(walk.lastRefusal).toMatchObject({ code: 'gate-open', missing: ['guardianConsent'] });
    }
    expect(codeOf(walk, answer('guardianConsent', { flags: { guardianWasVerified: false } }))).toBe(
      'bad-answer',
    );
    expect(codeOf(walk, ANSWERS.guardianConsent, CLIENT)).toBe('not-allowed');
    expect(codeOf(walk, ANSWERS.guardianConsent)).toBeNull();
    expect(codeOf(walk, { type: 'session.goLive' })).toBeNull();
  });

  test('[I14 E05 H30] the guardian may be the risk: that passes only with a reference to the reasons', () => {
    const { rationaleRef: _, ...bare } = notSafe;
    const walk = agreed(minor);
    expect(codeOf(walk, bare)).toBe('bad-answer');
    expect(codeOf(walk, { ...ANSWERS.guardianConsent, rationaleRef: 'note-1' })).toBe('bad-answer');
    expect(codeOf(walk, notSafe)).toBeNull();
    expect(contextOf(walk, 'guardianConsent')).toMatchObject({ answer: 'notSafe', note: 'note-1' });
    expect(itemOf(walk, 'guardianConsent')?.isSettled).toBe(true);
  });

  test('[I14 H30] from then on a contact who may be the guardian is asked about again, and their phone is not rung', () => {
    for (const isOwnNumber of [true, false]) {
      const walk = agreed(minor).say(
        CLIENT,
        answer('callBackNumber', { flags: { safeToRing: true, safeToLeaveMessage: false, isOwnNumber } }),
      );
      expect([care(walk).mayRing, itemOf(walk, 'emergencyContact')?.state]).toEqual([true, 'confirmed']);
      walk.say(PRACTITIONER, notSafe);
      expect([care(walk).mayRing, itemOf(walk, 'emergencyContact')?.state]).toEqual([isOwnNumber, 'expired']);
    }
  });
});

describe('claims of the host', () => {
  const policy: Policy = { ...referencePolicy, competency: ['videoTherapyTraining', 'childTraining'] };

  test('[I15 A46] all claims asserted settle it by themselves', () => {
    const walk = aWalk({
      policy,
      appointment: { claims: ['childTraining', 'videoTherapyTraining', 'other'] },
    });
    expect(itemOf(walk, 'competency')).toMatchObject({ state: 'confirmed', isSettled: true });
    expect(codeOf(walk, { type: 'item.reopen', item: 'competency' })).toBe('not-allowed');
  });

  test('[I15 A46] the gate names the claims that are missing; a reason passes it', () => {
    const walk = aWaitingSession({ policy, appointment: { claims: ['childTraining'] } });
    expect(gateOf(walk.session).missing.media).toEqual(['competency']);
    expect(shown(walk).cannot[0]?.missing).toEqual([
      { key: 'item.competency' },
      { key: 'item.claim', params: { claim: 'videoTherapyTraining' } },
    ]);
    expect(taskOf(walk, 'competency')?.choices.map(({ id }) => id)).toEqual(['override']);
    const hurried = walk.fork().say(PRACTITIONER, { type: 'gate.override', reason: 'crisis' });
    hurried.say(PRACTITIONER, { type: 'session.goLive' });
    expect(hurried.lastRefusal?.missing).toEqual(
      expect.arrayContaining(['competency', 'videoTherapyTraining']),
    );
    for (const person of [PRACTITIONER, CLIENT])
      expect(codeOf(walk, ANSWERS.competency, person)).toBe('not-allowed');
    walk.say(PRACTITIONER, { type: 'item.override', item: 'competency', reason: 'clinicalJudgement' });
    expect(gateOf(walk.session).media).toBe('settled');
  });
});

describe('the number', () => {
  const readBack = answer('callBackNumber', {
    flags: { safeToRing: true, safeToLeaveMessage: false, isOwnNumber: true, wasReadBack: true },
  });

  test('[I17 D14 H20] whose phone it is is asked, and shown when it is somebody else’s', () => {
    const asked = taskOf(aWalk(), 'callBackNumber')?.fields.find(({ name }) => name === 'isOwnNumber');
    expect(asked).toMatchObject({ kind: 'flag', required: true });
    const flags = { safeToRing: true, safeToLeaveMessage: false, isOwnNumber: false };
    const walk = aWaitingSession().say(CLIENT, answer('callBackNumber', { flags }));
    expect(shown(walk).facts.map(({ note }) => note?.key)).toContain('fact.numberOwner.other');
  });

  test('[I17 H20] the practitioner reads it back; the client cannot say that for them', () => {
    const walk = settingUp();
    expect(codeOf(walk, readBack, CLIENT)).toBe('bad-answer');
    const task = shown(walk).tasks.find(({ id }) => id === 'readBack');
    expect(task?.choices.map(({ id, command }) => [id, command.type])).toEqual([
      ['right', 'item.answer'],
      ['wrong', 'item.reopen'],
    ]);
    expect(task?.choices[0]?.command).toEqual(readBack);
    walk.say(PRACTITIONER, readBack);
    expect([walk.lastRefusal, shown(walk).tasks.some(({ id }) => id === 'readBack')]).toEqual([null, false]);
  });
});

describe('help in person, with raised risk', () => {
  const raise = { type: 'risk.raise', client: CLIENT } as const;

  test('[I18 D15] raised risk asks for a named route to this place; only a name or a reason settles it', () => {
    const walk = aLiveSession().say(PRACTITIONER, raise);
    expect(walk.kinds).toContain('item.asked');
    expect(taskOf(walk, 'localRoute')).toMatchObject({ urgency: 'now' });
    expect(shown(walk).facts.map(({ note }) => note?.key)).toContain('fact.localRoute.missing');
    walk.say(PRACTITIONER, { type: 'item.answer', item: 'localRoute', answer: 'none' });
    expect(taskOf(walk, 'localRoute')).toMatchObject({ urgency: 'now' });
    walk.say(PRACTITIONER, ANSWERS.localRoute);
    expect(taskOf(walk, 'localRoute')).toBeUndefined();
  });

  test('[I18 D15] it is of one place: another place asks again', () => {
    const walk = aLiveSession().say(PRACTITIONER, raise).say(PRACTITIONER, ANSWERS.localRoute);
    expect(walk.say(CLIENT, { type: 'item.reopen', item: 'location' }).value('item:localRoute')).toBe(
      'expired',
    );
  });

  test('[I18] risk lowered again asks nothing of who named none, and keeps what was named', () => {
    const lower = { type: 'risk.lower', client: CLIENT, reason: 'reassessed' } as const;
    const walk = aLiveSession().say(PRACTITIONER, raise);
    expect(walk.fork().say(PRACTITIONER, lower).value('item:localRoute')).toBe('notApplicable');
    walk.say(PRACTITIONER, ANSWERS.localRoute).say(PRACTITIONER, lower);
    expect(itemOf(walk, 'localRoute')).toMatchObject({ state: 'confirmed', isSettled: true });
  });

  test('[I18 V1] it holds up no threshold: the client would read risk from their stage', () => {
    const walk = settingUp().say(PRACTITIONER, raise);
    expect(itemOf(walk, 'localRoute')?.isSettled).toBe(false);
    expect(gateOf(walk.session).missing.live).not.toContain('localRoute');
  });
});

test('[I1][I9][B01] a word about a check that this kind of session does not ask is refused, and makes no check', () => {
  const walk = aWalk({ appointment: { type: 'supervision' } })
    .join(PRACTITIONER)
    .join(CLIENT);
  walk.say(PRACTITIONER, { type: 'risk.raise', client: CLIENT }).say(CLIENT, ANSWERS.emergencyContact);
  expect(walk.lastRefusal?.code).toBe('not-now');
  const made = Object.keys(walk.session.charts);
  expect(made).not.toContain('item:emergencyContact');
  expect(made).not.toContain('item:localRoute');
});

test('[I5][D07] a device that does not work is settled as such, and can still be passed over with a reason', () => {
  const walk = aWaitingSession().say(CLIENT, { type: 'item.answer', item: 'device', answer: 'no' });
  expect(itemOf(walk, 'device')).toMatchObject({ state: 'declined', answer: 'no' });
  walk.say(PRACTITIONER, { type: 'item.override', item: 'device', reason: 'clinicalJudgement' });
  expect([walk.lastRefusal, itemOf(walk, 'device')?.state]).toEqual([null, 'overridden']);
});
