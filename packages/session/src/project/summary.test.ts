import { expect, test } from 'vitest';
import { aLiveSession, aWalk, CLIENT, DUTY, PRACTITIONER } from '../testing/a-session.js';
import { summaryOf } from './summary.js';

test('[X9][E22][A44] a summary says when identity, privacy and place were confirmed, and who came', () => {
  const walk = aLiveSession({ atMs: 1_000_000 }).join(DUTY[0]);
  const { items, attended, stage, liveAtMs } = summaryOf(walk.session);
  expect(items).toMatchObject({
    identity: { state: 'confirmed', answer: 'confirmed', method: 'nameAndBirthDate', atMs: 1_000_000 },
    clientPrivacy: { state: 'confirmed', atMs: 1_000_000 },
    location: { atMs: 1_000_000 },
    locationConfirmed: { state: 'confirmed', atMs: 1_000_000 },
  });
  expect(attended).toEqual([
    { person: PRACTITIONER, role: 'practitioner' },
    { person: CLIENT, role: 'client' },
    { person: DUTY[0], role: 'duty' },
  ]);
  expect([stage, liveAtMs]).toEqual(['live', 1_000_000]);
});

test('[X9][A44] it says how the session ended, what was walked and what is owed', () => {
  const walk = aLiveSession()
    .say(PRACTITIONER, { type: 'crisis.open', client: CLIENT })
    .say(PRACTITIONER, { type: 'crisis.resolve', client: CLIENT, exit: 'clientSafe', rationaleRef: 'note-1' })
    .say(CLIENT, { type: 'nearMiss.flag', kind: 'helpLate' })
    .say(PRACTITIONER, { type: 'session.end' })
    .by(1000)
    .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'followUpArranged' })
    .say(PRACTITIONER, { type: 'session.close' });
  expect(summaryOf(walk.session)).toMatchObject({
    stage: 'closed',
    endedAtMs: 60_000,
    closedAtMs: 61_000,
    disposition: { code: 'followUpArranged', by: PRACTITIONER },
    pathways: [{ id: 'crisis1', rationaleRef: 'note-1', decision: { by: PRACTITIONER } }],
    followUps: [{ kind: 'afterIncident', state: 'open' }],
    nearMisses: 1,
  });
});

test('[X9][B09][A19] what was passed over stands in it with its reason: visible and explained, not forbidden', () => {
  const walk = aWalk()
    .join(PRACTITIONER)
    .join(CLIENT)
    .say(PRACTITIONER, { type: 'item.override', item: 'emergencyContact', reason: 'clientUnable' })
    .say(PRACTITIONER, { type: 'gate.override', reason: 'crisis' });
  const { items, gateOverrides } = summaryOf(walk.session);
  expect(items.emergencyContact).toMatchObject({ state: 'overridden', overrideReason: 'clientUnable' });
  expect(gateOverrides).toEqual({ media: 'crisis', live: null });
});

test('[X9] a session in which nothing happened has a summary, too, and the same session has the same one', () => {
  const { session } = aWalk();
  expect(summaryOf(session)).toMatchObject({
    stage: 'gathering',
    attended: [],
    pathways: [],
    disposition: null,
  });
  expect(JSON.stringify(summaryOf(session))).toBe(JSON.stringify(summaryOf(session)));
});
