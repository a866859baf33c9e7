import { expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { aDevice } from '../../testing/a-projection.js';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import type { Task } from '../types.js';
import { view } from '../view.js';

const client = CLIENT;

/** The practitioner's screen ten seconds after the last word of the session server, without media for as long. */
function tasksWhenCutOff({ session, nowMs }: Walk): readonly Task[] {
  const held = project(session, PRACTITIONER);
  if (held === null) throw new TypeError('the practitioner is of the session');
  const device = aDevice({ lastHeardAtMs: nowMs, media: 'silent', mediaSilentSinceMs: nowMs });
  return view(held, device, nowMs + 10_000).tasks;
}
const callsOf = (walk: Walk) =>
  tasksWhenCutOff(walk)
    .map(({ id }) => id)
    .filter((id) => ['ownCall', 'call', 'report', 'phone'].includes(id));
const phoningAfter = (walk: Walk) => walk.to(walk.run.context.deadlines['wait'] ?? 0);
/** Nobody answers until a decision is due. */
function rungInVain(walk: Walk): Walk {
  for (let calls = 0; calls < walk.session.policy.phoneAttempts; calls += 1) walk.recordCall('noAnswer');
  return walk;
}

test('[V5][H08] cut off, a person is told once to ring, whatever the page knew last, and never whom they talk to', () => {
  const together = aLiveSession();
  expect(callsOf(together)).toEqual(['ownCall']);
  const reconnecting = aLiveSession().cut().by(3000);
  expect(callsOf(reconnecting)).toEqual(['ownCall']);

  const phoning = phoningAfter(reconnecting);
  expect(phoning.value('run:c1')).toContain('phoning.attempting');
  expect(callsOf(phoning)).toEqual(['call']);

  const talking = phoning.recordCall('reachedByName');
  expect([talking.value('contact:c1'), talking.value('run:c1')]).toEqual(['byPhone', 'none']);
  expect(callsOf(talking)).toEqual(['phone']);
});

test('[V3][H31] cut off, that nobody has been called yet is said only until somebody was', () => {
  const why = (walk: Walk) => tasksWhenCutOff(walk).find(({ id }) => id === 'ownCall')?.why?.key;
  const lost = aLiveSession().cut().by(3000);
  expect([why(aLiveSession()), why(lost)]).toEqual(['staff.ownCall.why', 'staff.ownCall.why']);
  const inVain = rungInVain(phoningAfter(lost));
  expect([inVain.run.parts?.phoning, inVain.run.parts?.deciding]).toEqual(['done', 'undecided']);
  expect(why(inVain)).toBe('staff.ownCall.again');
  inVain.heal().by(10_000).say(PRACTITIONER, { type: 'ladder.standDown', client, run: inVain.runId });
  expect([inVain.run.parts?.phoning, inVain.run.parts?.deciding]).toEqual(['done', 'idle']);
  expect(why(inVain)).toBe('staff.ownCall.again');
  const decided = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client }).leave(client);
  const { runId: run } = decided;
  decided.say(PRACTITIONER, { type: 'ladder.decide', client, run, decision: 'ringEmergencyServices' });
  expect([decided.run.parts?.phoning, decided.run.parts?.deciding]).toEqual(['idle', 'acting']);
  expect(why(decided)).toBe('staff.ownCall.again');
});
