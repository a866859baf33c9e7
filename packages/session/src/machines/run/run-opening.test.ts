import { describe, expect, test } from 'vitest';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  type Walk,
} from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';

const client = CLIENT;
const risk = (walk: Walk) => walk.say(PRACTITIONER, { type: 'risk.raise', client });
const doNotRing = (walk: Walk) =>
  walk.say(CLIENT, { ...ANSWERS.callBackNumber, flags: { safeToRing: false, safeToLeaveMessage: false } });

describe('contact lost, routine', () => {
  test('[L1][E12][A23] opens one run with reconnecting alone, owned by the practitioner', () => {
    const walk = aLiveSession().cut().to(63_000);
    expect(walk.run.parts).toEqual({
      reconnecting: 'waiting',
      phoning: 'idle',
      deciding: 'idle',
      word: 'idle',
      staff: 'answering',
    });
    expect(walk.run.context).toMatchObject({
      run: 'c1.r1',
      owner: PRACTITIONER,
      cause: 'contactLost',
      lastContactMs: 60_000,
    });
    expect(walk.alerted).toEqual([]);
  });

  test('[L4][E13] the clock starts at the last contact: phoning at 300 s', () => {
    const walk = aLiveSession().cut().to(359_999);
    expect(walk.kinds).not.toContain('phoning.opened');
    walk.to(360_000);
    expect(walk.when('phoning.opened')).toEqual([360_000]);
    expect(walk.run.parts).toMatchObject({ reconnecting: 'done', phoning: 'attempting', deciding: 'idle' });
  });

  test('[L5][E14] three attempts of 60 s, then deciding', () => {
    const walk = aLiveSession().cut().to(540_000);
    expect(walk.when('phoning.attemptDue')).toEqual([360_000, 420_000, 480_000]);
    expect(walk.when('deciding.opened')).toEqual([540_000]);
    expect(walk.run.parts).toMatchObject({ phoning: 'done', deciding: 'undecided' });
  });

  test('[L1][H27] one outage is one run; the next one has a number of its own', () => {
    const walk = aLiveSession().cut().to(100_000).heal().to(105_000);
    expect(walk.events.find((event) => event.kind === 'run.ended')?.outcome).toBe('together');
    expect(walk.cut().by(2000).runId).toBe('c1.r2');
  });

  test('[L1] deadlines found late fire at once and count on from then', () => {
    const walk = aLiveSession().by(10_000).silent(CLIENT, 61_000).silent(PRACTITIONER, 61_000).by(0);
    walk.nowMs = 400_000;
    walk.take({ type: 'clock.reached' }, { person: null, role: null, source: 'clock', device: null });
    expect(walk.when('phoning.opened')).toEqual([400_000]);
    expect(walk.run.context.deadlines).toMatchObject({ attempt: 460_000, phoning: 580_000 });
  });
});

describe('contact lost, risk active', () => {
  test('[L2][A32][H10] phoning, deciding and a duty alert open with the run; reconnecting goes on beside', () => {
    const walk = risk(aLiveSession()).cut().to(63_000);
    expect(walk.run.parts).toEqual({
      reconnecting: 'waiting',
      phoning: 'attempting',
      deciding: 'undecided',
      word: 'idle',
      staff: 'answering',
    });
    expect(walk.alerted).toEqual(['riskActive.duty-1']);
    expect(walk.run.context.deadlines).toMatchObject({ decide: 123_000, attempt: 123_000, wait: 360_000 });
  });

  test('[L4] the end of the reconnect wait opens nothing twice', () => {
    const walk = risk(aLiveSession()).cut().to(400_000);
    expect(walk.when('phoning.opened')).toEqual([63_000]);
    expect(walk.when('deciding.opened')).toEqual([63_000]);
    expect(walk.when('reconnecting.ended')).toEqual([360_000]);
  });
});

describe('where ringing is blocked', () => {
  test('[L3][H03] not safe to ring, routine: deciding opens when phoning was due, and phoning never', () => {
    const walk = doNotRing(aLiveSession()).cut().to(360_000);
    expect(walk.run.parts).toMatchObject({ phoning: 'idle', deciding: 'undecided' });
    expect(walk.when('deciding.opened')).toEqual([360_000]);
    expect(walk.to(2_000_000).kinds).not.toContain('phoning.opened');
  });

  test('[L3][H03] not safe to ring, risk active: deciding and the duty alert at once, no phoning', () => {
    const walk = risk(doNotRing(aLiveSession())).cut().to(63_000);
    expect(walk.run.parts).toMatchObject({ reconnecting: 'waiting', phoning: 'idle', deciding: 'undecided' });
    expect(walk.alerted).toEqual(['riskActive.duty-1']);
  });

  test('[L3][H32] a safe channel without voice still counts as phoning', () => {
    const walk = doNotRing(aLiveSession());
    walk.say(CLIENT, { ...ANSWERS.backUpChannel, flags: { usesVoice: false, isSafeChannel: true } });
    expect(walk.cut().to(360_000).run.parts?.phoning).toBe('attempting');
  });

  test('[L3] a voice channel does not unblock a number that is not safe', () => {
    const walk = doNotRing(aLiveSession());
    walk.say(CLIENT, { ...ANSWERS.backUpChannel, flags: { usesVoice: true, isSafeChannel: true } });
    expect(walk.cut().to(360_000).run.parts?.phoning).toBe('idle');
  });

  test('[L3] a number that becomes unsafe in the middle is not tried again', () => {
    const walk = doNotRing(aLiveSession().cut().to(370_000)).to(420_000);
    expect(walk.run.parts).toMatchObject({ phoning: 'done', deciding: 'undecided' });
    expect(walk.when('phoning.attemptDue')).toEqual([360_000]);
  });

  test('[L3] the owner may allow ringing with a reason; nobody else, and not when it is allowed anyway', () => {
    const walk = doNotRing(aLiveSession()).cut().to(360_000);
    const allow = { type: 'ladder.allowRinging', client, run: 'c1.r1', reason: 'clinicalJudgement' } as const;
    walk.say('duty-1', allow);
    expect(walk.lastRefusal?.code).toBe('not-owner');
    walk.say(PRACTITIONER, allow);
    expect(walk.lastRefusal).toBeNull();
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', deciding: 'undecided' });
    walk.say(PRACTITIONER, allow);
    expect(walk.lastRefusal?.code).toBe('not-now');
  });

  test('[L3][L2] allowed with risk active, ringing opens at once, although reconnecting goes on', () => {
    const walk = risk(doNotRing(aLiveSession())).cut().to(70_000);
    walk.say(PRACTITIONER, {
      type: 'ladder.allowRinging',
      client,
      run: 'c1.r1',
      reason: 'clinicalJudgement',
    });
    expect(walk.run.parts).toMatchObject({ reconnecting: 'waiting', phoning: 'attempting' });
    expect(walk.when('phoning.opened')).toEqual([70_000]);
  });

  test('[L3][E2] a quick exit can be overridden with a reason, too: ringing is then whole, until they exit again', () => {
    const walk = aLiveSession().exit(CLIENT);
    const allow = { type: 'ladder.allowRinging', client, run: 'c1.r1', reason: 'clinicalJudgement' } as const;
    expect(walk.say(PRACTITIONER, allow).run.parts?.phoning).toBe('attempting');
    walk.recordCall('noAnswer');
    expect(walk.run.context).toMatchObject({ attempt: 2 });
    expect(walk.say(PRACTITIONER, allow).lastRefusal?.code).toBe('not-now');
    walk.to(500_000).say(PRACTITIONER, {
      type: 'ladder.decide',
      client,
      run: 'c1.r1',
      decision: 'ringClientAgain',
    });
    expect(walk.run.parts?.phoning).toBe('attempting');
    walk.join(CLIENT).exit(CLIENT);
    expect(walk.run.parts?.phoning).toBe('done');
    expect(
      walk.say(PRACTITIONER, { type: 'ladder.decide', client, run: 'c1.r1', decision: 'ringClientAgain' })
        .lastRefusal?.code,
    ).toBe('not-allowed');
  });

  test('[L3] ringing that is allowed while reconnecting opens phoning when it is due, for this run only', () => {
    const walk = doNotRing(aLiveSession()).cut().to(100_000);
    walk.say(PRACTITIONER, {
      type: 'ladder.allowRinging',
      client,
      run: 'c1.r1',
      reason: 'clinicalJudgement',
    });
    expect(walk.run.parts?.phoning).toBe('idle');
    expect(walk.to(360_000).run.parts).toMatchObject({ phoning: 'attempting', deciding: 'idle' });
    walk
      .say(PRACTITIONER, { type: 'ladder.dispose', client, run: 'c1.r1', disposition: 'safeByReport' })
      .heal()
      .by(10_000)
      .cut();
    expect(walk.by(400_000).run.parts?.phoning).toBe('idle');
  });
});

describe('a client who goes on purpose', () => {
  test('[E1][H12] hang-up, routine: no run', () => {
    expect(aLiveSession().leave(CLIENT).by(600_000).run.state).toBe('none');
  });

  test('[E2][L3][H12] quick exit: the decision opens at once, nothing rings and nothing reconnects', () => {
    const walk = aLiveSession().exit(CLIENT);
    expect(walk.run.parts).toEqual({
      reconnecting: 'idle',
      phoning: 'idle',
      deciding: 'undecided',
      word: 'idle',
      staff: 'answering',
    });
    expect(walk.alerted).toEqual([]);
    expect(walk.to(2_000_000).kinds).not.toContain('phoning.opened');
  });

  test('[E2] quick exit with risk active: with a duty alert', () => {
    expect(risk(aLiveSession()).exit(CLIENT).alerted).toEqual(['exitAtRisk.duty-1']);
  });

  test('[E2] quick exit while they wait is told too', () => {
    expect(aWaitingSession().exit(CLIENT).run.parts?.deciding).toBe('undecided');
  });

  test('[E3][H12] left with risk active: deciding and a duty alert, nothing rings', () => {
    const walk = risk(aLiveSession()).leave(CLIENT);
    expect(walk.run.parts).toMatchObject({ reconnecting: 'idle', phoning: 'idle', deciding: 'undecided' });
    expect(walk.alerted).toEqual(['clientLeftAtRisk.duty-1']);
  });

  test('[E3] consent withdrawn with risk active: the same', () => {
    const walk = risk(aLiveSession()).say(CLIENT, { type: 'consent.withdraw' });
    expect(walk.run.parts).toMatchObject({ phoning: 'idle', deciding: 'undecided' });
    expect(walk.alerted).toEqual(['clientLeftAtRisk.duty-1']);
  });

  test('[E3][L8] risk raised after they left opens deciding', () => {
    const walk = risk(aLiveSession().leave(CLIENT).by(60_000));
    expect(walk.run.parts).toMatchObject({ reconnecting: 'idle', phoning: 'idle', deciding: 'undecided' });
    expect(walk.alerted).toEqual(['clientLeftAtRisk.duty-1']);
  });

  test('[E3][L8] risk raised after they left while a decision is still open: the duty role is told', () => {
    const walk = risk(aLiveSession().cut().to(545_000).leave(CLIENT));
    expect(walk.run.parts).toMatchObject({ phoning: 'done', deciding: 'undecided' });
    expect(walk.alerted).toEqual(['clientLeftAtRisk.duty-1']);
    expect(walk.run.context.deadlines['decide']).toBe(605_000);
  });

  test('[E3][P6] a practitioner who goes by quick exit with risk active is like one who leaves', () => {
    const walk = risk(aLiveSession()).exit(PRACTITIONER);
    expect(walk.run).toMatchObject({ state: 'open', parts: { phoning: 'idle', deciding: 'undecided' } });
    expect(walk.run.context.cause).toBe('leftAtRisk');
    expect(walk.alerted).toEqual(['practitionerLeft.duty-1']);
  });

  for (const go of ['leave', 'exit'] as const) {
    test(`[P13][L7][E1] to ${go} the page during a phone call ends nothing in a run that is open either`, () => {
      const walk = risk(aLiveSession()).cut().to(70_000);
      walk.recordCall('reachedByName');
      walk.by(1000)[go](CLIENT);
      expect(walk.value('contact:c1')).toBe('byPhone');
      expect(walk.run.context).toMatchObject({ isBack: true, outcome: 'byPhone' });
      expect(walk.alerted).toEqual(['riskActive.duty-1']);
      walk.say(PRACTITIONER, { type: 'ladder.standDown', client, run: 'c1.r1' });
      expect(walk.events.find((event) => event.kind === 'run.ended')?.outcome).toBe('byPhone');
    });
  }

  test('[L2][L3][E2] who exits in an outage, comes back and is lost again at once is rung with risk active', () => {
    const walk = risk(aLiveSession().cut().by(5000).exit(CLIENT)).by(5000);
    expect(walk.run.parts).toMatchObject({ phoning: 'idle', deciding: 'undecided' });
    walk.join(CLIENT).heal().by(1000).cut();
    expect(walk.value('contact:c1')).toBe('lost');
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', deciding: 'undecided' });
    expect(walk.when('phoning.opened')).toHaveLength(1);
  });

  test('[E1] leaving the page during a phone call is no loss', () => {
    const walk = aLiveSession().cut().to(360_000);
    walk.recordCall('reachedByName');
    expect(risk(walk).leave(CLIENT).run.state).toBe('none');
  });
});

describe('a client who vanishes while waiting', () => {
  test('[L19][C24] rings at once, without reconnecting', () => {
    const walk = aWaitingSession().by(60_000).silent(CLIENT).by(3000);
    expect(walk.run.parts).toMatchObject({ reconnecting: 'idle', phoning: 'attempting', deciding: 'idle' });
    expect(walk.run.context).toMatchObject({ cause: 'vanishedWaiting', lastContactMs: 60_000 });
  });

  test('[L19] with risk active deciding and a duty alert open with it', () => {
    const walk = risk(aWaitingSession()).by(60_000).silent(CLIENT).by(3000);
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', deciding: 'undecided' });
    expect(walk.alerted).toEqual(['riskActive.duty-1']);
  });

  test('[L19][L3] without a number that may be rung the practitioner decides', () => {
    const walk = aWalk().join(PRACTITIONER).join(CLIENT).by(60_000).silent(CLIENT).by(3000);
    expect(walk.run.parts).toMatchObject({ phoning: 'idle', deciding: 'undecided' });
  });

  test('[L19] a tab closed before the number is given and before the practitioner came is nothing', () => {
    const walk = aWalk().join(CLIENT).by(60_000).silent(CLIENT).by(600_000);
    expect(walk.run.state).toBe('none');
  });

  test('[L19][L14] back in the waiting room: a person says that it is them', () => {
    const walk = aWaitingSession().by(60_000).silent(CLIENT).by(10_000).join(CLIENT);
    expect(walk.run.parts).toMatchObject({ phoning: 'done', word: 'awaited' });
    walk.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: 'c1.r1' });
    expect(walk.run.state).toBe('none');
    expect(walk.by(1000).silent(CLIENT).by(3000).runId).toBe('c1.r2');
  });

  test('[L19] back and gone again before the word: ringing goes on', () => {
    const walk = aWaitingSession()
      .by(60_000)
      .silent(CLIENT)
      .by(10_000)
      .join(CLIENT)
      .by(5000)
      .silent(CLIENT)
      .by(3000);
    expect(walk.runId).toBe('c1.r1');
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', word: 'idle' });
    expect(walk.run.context.attempt).toBe(2);
  });

  test('[L19][E2] who exited, joined again and then vanished is lost, not left', () => {
    const walk = aLiveSession()
      .exit(CLIENT)
      .say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: 'c1.r1' });
    walk
      .say(PRACTITIONER, { type: 'ladder.standDown', client, run: 'c1.r1' })
      .join(CLIENT)
      .silent(CLIENT)
      .by(3000);
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', deciding: 'idle', word: 'idle' });
  });

  test('[L19][L8] a tab that was closed before anything was owed: with risk raised it is a client who vanished', () => {
    const walk = aWalk().join(CLIENT).by(60_000).silent(CLIENT).by(5000).join(PRACTITIONER);
    expect(risk(walk).run.parts).toMatchObject({ reconnecting: 'idle', deciding: 'undecided' });
    expect(walk.run.context.cause).toBe('vanishedWaiting');
    expect(walk.alerted).toEqual(['riskActive.duty-1']);
  });

  test('[L19][E2][H01] who exited while waiting and waits again is back: the word, the stand-down, and nothing rings', () => {
    const walk = aWaitingSession().exit(CLIENT).by(5000).join(CLIENT);
    expect(walk.run.parts).toMatchObject({ deciding: 'undecided', word: 'awaited' });
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client, run: 'c1.r1' });
    expect(walk.lastRefusal).toBeNull();
    walk.silent(CLIENT).by(3000);
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', word: 'idle' });
    walk.join(CLIENT);
    expect(walk.run.parts).toMatchObject({ phoning: 'done', word: 'awaited' });
    walk.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: 'c1.r1' });
    expect(walk.events.find((event) => event.kind === 'run.ended')?.outcome).toBe('together');
  });

  test('[L19][L2] risk raised after they were back: vanishing again opens the decision and tells the duty role', () => {
    const walk = aWaitingSession().by(60_000).silent(CLIENT).by(10_000).join(CLIENT);
    expect(risk(walk).alerted).toEqual([]);
    walk.silent(CLIENT).by(3000);
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', deciding: 'undecided' });
    expect(walk.alerted).toEqual(['riskActive.duty-1']);
  });

  test('[L19] vanishing while somebody rings again is no second ringing', () => {
    const walk = aWaitingSession().silent(CLIENT).by(3000).join(CLIENT).silent(CLIENT);
    walk
      .say(PRACTITIONER, { type: 'ladder.decide', client, run: 'c1.r1', decision: 'ringClientAgain' })
      .by(3000);
    expect(walk.when('phoning.opened')).toEqual([3000, 3000]);
    expect(walk.run.context.attempt).toBe(2);
  });
});
