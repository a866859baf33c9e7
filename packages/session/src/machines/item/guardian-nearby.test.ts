import type { Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';

const client = CLIENT;
const minor = { appointment: { isMinor: true } };
const nearby: Command = {
  ...ANSWERS.clientPrivacy,
  flags: { alone: false, freeToSpeak: true, isGuardianNearby: true },
};
const exception: Command = {
  type: 'safeguarding.setGuardianException',
  client,
  isOn: true,
  rationaleRef: 'note-1',
};
const contact = (isGuardian: boolean): Command => ({
  ...ANSWERS.emergencyContact,
  flags: { agreedWhileAlone: true, isGuardian },
});
const factOf = (walk: Walk) => screenOf(walk, PRACTITIONER).facts.find(({ id }) => id === 'guardianNearby');

describe('a guardian who is near', () => {
  test('[J12][E05] as agreed is private: nothing opens, nothing pauses, nobody is alerted; staff read it', () => {
    const walk = aLiveSession(minor).forget().say(PRACTITIONER, nearby);
    expect([walk.lastRefusal, walk.value('item:clientPrivacy')]).toEqual([null, 'confirmed']);
    expect([walk.value('privacy:c1'), walk.value('pause:session'), walk.alerted]).toEqual([
      'private',
      'running',
      [],
    ]);
    expect(factOf(walk)).toMatchObject({ isCaution: false, note: { key: 'fact.guardianNearby.agreed' } });
    expect(JSON.stringify(project(walk.session, CLIENT))).not.toContain('uardianNearby');
  });

  test('[J12][H30] who may be the danger is not near as agreed: refused, and what was said before is shown as a danger', () => {
    const before = aLiveSession(minor).say(PRACTITIONER, nearby).say(PRACTITIONER, exception);
    expect(factOf(before)).toMatchObject({ isCaution: true, note: { key: 'fact.guardianNearby.danger' } });
    const after = aLiveSession(minor).say(PRACTITIONER, exception).say(PRACTITIONER, nearby);
    expect(after.lastRefusal?.code).toBe('bad-answer');
    expect(after.say(PRACTITIONER, ANSWERS.clientPrivacy).lastRefusal).toBeNull();
  });
});

describe('a guardian who answered', () => {
  const offered = (walk: Walk) =>
    screenOf(walk, PRACTITIONER)
      .tasks.flatMap(({ choices }) => choices)
      .some(({ id }) => id === 'ringEmergencyContact');
  const asked = (isGuardian: boolean, outcome: 'guardianAnswered' | 'someoneElseAnswered') => {
    const walk = aLiveSession(minor).say(PRACTITIONER, contact(isGuardian)).cut().to(361_000);
    return walk.recordCall(outcome).recordCall('noAnswer').recordCall('noAnswer');
  };

  test('[J13][H30] is not offered again as the emergency contact in this run; anybody else is', () => {
    expect(offered(asked(true, 'guardianAnswered'))).toBe(false);
    expect(offered(asked(true, 'someoneElseAnswered'))).toBe(true);
    expect(offered(asked(false, 'guardianAnswered'))).toBe(true);
    expect(
      screenOf(asked(true, 'guardianAnswered'), PRACTITIONER).cannot.map(({ because }) => because.key),
    ).toContain('cannot.contact.answered');
  });

  test('[J13] in the next run they are', () => {
    const walk = asked(true, 'guardianAnswered').heal().by(6000);
    walk.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: walk.runId });
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client, run: walk.runId });
    expect(walk.value('run:c1')).toBe('none');
    expect(offered(walk.by(1000).cut().by(480_000))).toBe(true);
  });
});
