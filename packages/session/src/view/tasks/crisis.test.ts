import { checkPolicy, referencePolicy, type Command, type Policy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { say } from '../say.js';

const client = CLIENT;
const [FIRST] = DUTY;
const open: Command = { type: 'crisis.open', client };
const taskOf = (walk: Walk, person: string, id: string) =>
  screenOf(walk, person).tasks.find((task) => task.id === id);
const choicesOf = (walk: Walk, person: string, id: string) =>
  taskOf(walk, person, id)?.choices.map((choice) => choice.id);

/** A crisis of the duty person, who had taken the client's call for someone; the practitioner came to it. */
const joined = (others: readonly { readonly id: string; readonly role: 'practitioner' }[] = []): Walk =>
  aLiveSession({ others })
    .say(CLIENT, { type: 'help.ask', client })
    .by(referencePolicy.durations.helpAnswerMs)
    .say(FIRST, { type: 'alert.accept', alert: 'c1.h1.helpSilent.duty-1' })
    .say(FIRST, open)
    .say(FIRST, { type: 'crisis.offerEscalation', client })
    .say(PRACTITIONER, { type: 'crisis.joinEscalation', client });

test('[C3][D3][H31] a crisis that was taken over goes with the session: who leads now is named, not who took it over', () => {
  const walk = joined([{ id: 'p2', role: 'practitioner' }])
    .say(FIRST, { type: 'crisis.briefEscalation', client })
    .say(PRACTITIONER, { type: 'crisis.acceptEscalation', client });
  const why = (person: string) => taskOf(walk, person, 'crisis')?.why;
  expect(why(FIRST)).toEqual(say('staff.crisis.why.accepted', { name: PRACTITIONER }));
  walk
    .join('p2')
    .say(PRACTITIONER, { type: 'handOver.offer', to: 'p2' })
    .say('p2', { type: 'handOver.accept' });
  expect(walk.lastRefusal).toBeNull();
  expect(why(FIRST)).toEqual(say('staff.crisis.why.accepted', { name: 'p2' }));
  expect(why('p2')).toEqual(say('staff.crisis.why.accepted.you', { name: 'p2' }));
});

test('[C10][P6] the practitioner came to a crisis of the duty person and went: that is said once', () => {
  const walk = joined().leave(PRACTITIONER);
  const ids = screenOf(walk, FIRST).notices.map(({ id }) => id);
  expect(ids.filter((id) => id === 'practitioner' || id.startsWith('crisis'))).toEqual(['practitioner']);
});

test('[C9][I5] of a place that was passed over nobody is asked whether it is the same: it is only written down', () => {
  const known = aLiveSession()
    .say(PRACTITIONER, open)
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
  expect(choicesOf(known, PRACTITIONER, 'crisis.location')).toEqual(['unchanged', 'changed']);
  expect(choicesOf(known, FIRST, 'crisis.location')).toEqual(['unchanged']);
  const walk = aLiveSession()
    .say(CLIENT, { type: 'item.reopen', item: 'location' })
    .say(PRACTITIONER, { type: 'item.override', item: 'location', reason: 'clinicalJudgement' })
    .say(PRACTITIONER, open)
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
  expect(choicesOf(walk, PRACTITIONER, 'crisis.location')).toEqual(['changed']);
  expect(choicesOf(walk, FIRST, 'crisis.location')).toBeUndefined();
  walk.say(FIRST, { type: 'crisis.confirmFact', client, fact: 'location' });
  expect(walk.lastRefusal?.code).toBe('bad-answer');
});

test('[C9][I9] where a kind of session asks the place and no reading back, one tap checks it all the same', () => {
  const { therapy, training } = referencePolicy.sessionTypes;
  const items = { ...training?.items, location: therapy?.items.location };
  const check = checkPolicy({
    ...referencePolicy,
    sessionTypes: { ...referencePolicy.sessionTypes, training: { items } },
  });
  if (!check.ok) throw new TypeError('a service may have such sessions');
  const policy: Policy = check.policy;
  const walk = aLiveSession({ policy, appointment: { type: 'training' } }).say(PRACTITIONER, open);
  const same = taskOf(walk, PRACTITIONER, 'crisis.location')?.choices.find(({ id }) => id === 'unchanged');
  if (same === undefined) throw new TypeError('it is offered');
  expect(same.command).toEqual({ type: 'crisis.confirmFact', client, fact: 'location' });
  expect(walk.say(PRACTITIONER, same.command).lastRefusal).toBeNull();
  expect(taskOf(walk, PRACTITIONER, 'crisis.location')).toBeUndefined();
});
