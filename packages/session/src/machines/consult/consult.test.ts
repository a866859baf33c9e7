import { expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';

const client = CLIENT;
const open = (): Walk => aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client }).forget();
const ask = (walk: Walk, person: string, by = PRACTITIONER): Walk =>
  walk.say(by, { type: 'consult.ask', client, person });

test('[M1][C20] the named person is alerted first, and the duty list after them', () => {
  const walk = ask(open(), 'supervisor-1');
  expect(walk.alerted).toEqual(['consult.supervisor-1']);
  walk.by(60_000);
  expect(walk.alerted).toEqual(['consult.supervisor-1', 'consult.duty-1']);
  walk.by(60_000);
  expect(walk.alerted.at(-1)).toBe('consult.duty-2');
});

test('[M1] at the end of the list everybody hears it again, the named person too', () => {
  const walk = ask(open(), 'supervisor-1').by(180_000).forget().by(60_000);
  const told = walk.effects.flatMap((effect) => (effect.kind === 'alert' ? [effect.person] : []));
  expect(new Set(told)).toEqual(new Set(['supervisor-1', 'duty-1', 'duty-2']));
});

test('[M1][C20] who takes it talks it over, and nothing moves to them', () => {
  const walk = ask(open(), 'supervisor-1');
  walk.say('supervisor-1', { type: 'alert.accept', alert: 'c1.consult1.consult.supervisor-1' });
  expect(walk.value('consult:c1')).toBe('taken');
  expect(project(walk.session, 'supervisor-1')).toMatchObject({
    care: { consult: { takenBy: 'supervisor-1' }, crisis: { owner: PRACTITIONER, escalation: 'none' } },
  });
});

test('[M1][A5] it ends by a person, and the alerts with it; the next question is a new one', () => {
  const walk = ask(open(), 'supervisor-1').by(60_000);
  walk.say(PRACTITIONER, { type: 'consult.end', client, outcome: 'noLongerNeeded' });
  expect(walk.value('alert:c1.consult1.consult.supervisor-1')).toBe('stoodDown');
  expect(walk.value('alert:c1.consult1.consult.duty-1')).toBe('stoodDown');
  expect(walk.forget().by(600_000).alerted).toEqual([]);
  expect(ask(walk, 'management-1').alerted).toEqual(['consult.management-1']);
});

test('[M1] only staff of the policy can be asked, and not oneself; one question at a time', () => {
  for (const person of [CLIENT, PRACTITIONER, 'stranger'])
    expect(ask(open(), person).lastRefusal?.code).toBe('unknown-person');
  expect(ask(open(), 'duty-1', 'duty-1').lastRefusal?.code).toBe('not-allowed');
  expect(ask(ask(open(), 'duty-1'), 'duty-2').lastRefusal?.code).toBe('not-now');
});

test('[M1] whom the practitioner names is asked, although they own the run already', () => {
  const walk = aLiveSession().cut().by(3000);
  walk.say(PRACTITIONER, { type: 'ladder.offerHandOver', client, run: walk.runId, to: 'duty-1' });
  walk.say('duty-1', { type: 'ladder.takeOver', client, run: walk.runId }).forget();
  expect(walk.run.context.owner).toBe('duty-1');
  expect(ask(walk, 'duty-1').alerted).toEqual(['consult.duty-1']);
});

test('[M1][A3] whoever takes an alert about something else has not taken the question', () => {
  const walk = ask(open().say(PRACTITIONER, { type: 'crisis.offerEscalation', client }), 'supervisor-1');
  walk.say('duty-1', { type: 'alert.accept', alert: 'c1.crisis1.escalation.duty-1' });
  expect([walk.lastRefusal, walk.value('consult:c1')]).toEqual([null, 'asked']);
});

test('[M1] talked over, it ends by a person too, and can be asked again', () => {
  const walk = ask(open(), 'supervisor-1');
  walk.say('supervisor-1', { type: 'alert.accept', alert: 'c1.consult1.consult.supervisor-1' });
  walk.say(PRACTITIONER, { type: 'consult.end', client, outcome: 'talkedItOver' });
  expect([walk.lastRefusal, walk.value('consult:c1')]).toEqual([null, 'none']);
  expect(ask(walk, 'supervisor-1').alerted.at(-1)).toBe('consult.supervisor-1');
});
