import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';

const client = CLIENT;
const tasksOf = (walk: Walk, person: string = PRACTITIONER) =>
  screenOf(walk, person).tasks.map(({ id }) => id);

test('[C7][L17][R6] who joined a crisis and was told of no run is offered it only once its owner offers it', () => {
  const walk = aLiveSession()
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client })
    .say('duty-2', { type: 'crisis.joinEscalation', client })
    .cut()
    .by(3000);
  expect([walk.alerted, walk.run.state]).toEqual([['escalation.duty-1', 'riskActive.duty-1'], 'open']);
  const takeOver = { type: 'ladder.takeOver', client, run: walk.runId } as const;
  expect(tasksOf(walk, 'duty-2')).toContain('crisis');
  expect(tasksOf(walk, 'duty-2')).not.toContain('takeOver');
  expect(walk.say('duty-2', takeOver).lastRefusal?.code).toBe('not-allowed');
  walk.say(PRACTITIONER, { type: 'ladder.offerHandOver', client, run: walk.runId, to: 'duty-2' });
  expect(tasksOf(walk, 'duty-2')).toContain('takeOver');
  expect(walk.say('duty-2', takeOver).lastRefusal).toBeNull();
});

test('[L16][P13] on the phone with a decision still open nobody is asked whether the client was reached', () => {
  const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client }).cut().by(3000);
  expect(tasksOf(walk)).toContain('call');
  walk.recordCall('reachedByName');
  expect([walk.value('contact:c1'), walk.run.parts?.deciding]).toEqual(['byPhone', 'undecided']);
  expect(tasksOf(walk)).toEqual(expect.arrayContaining(['decide', 'phone']));
  expect(tasksOf(walk)).not.toContain('report');
});

test('[L3][P13] on the phone a ringing that is blocked is not asked to be allowed', () => {
  const walk = aLiveSession()
    .say(PRACTITIONER, { type: 'risk.raise', client })
    .cut()
    .by(3000)
    .say(PRACTITIONER, { type: 'privacy.open', client });
  expect(tasksOf(walk)).toContain('allowRinging');
  walk.recordCall('reachedByName');
  expect([walk.value('contact:c1'), walk.run.state]).toEqual(['byPhone', 'open']);
  expect(tasksOf(walk)).not.toContain('allowRinging');
});
