import { referencePolicy, type Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { admitted, NEEDED } from '../../testing/a-participant.js';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';

const client = CLIENT;
const person = NEEDED.id;
const { callBackRemindMs, lostAfterMs } = referencePolicy.durations;
const withNeeded = (): Walk => admitted(aLiveSession({ others: [NEEDED] }), person).forget();
const lost = (): Walk => withNeeded().silent(person).by(lostAfterMs);
const callBack = (walk: Walk) => walk.value(`callBack:${person}`);
const pause = (walk: Walk) => walk.value('pause:session');
const care = (walk: Walk) => {
  const held = project(walk.session, PRACTITIONER);
  return held?.role === 'practitioner' ? held.care : null;
};
const goOn: Command = { type: 'participant.goOnWithout', person, way: 'plainWording' };
const wait: Command = { type: 'participant.waitFor', person };
const called = (outcome: 'reached' | 'noAnswer'): Command => ({
  type: 'participant.recordCallBack',
  person,
  outcome,
});

describe('a needed participant who is lost', () => {
  test.each(['silence', 'left', 'withdrew'] as const)(
    '[J8][D05] by %s: contents pause, the practitioner reads who and since when',
    (by) => {
      const walk = withNeeded();
      const atMs = walk.nowMs;
      if (by === 'silence') walk.silent(person).by(lostAfterMs);
      if (by === 'left') walk.leave(person);
      if (by === 'withdrew') walk.say(person, { type: 'participant.withdraw', person });
      expect([callBack(walk), pause(walk)]).toEqual(['missing', 'paused']);
      const [one] = care(walk)?.participants ?? [];
      expect(one?.callBack).toMatchObject({ isMissed: true, sinceMs: atMs, lostBy: by });
      expect(care(walk)?.pause.reasons).toEqual(['participant']);
    },
  );

  test('[J8] never opens the client’s ladder, moves none of its deadlines, and alerts nobody', () => {
    const walk = lost().by(900_000);
    expect([walk.value('run:c1'), walk.alerted]).toEqual(['none', []]);
    expect(walk.kinds.filter((kind) => kind.startsWith('run.') || kind.startsWith('contact.'))).toEqual([]);
    const instants = (isLost: boolean) => {
      const other = withNeeded();
      if (isLost) other.silent(person).by(lostAfterMs);
      else other.by(lostAfterMs);
      other.cut().by(600_000);
      return ['run.opened', 'phoning.opened', 'deciding.opened', 'alert.sent'].map((kind) =>
        other.when(kind),
      );
    };
    expect(instants(true)).toEqual(instants(false));
  });

  test('[J8] back again, contents go on; what another reason paused stays paused', () => {
    expect([callBack(lost().heard(person)), pause(lost().heard(person))]).toEqual(['quiet', 'running']);
    const walk = lost().say(CLIENT, { type: 'pause.start', client, reason: 'overwhelmed' }).heard(person);
    expect([callBack(walk), pause(walk), care(walk)?.pause.reasons]).toEqual([
      'quiet',
      'paused',
      ['overwhelmed'],
    ]);
  });

  test('[J8] who left comes back by being let in, not by waiting at the door', () => {
    const walk = withNeeded().leave(person).join(person);
    expect([callBack(walk), pause(walk)]).toEqual(['missing', 'paused']);
    walk.say(PRACTITIONER, { type: 'participant.admit', person });
    expect([callBack(walk), pause(walk)]).toEqual(['quiet', 'running']);
  });

  test('[J8] outside by the practitioner’s own decision nobody is missed', () => {
    for (const type of ['hold', 'remove', 'clientRefuses'] as const) {
      const command: Command = { type: `participant.${type}`, person };
      expect(callBack(withNeeded().say(PRACTITIONER, command))).toBe('quiet');
      const missed = lost().say(PRACTITIONER, command);
      expect([callBack(missed), pause(missed)]).toEqual(['quiet', 'running']);
    }
  });

  test('[J8] nobody is missed who is not needed, nor once the session is ending', () => {
    const others = [{ id: 'observer', role: 'observer' as const }];
    const walk = admitted(aLiveSession({ others }), 'observer').silent('observer').by(60_000);
    expect([walk.value('callBack:observer'), pause(walk)]).toEqual(['none', 'running']);
    const ended = withNeeded().say(PRACTITIONER, { type: 'session.end' }).leave(person);
    expect([callBack(ended), pause(ended)]).toEqual(['quiet', 'running']);
  });

  test('[J8] somebody else who goes or comes is not who is needed', () => {
    const others = [NEEDED, { id: 'observer', role: 'observer' as const }];
    const walk = admitted(admitted(aLiveSession({ others }), person), 'observer');
    walk.silent('observer').by(lostAfterMs);
    expect([walk.value('presence:observer'), callBack(walk), pause(walk)]).toEqual([
      'gone',
      'quiet',
      'running',
    ]);
    walk.silent(person).by(lostAfterMs).heard('observer');
    expect([walk.value('presence:observer'), callBack(walk), pause(walk)]).toEqual([
      'alive',
      'missing',
      'paused',
    ]);
  });

  test('[J8][J9] with the end of the session nobody is missed, and the practitioner is reminded no more', () => {
    const walk = lost().say(PRACTITIONER, { type: 'session.end' });
    expect([callBack(walk), pause(walk)]).toEqual(['quiet', 'running']);
    expect(walk.by(600_000).kinds).not.toContain('participant.reminded');
  });
});

describe('what is done about it', () => {
  test('[J9] the practitioner is reminded again and again; a call and a wait give that time anew', () => {
    const walk = lost();
    expect(walk.by(callBackRemindMs).when('participant.reminded')).toHaveLength(1);
    expect(walk.by(callBackRemindMs).when('participant.reminded')).toHaveLength(2);
    walk.say(PRACTITIONER, called('noAnswer')).by(callBackRemindMs - 1);
    expect(walk.when('participant.reminded')).toHaveLength(2);
    walk.say(PRACTITIONER, wait).by(callBackRemindMs - 1);
    expect(walk.when('participant.reminded')).toHaveLength(2);
    expect(care(walk)?.participants[0]?.callBack).toMatchObject({ calls: 1, isWaitedFor: true });
  });

  test('[J9] a call that reached them is not yet somebody in the room', () => {
    const walk = lost().say(PRACTITIONER, called('reached'));
    expect([callBack(walk), pause(walk)]).toEqual(['missing', 'paused']);
  });

  test('[J9] they go on without, in plain words or by a three-way line; nobody else may choose that', () => {
    for (const way of ['plainWording', 'threeWayPhone'] as const) {
      const walk = lost().say(PRACTITIONER, { type: 'participant.goOnWithout', person, way });
      expect([callBack(walk), pause(walk)]).toEqual(['without', 'running']);
      expect(walk.by(callBackRemindMs).when('participant.reminded')).toEqual([]);
      expect(callBack(walk.heard(person))).toBe('quiet');
    }
    for (const by of [CLIENT, person, 'duty-1'])
      expect(lost().say(by, goOn).lastRefusal?.code).toBe('not-allowed');
  });

  test('[J10][H26] in a crisis the practitioner goes on: nothing is paused for it', () => {
    const walk = withNeeded().say(PRACTITIONER, { type: 'crisis.open', client });
    expect(walk.value(`participant:${person}`)).toBe('admitted');
    walk.silent(person).by(lostAfterMs);
    expect([callBack(walk), pause(walk)]).toEqual(['missing', 'running']);
    expect(care(walk)?.participants[0]?.callBack?.isMissed).toBe(true);
  });
});
