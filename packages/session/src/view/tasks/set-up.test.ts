import { referencePolicy, type Policy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aWaitingSession, aWalk, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';

const client = CLIENT;
const taskOf = (walk: Walk, id: string) => screenOf(walk, PRACTITIONER).tasks.find((task) => task.id === id);
const whyOf = (walk: Walk, item: string) => taskOf(walk, `item.${item}`)?.why;
const choicesOf = (walk: Walk, id: string) => taskOf(walk, id)?.choices.map((choice) => choice.id);
const admitted = (walk: Walk) => walk.say(PRACTITIONER, { type: 'person.admit', person: client }).heal();

test('[I16] a route that was reached is named with its own newest test, whatever came of the others', () => {
  const walk = aWalk();
  const tested = (route: string, outcome: 'reached' | 'failed', asOfMs: number) =>
    walk.by(1000).state({ type: 'route.tested', route, outcome, asOfMs });
  const reachedAt = (atMs: number) => ({ key: 'item.escalationRoute.reached', params: { atMs } });
  tested('mail', 'reached', 500);
  tested('pager', 'failed', 1500);
  expect(whyOf(walk, 'escalationRoute')).toEqual(reachedAt(500));
  tested('pager', 'reached', 2500);
  expect(whyOf(walk, 'escalationRoute')).toEqual(reachedAt(2500));
});

test('[I16][I24] a check that the policy lets grow old is not said to have worked', () => {
  const { therapy } = referencePolicy.sessionTypes;
  const escalationRoute = { settledBefore: 'media' as const, asksAgainOn: ['newPlace' as const] };
  const policy: Policy = {
    ...referencePolicy,
    sessionTypes: {
      ...referencePolicy.sessionTypes,
      therapy: { items: { ...therapy?.items, escalationRoute } },
    },
  };
  const walk = aWaitingSession({ policy });
  expect(whyOf(walk, 'escalationRoute')?.key).toBe('item.escalationRoute.reached');
  walk.say(CLIENT, { type: 'item.reopen', item: 'location' });
  expect(walk.value('item:escalationRoute')).toBe('expired');
  expect(whyOf(walk, 'escalationRoute')).toEqual({ key: 'item.state.expired' });
});

test('[I15] claims that are missing are named one by one, those that the host made are not called missing', () => {
  const policy = { ...referencePolicy, competency: ['telehealth', 'minors'] };
  const why = (claims: readonly string[]) =>
    whyOf(aWaitingSession({ policy, appointment: { claims: [...claims] } }), 'competency');
  expect(why([])).toEqual({ key: 'item.competency.missing', params: { claims: 'telehealth, minors' } });
  expect(why(['minors'])?.params).toEqual({ claims: 'telehealth' });
  expect(why(policy.competency)).toEqual({ key: 'practitioner.item.competency.why' });
});

test('[I13][G6] with doubt about who it is, stopping is a way on, but not over an open crisis', () => {
  const walk = admitted(aWaitingSession()).say(PRACTITIONER, {
    type: 'item.answer',
    item: 'identity',
    answer: 'notSure',
    method: 'document',
  });
  expect([walk.lastRefusal, walk.value('item:identity')]).toEqual([null, 'uncertain']);
  expect(choicesOf(walk, 'item.identity')).toContain('stop');
  walk.say(PRACTITIONER, { type: 'crisis.open', client });
  expect(choicesOf(walk, 'item.identity')).toContain('override');
  expect(choicesOf(walk, 'item.identity')).not.toContain('stop');
  expect(walk.say(PRACTITIONER, { type: 'session.end' }).lastRefusal?.code).toBe('crisis-open');
});

test('[I4][D14] a number is read back once both can talk, and none where the client has none', () => {
  const walk = admitted(aWaitingSession());
  expect(choicesOf(walk, 'readBack')).toEqual(['right', 'wrong']);
  walk.say(CLIENT, { type: 'item.answer', item: 'callBackNumber', answer: 'none' });
  expect([walk.lastRefusal, walk.value('item:callBackNumber')]).toEqual([null, 'confirmed']);
  expect(taskOf(walk, 'readBack')).toBeUndefined();
  const { flags } = ANSWERS.callBackNumber;
  walk.say(PRACTITIONER, { ...ANSWERS.callBackNumber, flags: { ...flags, wasReadBack: true } });
  expect(taskOf(walk, 'readBack')).toBeUndefined();
});
