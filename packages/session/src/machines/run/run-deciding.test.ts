import type { Decision } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';

const client = CLIENT;
const deciding = () => aLiveSession().cut().to(540_000);
const risk = (walk: Walk) => walk.say(PRACTITIONER, { type: 'risk.raise', client });
const decide = (walk: Walk, decision: Decision, lookAgainAtMs?: number, by = PRACTITIONER) =>
  walk.say(by, {
    type: 'ladder.decide',
    client,
    run: 'c1.r1',
    decision,
    ...(lookAgainAtMs === undefined ? {} : { lookAgainAtMs }),
  });
const act = (walk: Walk, outcome: 'reached' | 'notReached' | 'notDone') =>
  walk.say(PRACTITIONER, { type: 'ladder.recordAct', client, run: 'c1.r1', outcome });

describe('silence', () => {
  test('[L10][E14] no decision within 120 s: the duty role is alerted, once', () => {
    const walk = deciding().to(659_999);
    expect(walk.alerted).toEqual([]);
    expect(walk.to(660_000).alerted).toEqual(['decidingSilent.duty-1']);
  });

  test('[L10][A32] with risk active within 60 s', () => {
    const walk = risk(aLiveSession()).cut().to(122_999);
    expect(walk.kinds).not.toContain('deciding.unanswered');
    expect(walk.to(123_000).kinds).toContain('deciding.unanswered');
  });

  test('[L10][A5] a late decision counts, and stands the alert down', () => {
    const walk = decide(deciding().to(670_000), 'ringEmergencyServices');
    expect(walk.run.parts?.deciding).toBe('acting');
    expect(walk.value('alert:c1.r1.decidingSilent.duty-1')).toBe('stoodDown');
  });
});

describe('whose decision it is', () => {
  test('[L9][L17] only the owner decides', () => {
    const walk = risk(aLiveSession()).cut().to(70_000);
    decide(walk, 'ringEmergencyServices', undefined, 'duty-1');
    expect(walk.lastRefusal?.code).toBe('not-owner');
    expect(walk.run.parts?.deciding).toBe('undecided');
  });

  test('[L9] an earlier run’s decision is refused', () => {
    const walk = deciding().say(PRACTITIONER, {
      type: 'ladder.decide',
      client,
      run: 'c1.r0',
      decision: 'ringEmergencyServices',
    });
    expect(walk.lastRefusal?.code).toBe('stale-run');
  });

  test('[L9] the owner need not wait until it is due', () => {
    const walk = decide(aLiveSession().cut().to(100_000), 'ringEmergencyServices');
    expect(walk.run.parts).toMatchObject({ reconnecting: 'waiting', deciding: 'acting' });
    expect(decide(aLiveSession().cut().to(100_000), 'notNow', 120_000).lastRefusal?.code).toBe('not-now');
  });

  for (const answer of ['none', 'notSafe'] as const) {
    test(`[L9][H05] the emergency contact cannot be chosen when the answer is ${answer}; deciding is open all the same`, () => {
      const walk = aLiveSession()
        .say(CLIENT, { type: 'item.answer', item: 'emergencyContact', answer })
        .cut()
        .to(540_000);
      expect(walk.run.parts?.deciding).toBe('undecided');
      decide(walk, 'ringEmergencyContact');
      expect(walk.lastRefusal?.code).toBe('not-allowed');
      expect(
        decide(
          aLiveSession()
            .say(CLIENT, { type: 'item.answer', item: 'emergencyContact', answer })
            .cut()
            .to(70_000),
          'ringEmergencyContact',
        ).lastRefusal?.code,
      ).toBe('not-allowed');
    });
  }

  test('[L9][A48] it can when it was agreed', () => {
    expect(decide(deciding(), 'ringEmergencyContact').lastRefusal).toBeNull();
  });
});

describe('beside the other parts', () => {
  const atRisk = () => risk(aLiveSession()).cut().to(70_000);
  const others = { reconnecting: 'waiting', phoning: 'attempting', word: 'idle' };

  test('[L4][L9] a decision, an act and a new decision leave reconnecting and phoning as they are', () => {
    const walk = decide(atRisk(), 'ringEmergencyServices');
    expect(walk.run.parts).toMatchObject({ ...others, deciding: 'acting' });
    expect(walk.run.context.deadlines).toEqual({
      wait: 360_000,
      attempt: 123_000,
      phoning: 243_000,
      act: 130_000,
    });
    expect(act(walk, 'reached').run.parts).toMatchObject({ ...others, deciding: 'settling' });
    expect(act(walk, 'notDone').run.parts).toMatchObject({ ...others, deciding: 'undecided' });
    expect(decide(walk, 'notNow', 100_000).run.parts).toMatchObject({ ...others, deciding: 'waiting' });
    expect(walk.when('reconnecting.opened')).toHaveLength(1);
    expect(walk.when('phoning.attemptDue')).toHaveLength(1);
  });

  test('[L10][L11] nobody is silent because another part’s clock ran out', () => {
    const acting = decide(atRisk(), 'ringEmergencyServices').to(129_999);
    expect(acting.when('phoning.attemptDue')).toEqual([63_000, 123_000]);
    expect(acting.kinds).not.toContain('deciding.actUnanswered');
    const settling = act(decide(atRisk(), 'ringEmergencyServices').to(100_000), 'reached').to(159_999);
    expect(settling.kinds).not.toContain('deciding.actUnanswered');
    const undecided = act(decide(atRisk(), 'ringEmergencyServices').to(100_000), 'notDone').to(159_999);
    expect(undecided.when('deciding.unanswered')).toEqual([]);
    const waiting = decide(atRisk(), 'notNow', 129_000).to(128_999);
    expect(waiting.run.parts?.deciding).toBe('waiting');
  });

  test('[L11] a call that is recorded beside it gives no more time to act', () => {
    const walk = decide(atRisk(), 'ringEmergencyServices').to(100_000);
    walk.recordCall('noAnswer');
    expect(walk.run.context.deadlines['act']).toBe(130_000);
    const again = decide(deciding(), 'ringClientAgain').to(600_000);
    again.recordCall('noAnswer', { attempt: 5 });
    expect(again.run.context.deadlines['act']).toBe(720_000);
  });

  test('[L14] nor does it answer for the word', () => {
    const walk = decide(atRisk().heal().to(75_000), 'ringEmergencyServices');
    expect(walk.run.parts).toMatchObject({ deciding: 'acting', word: 'awaited' });
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client, run: 'c1.r1' });
    expect(walk.run.parts).toMatchObject({ deciding: 'idle', word: 'awaited' });
  });

  test('[L15] exhausted moves none of them', () => {
    const walk = atRisk().to(183_000);
    expect(walk.run).toMatchObject({ state: 'exhausted', parts: { ...others, deciding: 'undecided' } });
    walk.say('duty-1', { type: 'ladder.takeOver', client, run: 'c1.r1' });
    expect(walk.run).toMatchObject({ state: 'open', parts: { ...others, deciding: 'undecided' } });
  });
});

describe('acting on it', () => {
  test('[L11][H31] no result within 120 s: the duty role is alerted, and it stays open', () => {
    const walk = decide(deciding().to(550_000), 'ringEmergencyServices').to(669_999);
    expect(walk.kinds).not.toContain('deciding.actUnanswered');
    walk.to(670_000);
    expect(walk.when('deciding.actUnanswered')).toEqual([670_000]);
    expect(walk.alerted).toEqual(['actSilent.duty-1']);
    expect(walk.run.parts?.deciding).toBe('acting');
  });

  test('[L11] with risk active within 60 s', () => {
    const walk = decide(risk(aLiveSession()).cut().to(70_000), 'ringEmergencyServices');
    expect(walk.run.context.deadlines['act']).toBe(130_000);
  });

  for (const outcome of ['notReached', 'notDone'] as const) {
    test(`[L11] ${outcome}: the decision is open again with a fresh clock`, () => {
      const walk = act(decide(deciding(), 'ringEmergencyServices').to(600_000), outcome);
      expect(walk.run.parts?.deciding).toBe('undecided');
      expect(walk.run.context.deadlines).toEqual({ decide: 720_000 });
    });
  }

  for (const outcome of ['notReached', 'notDone'] as const) {
    test(`[L10][L18][H09] ${outcome} said again is kept as late and gives no more time to decide`, () => {
      const walk = act(decide(deciding(), 'ringEmergencyServices').to(600_000), outcome).to(640_000);
      expect(act(walk, outcome).events.at(-1)?.kind).toBe('run.lateReport');
      expect(walk.run.context.deadlines).toEqual({ decide: 720_000 });
      expect(walk.when('deciding.acted')).toEqual([600_000]);
      decide(walk, 'notNow', 660_000);
      expect(act(walk, outcome).events.at(-1)?.kind).toBe('run.lateReport');
      expect(walk.run.context).toMatchObject({ decision: 'notNow', deadlines: { lookAgain: 660_000 } });
    });
  }

  test('[L11] reached: how it ended is still owed, with its own clock and silence', () => {
    const walk = act(decide(deciding(), 'ringEmergencyServices').to(600_000), 'reached');
    expect(walk.run.parts?.deciding).toBe('settling');
    expect(walk.run.context.deadlines).toEqual({ act: 720_000 });
    expect(walk.to(720_000).alerted).toEqual(['actSilent.duty-1']);
  });

  test('[L11] a person may choose otherwise in between', () => {
    const walk = decide(decide(deciding(), 'ringEmergencyContact').to(580_000), 'ringEmergencyServices');
    expect(walk.run.context).toMatchObject({
      decision: 'ringEmergencyServices',
      deadlines: { act: 700_000 },
    });
  });

  test('[L18] help that was arranged without a decision counts', () => {
    expect(act(deciding(), 'reached').run.parts?.deciding).toBe('settling');
    const early = act(aLiveSession().cut().to(100_000), 'reached');
    expect(early.run.parts).toMatchObject({ reconnecting: 'waiting', deciding: 'settling' });
    expect(early.kinds).toContain('followUp.opened');
    expect(act(aLiveSession().cut().to(100_000), 'notDone').events.at(-1)?.kind).toBe('run.lateReport');
  });

  test('[L18][X4] said when the client is back, or when the run is over, it opens nothing but what is owed', () => {
    const back = act(aLiveSession().cut().to(361_000).heal().to(370_000), 'reached');
    expect(back.run.parts).toMatchObject({ deciding: 'idle', word: 'awaited' });
    expect(back.kinds).toContain('followUp.opened');
    const over = act(aLiveSession().cut().to(100_000).heal().to(200_000), 'reached');
    expect(over.events.slice(-2).map((event) => [event.kind, event.subject?.id])).toEqual([
      ['run.lateReport', 'c1.r1'],
      ['followUp.opened', 'tell.c1.r1'],
    ]);
    expect(over.run.state).toBe('none');
  });

  test('[L9] ringing the client again is a fresh part of phoning, with the next attempt', () => {
    const walk = decide(deciding(), 'ringClientAgain');
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', deciding: 'acting' });
    expect(walk.run.context).toMatchObject({ attempt: 4, deadlines: { phoning: 720_000 } });
    for (let n = 4; n <= 6; n += 1) walk.by(1000).recordCall('noAnswer', { attempt: n });
    expect(walk.run.parts).toMatchObject({ phoning: 'done', deciding: 'undecided' });
    expect(walk.run.context.deadlines).toEqual({ decide: 663_000 });
  });

  test('[L9][L6] and reaching them that way settles the decision', () => {
    const walk = decide(deciding(), 'ringClientAgain').by(1000);
    walk.recordCall('reachedByName');
    expect(walk.run.state).toBe('none');
    expect(walk.value('contact:c1')).toBe('byPhone');
  });

  test('[L9][L3] it is refused where ringing is blocked', () => {
    const walk = aLiveSession().say(CLIENT, {
      ...ANSWERS.callBackNumber,
      flags: { safeToRing: false, safeToLeaveMessage: false },
    });
    expect(decide(walk.cut().to(400_000), 'ringClientAgain').lastRefusal?.code).toBe('not-allowed');
  });
});

describe('not now', () => {
  test('[L12] names when to look again; then the decision is open again', () => {
    const walk = decide(deciding(), 'notNow', 840_000);
    expect(walk.run.parts?.deciding).toBe('waiting');
    expect(walk.run.context.deadlines).toEqual({ lookAgain: 840_000 });
    walk.to(840_000);
    expect(walk.run.parts?.deciding).toBe('undecided');
    expect(walk.run.context.deadlines).toEqual({ decide: 960_000 });
  });

  test('[L12] at most 300 s ahead, and never in the past or without a time', () => {
    expect(decide(deciding(), 'notNow', 840_001).lastRefusal?.code).toBe('bad-time');
    expect(decide(deciding(), 'notNow', 540_000).lastRefusal?.code).toBe('bad-time');
    expect(decide(deciding(), 'notNow').lastRefusal?.code).toBe('bad-time');
    expect(decide(deciding(), 'notNow', 540_001).lastRefusal).toBeNull();
  });

  test('[L12] at most 60 s with risk active', () => {
    const walk = risk(aLiveSession()).cut().to(70_000);
    expect(decide(walk, 'notNow', 130_001).lastRefusal?.code).toBe('bad-time');
    expect(decide(walk, 'notNow', 130_000).lastRefusal).toBeNull();
  });
});

describe('how it ends', () => {
  test('[L16][A48] a disposition by a named person ends the run, whatever is open', () => {
    const walk = decide(deciding(), 'ringEmergencyServices');
    walk.say(PRACTITIONER, {
      type: 'ladder.dispose',
      client,
      run: 'c1.r1',
      disposition: 'handedToEmergencyServices',
    });
    const ended = walk.events.find((event) => event.kind === 'run.ended');
    expect(ended).toMatchObject({ outcome: 'handedToEmergencyServices', actor: { person: PRACTITIONER } });
    expect(walk.run.state).toBe('none');
    expect(walk.run.context.deadlines).toEqual({});
  });

  test('[L16][L18] an alerted duty person may say it too; one who was not alerted may not', () => {
    const dispose = { type: 'ladder.dispose', client, run: 'c1.r1', disposition: 'safeByReport' } as const;
    expect(deciding().say('duty-1', dispose).lastRefusal?.code).toBe('not-allowed');
    expect(deciding().to(660_000).say('duty-1', dispose).run.state).toBe('none');
  });

  test('[L16] whoever was told outside is told how it ended', () => {
    const walk = act(decide(deciding(), 'ringEmergencyContact'), 'reached');
    expect(walk.events.find((event) => event.kind === 'followUp.opened')?.outcome).toBe('tellThemHowItEnded');
  });

  test('[L16] reaching the client again tells nobody outside', () => {
    const walk = act(decide(deciding(), 'ringClientAgain'), 'reached');
    expect(walk.events.find((event) => event.kind === 'deciding.acted')?.outcome).toBe('clientReached');
    expect(walk.kinds).not.toContain('followUp.opened');
  });

  test('[L7] left during the run, routine: it ends as left', () => {
    const walk = aLiveSession().cut().to(100_000).leave(CLIENT);
    expect(walk.events.find((event) => event.kind === 'run.ended')?.outcome).toBe('left');
  });

  test('[L7] left while a decision is open: it stays until it is stood down, then left', () => {
    const walk = deciding().leave(CLIENT);
    expect(walk.run.parts?.deciding).toBe('undecided');
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client, run: 'c1.r1' });
    expect(walk.events.find((event) => event.kind === 'run.ended')?.outcome).toBe('left');
  });

  test('[L7][E3] left during the run with risk active: what rings stops, the duty role knows', () => {
    const walk = risk(aLiveSession()).cut().to(70_000).leave(CLIENT);
    expect(walk.run.parts).toMatchObject({ reconnecting: 'done', phoning: 'done', deciding: 'undecided' });
    expect(walk.alerted).toEqual(['riskActive.duty-1', 'clientLeftAtRisk.duty-1']);
  });

  test('[L7][E2] quick exit during the run: nothing rings any more, a person decides', () => {
    const walk = aLiveSession().cut().to(370_000).exit(CLIENT);
    expect(walk.run.parts).toMatchObject({ phoning: 'done', deciding: 'undecided' });
    expect(walk.to(2_000_000).when('phoning.attemptDue')).toEqual([360_000]);
  });

  test('[E2] after quick exit a decision can be stood down: the run ends as left', () => {
    const walk = aLiveSession()
      .exit(CLIENT)
      .say(PRACTITIONER, { type: 'ladder.standDown', client, run: 'c1.r1' });
    expect(walk.events.find((event) => event.kind === 'run.ended')?.outcome).toBe('left');
  });
});
