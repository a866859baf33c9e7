import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import {
  aWaitingSession,
  CLIENT,
  PRACTITIONER,
  SETTLED_BY_TALKING,
  type Walk,
} from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import { say } from '../say.js';

const shown = (walk: Walk) => screenOf(walk, PRACTITIONER);
const idsOf = (walk: Walk) => shown(walk).tasks.map(({ id }) => id);
const admit = (walk: Walk): Walk => walk.say(PRACTITIONER, { type: 'person.admit', person: CLIENT });
const missing = (walk: Walk) =>
  shown(walk).cannot.find(({ command }) => command === 'session.goLive')?.missing;

test('[I18][G2] risk raised while both settle in: the local route is asked for, and is not named as what holds up live', () => {
  const walk = admit(aWaitingSession()).heal();
  for (const item of SETTLED_BY_TALKING.slice(1)) walk.say(PRACTITIONER, ANSWERS[item]);
  walk.say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
  expect(idsOf(walk)).toContain('item.localRoute');
  expect(missing(walk)).toEqual([say('item.identity')]);
  expect(walk.say(PRACTITIONER, { type: 'session.goLive' }).lastRefusal?.missing).toEqual(['identity']);
});

test('[G3][P2] a waiting client whose line stutters can be let in', () => {
  const walk = aWaitingSession().silent(CLIENT);
  expect(walk.value('presence:c1')).toBe('suspected');
  expect(idsOf(walk)).toContain('admit');
  expect(shown(walk).cannot.map(({ command }) => command)).not.toContain('person.admit');
  expect(admit(walk).lastRefusal).toBeNull();
});

test('[G2][G3] everything is settled before the client is let in: to go live is offered once they are, and not before', () => {
  const walk = aWaitingSession();
  for (const item of SETTLED_BY_TALKING) walk.say(PRACTITIONER, ANSWERS[item]);
  expect(idsOf(walk)).toContain('admit');
  expect(idsOf(walk)).not.toContain('goLive');
  expect(walk.fork().say(PRACTITIONER, { type: 'session.goLive' }).lastRefusal?.code).toBe('not-now');
  expect(idsOf(admit(walk))).toContain('goLive');
  expect(walk.say(PRACTITIONER, { type: 'session.goLive' }).lastRefusal).toBeNull();
});
