import { CHECKLISTS, referencePolicy, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { aLiveSession, aWalk, CLIENT, PRACTITIONER } from '../../testing/a-session.js';
import type { ChecklistContext } from './checklist.machine.js';

const step = (name: string, outcome: 'done' | 'notPossible' | 'declined' = 'done'): Command => ({
  type: 'checklist.record',
  list: 'opening',
  step: name,
  outcome,
});
const opening = (walk: ReturnType<typeof aWalk>) =>
  walk.session.charts['checklist:opening']?.context as ChecklistContext | undefined;

test('[T1][A30] each step is recorded by itself; no input settles two', () => {
  const walk = aLiveSession().forget().say(PRACTITIONER, step('grounding'));
  expect(opening(walk)?.outcomes).toEqual({ grounding: 'done' });
  expect(walk.events).toMatchObject([
    { kind: 'checklist.recorded', outcome: 'done', details: { step: 'grounding' } },
  ]);
  walk.say(PRACTITIONER, step('grounding', 'declined'));
  expect(opening(walk)?.outcomes).toEqual({ grounding: 'declined' });
});

test('[T1] a step that the policy does not have is refused; a client records none', () => {
  expect(aLiveSession().say(PRACTITIONER, step('dancing')).lastRefusal?.code).toBe('bad-answer');
  expect(aLiveSession().say(CLIENT, step('grounding')).lastRefusal?.code).toBe('not-allowed');
});

test('[T2] a service without a list has none, and nothing waits for a step', () => {
  const checklists = { ...referencePolicy.checklists, opening: [] };
  const walk = aLiveSession({ policy: { ...referencePolicy, checklists } });
  expect(opening(walk)).toBeUndefined();
  expect(walk.value('lifecycle:session')).toBe('live');
  expect(walk.say(PRACTITIONER, step('grounding')).lastRefusal?.code).toBe('not-now');
  expect(CHECKLISTS.filter((list) => aWalk().session.charts[`checklist:${list}`] === undefined)).toEqual([]);
});
