import { AlternativeKind, AlternativeRoute, type Command } from '@holdfast/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { aDevice } from '../../testing/a-projection.js';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import { giveReasons } from '../../testing/reasons.js';
import { view } from '../../view/view.js';

const notSuitable: Command = {
  ...ANSWERS.suitability,
  answer: 'notSuitable',
  because: 'noPrivacyOrSafeContact',
};
const offer = (changes: object = {}): Command => ({
  type: 'suitability.offerAlternative',
  client: CLIENT,
  kind: 'faceToFace',
  dueOn: '2026-03-01',
  route: 'crisisLine',
  ...changes,
});
const closing = (walk: Walk): Walk =>
  walk
    .say(PRACTITIONER, { type: 'session.end' })
    .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'handedToService' });
const close: Command = { type: 'session.close' };
const screen = (walk: Walk, person: string) => {
  const held = project(walk.session, person);
  if (held === null) throw new Error('no such person');
  return view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
};

test('[I11 A53] found not suitable: no close without something as good, a date and whom to turn to', () => {
  const walk = closing(aWaitingSession().say(PRACTITIONER, notSuitable));
  expect(walk.say(PRACTITIONER, close).lastRefusal?.code).toBe('alternative-missing');
  expect(screen(walk, PRACTITIONER).cannot.map(({ because }) => because.key)).toEqual([
    'cannot.alternativeMissing',
    'cannot.rationaleMissing',
  ]);
  expect(screen(walk, PRACTITIONER).tasks.find(({ id }) => id === 'alternative')).toMatchObject({
    urgency: 'now',
    choices: [{ fields: ['kind', 'dueOn', 'route'] }],
  });
  walk.forget().say(PRACTITIONER, offer());
  expect(walk.events).toMatchObject([
    {
      kind: 'alternative.offered',
      outcome: 'faceToFace',
      actor: { person: PRACTITIONER },
      details: { dueOn: '2026-03-01', route: 'crisisLine' },
    },
  ]);
  expect(giveReasons(walk).say(PRACTITIONER, close).lastRefusal).toBeNull();
});

test('[I11 A53] the client reads what is offered, also when the session is over', () => {
  const walk = closing(aWaitingSession().say(PRACTITIONER, notSuitable)).say(DUTY[0], offer());
  giveReasons(walk).say(PRACTITIONER, close);
  const shown = screen(walk, CLIENT);
  expect([shown.stage, shown.notices.map(({ message }) => message)]).toEqual([
    'closed',
    [
      { key: 'client.alternative.faceToFace', params: { dueOn: '2026-03-01' } },
      { key: 'client.until.crisisLine' },
    ],
  ]);
});

test('[I11] a date that is over is refused; each kind and each route is taken', () => {
  const walk = aWaitingSession({ atMs: Date.UTC(2026, 2, 2) });
  expect(walk.say(PRACTITIONER, offer()).lastRefusal?.code).toBe('bad-time');
  for (const kind of AlternativeKind.options)
    for (const route of AlternativeRoute.options)
      expect(walk.say(PRACTITIONER, offer({ kind, route, dueOn: '2026-03-02' })).lastRefusal).toBeNull();
  expect(walk.say(CLIENT, offer()).lastRefusal?.code).toBe('not-allowed');
});

test('[I11 D01] another way can be offered from every stage, and the practitioner finds it while setting up', () => {
  for (const start of [aWalk, aWaitingSession, aLiveSession, () => closing(aLiveSession())])
    expect(start().say(PRACTITIONER, offer()).lastRefusal).toBeNull();
  expect(screen(aWaitingSession(), PRACTITIONER).tasks.map(({ id }) => id)).toContain('alternative');
});

test('[I11 H14] an emergency lets the client in all the same, and what is owed stays owed', () => {
  const walk = aWaitingSession()
    .say(PRACTITIONER, notSuitable)
    .say(PRACTITIONER, { type: 'gate.override', reason: 'crisis' });
  expect(walk.value('lifecycle:session')).toBe('settingUp');
  expect(closing(walk).say(PRACTITIONER, close).lastRefusal?.code).toBe('alternative-missing');
});

const steps: readonly Command[] = [
  notSuitable,
  ANSWERS.suitability,
  { ...ANSWERS.suitability, answer: 'withExtraControls', because: 'needsSupportToEngage' },
  { type: 'item.answer', item: 'suitability', answer: 'notSure' },
  { type: 'item.reopen', item: 'suitability' },
  { type: 'item.override', item: 'suitability', reason: 'clinicalJudgement' },
  { type: 'session.end' },
  { type: 'closing.dispose', disposition: 'endedAsPlanned' },
  close,
  offer(),
  { type: 'closing.giveRationale', pathway: 'notSuitable1', rationaleRef: 'n1' },
  { type: 'closing.giveRationale', pathway: 'endedEarly1', rationaleRef: 'n1' },
];

test('[I11 A53] in any order: closed only when suitable was the last word, or something was offered', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 12 }), (said) => {
      const walk = aWaitingSession();
      let isOwed = false;
      let isOffered = false;
      for (const command of said) {
        const wasClosed = walk.value('lifecycle:session') === 'closed';
        walk.say(PRACTITIONER, command);
        if (walk.lastRefusal === null && command.type === 'item.answer' && command.answer !== 'notSure')
          isOwed = command.answer === 'notSuitable';
        if (walk.lastRefusal === null && command.type === 'suitability.offerAlternative') isOffered = true;
        if (!wasClosed && walk.value('lifecycle:session') === 'closed')
          expect(isOwed && !isOffered).toBe(false);
      }
    }),
    { numRuns: 100 },
  );
});
