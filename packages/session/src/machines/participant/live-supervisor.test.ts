import { expect, test } from 'vitest';
import { isMediaAllowed } from '../../project/media-allowed.js';
import { project } from '../../project/project.js';
import { admitted, atTheDoor } from '../../testing/a-participant.js';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { giveReasons } from '../../testing/reasons.js';

/** On the policy's supervisor list, and sitting in. */
const SITTING = 'supervisor-1';
const client = CLIENT;
const aSession = () => aLiveSession({ others: [{ id: SITTING, role: 'liveSupervisor' }] });
const inside = (): Walk => admitted(aSession(), SITTING);
const aCrisis = (walk: Walk): Walk =>
  walk
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });
const closed = (walk: Walk): Walk =>
  giveReasons(
    walk
      .say(PRACTITIONER, { type: 'session.end' })
      .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' }),
  ).say(PRACTITIONER, { type: 'session.close' });

test('[J20][J2] being on the list lets nobody in: identity, consent and the client’s word are asked as of everybody', () => {
  const walk = aSession().join(SITTING);
  walk.say(PRACTITIONER, { type: 'participant.admit', person: SITTING });
  expect(walk.lastRefusal).toMatchObject({
    code: 'gate-open',
    missing: ['identity', 'consent', 'clientAgrees'],
  });
  expect(isMediaAllowed(walk.session, SITTING)).toBe(false);
  expect(isMediaAllowed(inside().session, SITTING)).toBe(true);
  const refused = atTheDoor(aSession(), SITTING)
    .say(PRACTITIONER, { type: 'participant.clientRefuses', person: SITTING })
    .say(PRACTITIONER, { type: 'participant.admit', person: SITTING });
  expect(refused.lastRefusal?.missing).toEqual(['clientAgrees']);
});

test('[J20][J7][H26] while they sit in they hold nothing of what is looked back at, and a crisis puts them outside', () => {
  const walk = aCrisis(inside());
  expect(walk.value(`participant:${SITTING}`)).toBe('held');
  const held = project(walk.session, SITTING);
  expect(held).toMatchObject({ role: 'liveSupervisor', place: 'outside', mediaAllowed: false });
  expect(Object.keys(held ?? {})).not.toContain('review');
  expect(JSON.stringify(held)).not.toMatch(/crisis/);
});

test('[J20][F3][F7][A55] once it is closed, who is on the list looks back and settles; who is not does not', () => {
  const walk = closed(aCrisis(inside()));
  expect(walk.value('lifecycle:session')).toBe('closed');
  expect(project(walk.session, SITTING)).toMatchObject({
    role: 'supervisor',
    care: null,
    review: { isClosed: true, walked: [{ id: 'crisis1', review: null }] },
  });
  walk.say(SITTING, { type: 'supervision.settle', pathway: 'crisis1', rationaleRef: 'note-9' });
  expect([walk.lastRefusal, walk.value('supervision:session')]).toEqual([null, 'clear']);
  const visiting = aLiveSession({ others: [{ id: 'visiting', role: 'liveSupervisor' }] });
  const after = closed(aCrisis(admitted(visiting, 'visiting')));
  expect(project(after.session, 'visiting')).toMatchObject({ role: 'liveSupervisor', stage: 'ended' });
  const settle = { type: 'supervision.settle', pathway: 'crisis1', rationaleRef: 'n' } as const;
  expect(after.say('visiting', settle).lastRefusal?.code).toBe('not-allowed');
});
