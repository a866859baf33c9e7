import { describe, expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '../../testing/a-session.js';

const client = CLIENT;

const late = (walk: Walk, person = PRACTITIONER) => {
  const held = project(walk.session, person);
  return held !== null && 'care' in held ? held.care?.late : undefined;
};
const call = (outcome: 'noAnswer' | 'reachedByName', attempt = 1) =>
  ({ type: 'ladder.recordCall', client, run: 'c1.r1', attempt, outcome }) as const;

describe('[L18] a report that comes late', () => {
  test('is kept as late, with who said it and when; it counts all the same', () => {
    const walk = aLiveSession().cut().to(400_000).say(PRACTITIONER, call('noAnswer'), 365_000);
    expect(late(walk)).toEqual({
      report: 'call',
      outcome: 'noAnswer',
      by: PRACTITIONER,
      saidAtMs: 365_000,
      atMs: 400_000,
    });
    expect(walk.run.context.attempt).toBe(2);
    expect(late(walk, CLIENT)).toBeUndefined();
  });

  test('said within 2 s of its arrival it is not late', () => {
    const walk = aLiveSession().cut().to(400_000);
    expect(late(walk.say(PRACTITIONER, call('noAnswer'), 398_000))).toBeNull();
    expect(late(walk.by(1000).say(PRACTITIONER, call('noAnswer', 2), 398_999))?.saidAtMs).toBe(398_999);
  });

  test('reaching the client, also where a duty person takes the run with it', () => {
    const walk = aLiveSession().cut().say(PRACTITIONER, { type: 'risk.raise', client }).to(100_000);
    walk.say(DUTY[0], call('reachedByName'), 90_000);
    expect(late(walk)).toMatchObject({ report: 'call', outcome: 'reachedByName', by: DUTY[0] });
  });

  test('an act, a word and a disposition', () => {
    const decided = () =>
      aLiveSession()
        .cut()
        .to(490_000)
        .say(PRACTITIONER, { type: 'ladder.decide', client, run: 'c1.r1', decision: 'ringEmergencyContact' })
        .by(30_000);
    const act = { type: 'ladder.recordAct', client, run: 'c1.r1', outcome: 'notReached' } as const;
    expect(late(decided().say(PRACTITIONER, act, 495_000))).toMatchObject({
      report: 'act',
      outcome: 'notReached',
    });
    const word = { type: 'ladder.confirmTogether', client, run: 'c1.r1' } as const;
    expect(late(decided().say(PRACTITIONER, word, 495_000))).toMatchObject({
      report: 'together',
      outcome: null,
    });
    const end = { type: 'ladder.dispose', client, run: 'c1.r1', disposition: 'safeByReport' } as const;
    expect(late(decided().say(PRACTITIONER, end, 495_000))).toMatchObject({
      report: 'disposition',
      outcome: 'safeByReport',
    });
  });

  test('a word and a call with which the run ends in the same step', () => {
    const word = { type: 'ladder.confirmTogether', client, run: 'c1.r1' } as const;
    const back = aLiveSession().cut().to(361_000).heal().to(400_000).say(PRACTITIONER, word, 380_000);
    expect(late(back)).toMatchObject({ report: 'together', saidAtMs: 380_000, atMs: 400_000 });
    const rung = aLiveSession().cut().to(400_000).say(PRACTITIONER, call('reachedByName'), 365_000);
    expect(late(rung)).toMatchObject({ report: 'call', outcome: 'reachedByName' });
    expect([back.run.state, rung.run.state]).toEqual(['none', 'none']);
  });

  test('about a run that is over, and it stays when another run opens', () => {
    const walk = aLiveSession().cut().to(100_000).heal().to(200_000);
    expect(walk.run.state).toBe('none');
    walk.say(PRACTITIONER, call('noAnswer'));
    expect(late(walk)).toMatchObject({ report: 'call', outcome: 'noAnswer', atMs: walk.nowMs });
    const before = late(walk);
    expect(late(walk.by(60_000).cut())).toEqual(before);
  });

  test('a run that ends by itself tells nothing of a report', () => {
    expect(late(aLiveSession().cut().to(100_000).heal().to(200_000))).toBeNull();
  });
});
