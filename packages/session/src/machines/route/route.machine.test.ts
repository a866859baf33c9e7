import { RouteOutcome } from '@holdfast/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { aDevice } from '../../testing/a-projection.js';
import { aWaitingSession, aWalk, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import { view } from '../../view/view.js';
import { gateOf } from '../lifecycle/gate.js';

const tested = (walk: Walk, outcomes: Readonly<Record<string, RouteOutcome>>): Walk => {
  for (const [route, outcome] of Object.entries(outcomes))
    walk.state({ type: 'route.tested', route, outcome, asOfMs: walk.nowMs });
  return walk;
};
const shown = (walk: Walk) => {
  const held = project(walk.session, PRACTITIONER);
  if (held === null) throw new Error('no practitioner');
  return view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
};
const routeNotices = (walk: Walk) =>
  shown(walk)
    .notices.filter(({ id }) => id.startsWith('route'))
    .map(({ level, message }) => [level, message.key, message.params?.['name'] ?? null]);
const item = 'item:escalationRoute';

test('[I16 A17 D11] until a route was reached the gate is shut, and opens by itself once one is', () => {
  const walk = aWalk().join(PRACTITIONER).join(CLIENT);
  for (const own of ['callBackNumber', 'location', 'consent', 'device'] as const)
    walk.say(CLIENT, ANSWERS[own]);
  walk.say(PRACTITIONER, ANSWERS.suitability).say(PRACTITIONER, ANSWERS.practitionerPrivacy);
  walk.say(PRACTITIONER, { type: 'person.admit', person: CLIENT });
  expect([gateOf(walk.session).missing.media, walk.value('lifecycle:session')]).toEqual([
    ['escalationRoute'],
    'gathering',
  ]);
  tested(walk, { pager: 'reached' });
  expect([walk.value(item), walk.value('lifecycle:session')]).toEqual(['confirmed', 'settingUp']);
});

test.each(['pager', 'text', 'log'])(
  '[I16 H22 A17] without %s the others still count, and the warning names it; without any the gate is shut',
  (dead) => {
    const all = { pager: 'reached', text: 'reached', log: 'reached' } as const;
    const walk = tested(aWalk().join(PRACTITIONER), { ...all, [dead]: 'failed' });
    expect([walk.value(item), routeNotices(walk)]).toEqual([
      'confirmed',
      [['alert', 'notice.route.failed', dead]],
    ]);
    tested(walk, { pager: 'failed', text: 'failed', log: 'failed' });
    expect(walk.value(item)).toBe('declined');
    expect(gateOf(walk.session).missing.media).toContain('escalationRoute');
    expect(routeNotices(walk)[0]).toEqual(['alert', 'notice.route.none', null]);
    tested(walk, { [dead]: 'reached' });
    expect(walk.value(item)).toBe('confirmed');
  },
);

test('[I16 A17] with every route dead the practitioner may go on with a reason; a later failure takes nothing back', () => {
  const walk = tested(aWaitingSession(), { log: 'failed' });
  const task = shown(walk).tasks.find(({ id }) => id === 'item.escalationRoute');
  expect([task?.urgency, task?.why?.key, task?.choices.map(({ id }) => id)]).toEqual([
    'now',
    'item.escalationRoute.dead',
    ['override'],
  ]);
  walk.say(PRACTITIONER, { type: 'item.override', item: 'escalationRoute', reason: 'clinicalJudgement' });
  expect(gateOf(walk.session).media).toBe('settled');
  expect(tested(walk, { log: 'failed' }).value(item)).toBe('overridden');
  expect(tested(walk, { log: 'reached' }).value(item)).toBe('confirmed');
});

test('[I16 I3] no person answers or reopens it, and only the session server states a test', () => {
  const walk = aWalk();
  for (const person of [PRACTITIONER, CLIENT]) {
    expect(walk.say(person, ANSWERS.escalationRoute).lastRefusal?.code).toBe('not-allowed');
    expect(walk.say(person, { type: 'item.reopen', item: 'escalationRoute' }).lastRefusal).not.toBeNull();
  }
});

test('[I16 H22] as of when it was tested stands beside it; an older test changes nothing', () => {
  const walk = aWalk().by(5000);
  tested(walk, { log: 'reached' });
  walk.state({ type: 'route.tested', route: 'log', outcome: 'failed', asOfMs: 1000 });
  expect(walk.value(item)).toBe('confirmed');
  expect(shown(walk).tasks.find(({ id }) => id === 'item.escalationRoute')?.why).toEqual({
    key: 'item.escalationRoute.reached',
    params: { atMs: 5000 },
  });
});

test('[I16] in any order of tests: settled exactly while the newest test of some route reached it', () => {
  const one = fc.tuple(fc.constantFrom('pager', 'text', 'log'), fc.constantFrom(...RouteOutcome.options));
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 15 }), (tests) => {
      const walk = aWalk();
      const newest: Record<string, RouteOutcome> = {};
      for (const [route, outcome] of tests) {
        newest[route] = outcome;
        tested(walk.by(1), { [route]: outcome });
        const isReached = Object.values(newest).includes('reached');
        expect(walk.value(item)).toBe(isReached ? 'confirmed' : 'declined');
      }
    }),
    { numRuns: 100 },
  );
});
