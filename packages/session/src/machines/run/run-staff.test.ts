import { describe, expect, test } from 'vitest';
import { aLiveSession, aWaitingSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';

const client = CLIENT;
const run = 'c1.r1';
const raise = (walk: Walk, saidAtMs: number | null = null) =>
  walk.say(PRACTITIONER, { type: 'risk.raise', client }, saidAtMs);
const together = (walk: Walk, by = PRACTITIONER) =>
  walk.say(by, { type: 'ladder.confirmTogether', client, run });
const takeOver = (walk: Walk, by: string) => walk.say(by, { type: 'ladder.takeOver', client, run });
const accept = (walk: Walk, alert: string, by = 'duty-1') => walk.say(by, { type: 'alert.accept', alert });

describe('risk raised in the middle', () => {
  for (const second of [0, 1, 299]) {
    test(`[L8][H10] at ${second} s of the outage it switches at that instant`, () => {
      const walk = aLiveSession()
        .cut()
        .to(Math.max(63_000, 60_000 + second * 1000));
      raise(walk);
      expect(walk.run.parts).toMatchObject({
        reconnecting: 'waiting',
        phoning: 'attempting',
        deciding: 'undecided',
      });
      expect(walk.alerted).toEqual(['riskActive.duty-1']);
      expect(walk.run.context.deadlines).toMatchObject({ decide: walk.nowMs + 60_000, wait: 360_000 });
    });
  }

  test('[L8] said offline it counts from when it was said', () => {
    const walk = raise(aLiveSession().cut().to(200_000), 170_000);
    expect(walk.run.context.deadlines['decide']).toBe(230_000);
    const late = raise(aLiveSession().cut().to(200_000), 100_000).by(0);
    expect(late.when('deciding.unanswered')).toEqual([200_000]);
  });

  test('[L8] a deadline moves forward only', () => {
    const early = raise(aLiveSession().cut().to(640_000));
    expect(early.run.context.deadlines['decide']).toBe(660_000);
    const late = raise(aLiveSession().cut().to(545_000));
    expect(late.run.context.deadlines['decide']).toBe(605_000);
  });

  test('[L8] so do the clocks of acting, of looking again and of the word', () => {
    const acting = aLiveSession()
      .cut()
      .to(540_000)
      .say(PRACTITIONER, { type: 'ladder.decide', client, run, decision: 'ringEmergencyServices' });
    expect(raise(acting.to(560_000)).run.context.deadlines['act']).toBe(620_000);
    const waiting = aLiveSession()
      .cut()
      .to(540_000)
      .say(PRACTITIONER, { type: 'ladder.decide', client, run, decision: 'notNow', lookAgainAtMs: 840_000 });
    expect(raise(waiting.to(560_000)).run.context.deadlines['lookAgain']).toBe(620_000);
    const word = aLiveSession().cut().to(361_000).heal().to(370_000);
    expect(raise(word).run.context.deadlines['word']).toBe(400_000);
    expect(word.alerted).toEqual([]);
  });

  test('[L8][L2] the client was lost and did not go: the practitioner who left meanwhile keeps nobody from ringing', () => {
    const walk = aLiveSession().cut().to(70_000).leave(PRACTITIONER);
    walk.say('duty-1', { type: 'risk.raise', client });
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', deciding: 'undecided' });
  });

  for (const [name, apart] of [
    ['recovered', (walk: Walk) => walk.heal().to(370_000)],
    ['by phone', (walk: Walk) => walk.to(545_000).recordCall('reachedByName')],
  ] as const) {
    test(`[L2][L8] raised while ${name}, it tells the duty role once contact is lost again in the same run`, () => {
      const walk = raise(apart(aLiveSession().cut().to(361_000)));
      expect(walk.alerted).toEqual([]);
      if (name === 'recovered') walk.cut().by(2000);
      else walk.say(PRACTITIONER, { type: 'call.cut', client });
      expect(walk.runId).toBe(run);
      expect(walk.run.parts).toMatchObject({ phoning: 'attempting', deciding: 'undecided' });
      expect(walk.alerted).toEqual(['riskActive.duty-1']);
    });
  }

  test('[L2] stood down while somebody still rings, back for a moment and lost: the decision opens again at once', () => {
    const walk = raise(aLiveSession().leave(CLIENT)).say(PRACTITIONER, {
      type: 'ladder.decide',
      client,
      run,
      decision: 'ringClientAgain',
    });
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client, run }).join(CLIENT).by(1000).heal();
    expect(walk.run).toMatchObject({ state: 'open', parts: { deciding: 'idle' } });
    const lastMs = walk.nowMs;
    walk.by(1500).media(PRACTITIONER, 'silent', lastMs).media(CLIENT, 'silent', lastMs);
    expect(walk.run.parts).toMatchObject({ reconnecting: 'waiting', deciding: 'undecided' });
    expect(walk.run.context.deadlines['wait']).toBe(lastMs + 300_000);
  });

  test('[L2][H09] but who was told once is not told of every loss in this run', () => {
    const walk = raise(aLiveSession()).cut().to(65_000).heal().to(75_000).cut().by(2000);
    expect(walk.runId).toBe(run);
    expect(walk.alerted).toEqual(['riskActive.duty-1']);
  });

  test('[K2][H09] a second press changes nothing', () => {
    const walk = raise(aLiveSession().cut().to(100_000));
    const before = JSON.stringify(walk.session);
    raise(walk.by(1));
    expect(JSON.stringify(walk.session)).toBe(before);
    expect(walk.lastRefusal).toBeNull();
  });

  test('[L8][K4] lowered it moves nothing back and recalls no alert', () => {
    const walk = raise(aLiveSession().cut().to(100_000));
    const { parts, context } = walk.run;
    walk.say(PRACTITIONER, { type: 'risk.lower', client, reason: 'reassessed' });
    expect(walk.run.parts).toEqual(parts);
    expect(walk.run.context.deadlines).toEqual(context.deadlines);
    expect(walk.value('alert:c1.r1.riskActive.duty-1')).toBe('sent');
  });
});

describe('the word', () => {
  const back = () => aLiveSession().cut().to(361_000).heal().to(366_000);

  test('[L14] not needed in routine while phoning was not reached', () => {
    expect(aLiveSession().cut().to(300_000).heal().to(305_000).run.state).toBe('none');
  });

  test('[L14][H20] needed once phoning was reached: a picture is not yet a person who can talk', () => {
    const walk = back();
    expect(walk.run.parts).toMatchObject({ reconnecting: 'done', phoning: 'done', word: 'awaited' });
    expect(walk.run.context.deadlines).toEqual({ word: 426_000 });
    expect(together(walk).events.find((event) => event.kind === 'run.ended')?.outcome).toBe('together');
  });

  test('[L14] no word within 60 s: the duty role is alerted, and the word is still awaited', () => {
    const walk = back().to(425_999);
    expect(walk.alerted).toEqual([]);
    expect(walk.to(426_000).alerted).toEqual(['wordMissing.duty-1']);
    expect(together(walk).run.state).toBe('none');
    expect(walk.value('alert:c1.r1.wordMissing.duty-1')).toBe('stoodDown');
  });

  test('[L14][A32] with risk active always, within 30 s', () => {
    const walk = raise(aLiveSession()).cut().to(65_000).heal().to(70_000);
    expect(walk.run.parts).toMatchObject({ reconnecting: 'done', phoning: 'done', word: 'awaited' });
    expect(walk.run.context.deadlines['word']).toBe(100_000);
  });

  test('[L14][L8] risk raised when they are together and only a decision is open: a word is needed after all', () => {
    const walk = aLiveSession().say(CLIENT, {
      ...ANSWERS.callBackNumber,
      flags: { safeToRing: false, safeToLeaveMessage: false },
    });
    raise(walk.cut().to(400_000).heal().by(6000));
    expect(walk.run.parts).toMatchObject({ deciding: 'undecided', word: 'awaited' });
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client, run });
    expect(walk.run.state).toBe('open');
    expect(together(walk).run.state).toBe('none');
  });

  test('[L14][L6] reaching them by name is a word', () => {
    const walk = back().recordCall('reachedByName');
    expect(walk.events.find((event) => event.kind === 'run.ended')?.outcome).toBe('byPhone');
  });

  test('[L14] a clock of another part that runs out is no missing word', () => {
    const walk = raise(aLiveSession()).cut().to(65_000).heal().to(70_000).to(99_999);
    expect(walk.kinds).not.toContain('run.wordMissing');
  });

  test('[L18] said while contact comes back it is not asked for again', () => {
    const walk = together(aLiveSession().cut().to(361_000).heal().to(363_000)).to(366_000);
    expect(walk.run.state).toBe('none');
    expect(walk.kinds).not.toContain('run.wordDue');
  });

  test('[L18] but if contact breaks again it was too early', () => {
    const walk = together(aLiveSession().cut().to(361_000).heal().to(363_000))
      .media(CLIENT, 'silent', 362_900)
      .by(1000);
    walk.heal().by(5000);
    expect(walk.run.parts?.word).toBe('awaited');
  });

  test('[L18] said against the evidence it stops the steps and asks once more', () => {
    const walk = together(aLiveSession().cut().to(370_000));
    expect(walk.kinds).toContain('run.needsConfirmation');
    expect(walk.run.parts).toMatchObject({ reconnecting: 'done', phoning: 'done', word: 'awaited' });
    expect(walk.to(425_000).when('phoning.attemptDue')).toEqual([360_000]);
    expect(together(walk).events.find((event) => event.kind === 'run.ended')?.outcome).toBe('together');
    expect(walk.value('contact:c1')).toBe('byPhone');
  });

  test('[L18] without the second word the duty role is alerted', () => {
    expect(together(aLiveSession().cut().to(370_000)).to(430_000).alerted).toEqual(['wordMissing.duty-1']);
  });

  test('[L18] a duty person who was not alerted gives no word', () => {
    expect(together(back(), 'duty-1').lastRefusal?.code).toBe('not-allowed');
  });
});

describe('who owns the run', () => {
  test('[L17] a duty person who was alerted may take it over; the clock that runs goes on', () => {
    const walk = raise(aLiveSession()).cut().to(70_000);
    takeOver(walk, 'duty-1');
    expect(walk.run.context).toMatchObject({ owner: 'duty-1', deadlines: { decide: 123_000 } });
    expect(takeOver(walk, 'duty-2').lastRefusal?.code).toBe('not-allowed');
    expect(takeOver(walk, PRACTITIONER).run.context.owner).toBe(PRACTITIONER);
    expect(takeOver(walk, PRACTITIONER).lastRefusal?.code).toBe('not-now');
  });

  test('[L17][A5][L15] who takes it over has taken the alert; the list goes no further', () => {
    const walk = takeOver(aLiveSession().cut().to(670_000), 'duty-1');
    expect(walk.value('alert:c1.r1.decidingSilent.duty-1')).toBe('accepted');
    walk.to(789_999);
    expect(walk.alerted).toEqual(['decidingSilent.duty-1']);
    expect(walk.run.state).toBe('open');
    // Their own silence goes on to the next in line.
    expect(walk.to(790_000).alerted).toEqual(['decidingSilent.duty-1', 'decidingSilent.duty-2']);
  });

  test('[L17][A5] what was sent to somebody else for the old owner’s silence is over', () => {
    const walk = raise(aLiveSession().cut().to(545_000)).to(605_000);
    walk.say('duty-1', { type: 'alert.accept', alert: 'c1.r1.riskActive.duty-1' });
    walk.say(PRACTITIONER, { type: 'ladder.offerHandOver', client, run, to: 'duty-2' });
    takeOver(walk, 'duty-2');
    expect(walk.run.context.owner).toBe('duty-2');
    expect(walk.to(660_000).kinds).not.toContain('run.exhausted');
  });

  test('[L17] a clock that had run out starts anew for the new owner', () => {
    const walk = takeOver(aLiveSession().cut().to(670_000), 'duty-1');
    expect(walk.run.context.deadlines['decide']).toBe(790_000);
  });

  test('[L17][H09] offered, it stays with the old owner until a named person takes it', () => {
    const walk = aLiveSession()
      .cut()
      .to(100_000)
      .say(PRACTITIONER, { type: 'ladder.offerHandOver', client, run, to: 'duty-2' });
    expect(walk.run.context.owner).toBe(PRACTITIONER);
    const { deadlines } = walk.run.context;
    expect(takeOver(walk, 'duty-1').lastRefusal?.code).toBe('not-allowed');
    expect(takeOver(walk, 'duty-2').run.context).toMatchObject({ owner: 'duty-2', deadlines });
  });

  test('[L17] it can be offered to staff of the session only', () => {
    const offer = (to: string) =>
      aLiveSession().cut().to(100_000).say(PRACTITIONER, { type: 'ladder.offerHandOver', client, run, to });
    expect(offer(CLIENT).lastRefusal?.code).toBe('unknown-person');
    expect(offer('duty-9').lastRefusal?.code).toBe('unknown-person');
    expect(offer(PRACTITIONER).lastRefusal?.code).toBe('unknown-person');
  });

  test('[A7] accepting an alert about a silence makes them the owner', () => {
    const walk = accept(aLiveSession().cut().to(670_000), 'c1.r1.decidingSilent.duty-1');
    expect(walk.run.context).toMatchObject({ owner: 'duty-1', deadlines: { decide: 790_000 } });
  });

  test('[A7] accepting an alert about risk makes them a helper beside the owner', () => {
    const walk = accept(raise(aLiveSession()).cut().to(70_000), 'c1.r1.riskActive.duty-1');
    expect(walk.run.context.owner).toBe(PRACTITIONER);
  });

  test('[A7][H02] with the practitioner gone any acceptance takes the run over', () => {
    const walk = raise(aLiveSession()).cut().silent(PRACTITIONER).by(5000);
    accept(walk, 'c1.r1.riskActive.duty-1');
    expect(walk.run.context.owner).toBe('duty-1');
  });

  test('[A7] who helped with something else does not own what comes after', () => {
    const walk = aWaitingSession().silent(PRACTITIONER).by(3000).say(CLIENT, { type: 'help.ask', client });
    accept(walk, 'c1.h1.helpAsked.duty-1').silent(CLIENT).by(3000);
    expect(walk.run.context.owner).toBe(PRACTITIONER);
  });

  test('[A7][L17] who took a silence while the practitioner was there does not own the next run unasked', () => {
    const walk = accept(aLiveSession().cut().to(670_000), 'c1.r1.decidingSilent.duty-1').heal().by(5000);
    walk.say('duty-1', { type: 'ladder.standDown', client, run });
    expect(together(walk, 'duty-1').run.state).toBe('none');
    const lastMs = walk.by(3_600_000).nowMs;
    walk.silent(PRACTITIONER).by(1500).media(CLIENT, 'silent', lastMs).by(1500);
    expect(walk.run.context).toMatchObject({ run: 'c1.r2', owner: PRACTITIONER });
    expect(walk.forget().to(lastMs + 60_000).alerted).toEqual(['practitionerGone.duty-1']);
  });

  test('[A7][P5] who took the practitioner’s place owns the next run, too, until they are back', () => {
    const walk = aLiveSession().leave(PRACTITIONER).by(70_000);
    accept(walk, 'p1.a1.practitionerLeft.duty-1');
    walk.silent(CLIENT).by(3000);
    expect(walk.run.context).toMatchObject({ cause: 'vanishedWaiting', owner: 'duty-1' });
    walk
      .say('duty-1', { type: 'ladder.dispose', client, run, disposition: 'safeByReport' })
      .heard(CLIENT)
      .join(PRACTITIONER);
    walk.heal().by(10_000).cut().by(2000);
    expect(walk.run.context.owner).toBe(PRACTITIONER);
  });
});

describe('exhausted', () => {
  const exhausted = () => aLiveSession().cut().to(780_000);

  test('[L15][A6][H22] at the end of the list everybody named is told, and again every 60 s', () => {
    const walk = exhausted();
    expect(walk.run.state).toBe('exhausted');
    expect(walk.when('run.exhausted')).toEqual([780_000]);
    walk.to(900_000);
    expect(walk.when('run.exhaustedRepeated')).toEqual([840_000, 900_000]);
    const told = walk.effects.filter((effect) => effect.kind === 'alert' && effect.atMs >= 780_000);
    expect(told.map((effect) => ('person' in effect ? `${effect.atMs} ${effect.person}` : ''))).toEqual([
      '780000 duty-1',
      '780000 duty-2',
      '840000 duty-1',
      '840000 duty-2',
      '900000 duty-1',
      '900000 duty-2',
    ]);
    expect(new Set(told.map((effect) => effect.id)).size).toBe(6);
  });

  test('[L15] whoever takes it over has a fresh clock, and the repeats end', () => {
    const walk = takeOver(exhausted().to(800_000), 'duty-2');
    expect(walk.run.state).toBe('open');
    expect(walk.run.context).toMatchObject({ owner: 'duty-2', deadlines: { decide: 920_000 } });
    expect(walk.to(900_000).kinds).not.toContain('run.exhaustedRepeated');
  });

  test('[L15][A4] so has whoever accepts late', () => {
    const walk = accept(exhausted().to(800_000), 'c1.r1.decidingSilent.duty-1');
    expect(walk.run.state).toBe('open');
    expect(walk.run.context.owner).toBe('duty-1');
  });

  test('[L15] the owner who decides after all takes it up again', () => {
    const walk = exhausted().say(PRACTITIONER, {
      type: 'ladder.decide',
      client,
      run,
      decision: 'ringEmergencyServices',
    });
    expect(walk.run).toMatchObject({ state: 'open', parts: { deciding: 'acting' } });
    expect(walk.run.context.deadlines).toEqual({ act: 900_000 });
  });

  test('[L15] reached by name ends it; what is open has a clock again', () => {
    const walk = exhausted().recordCall('reachedByName', { by: 'duty-1' });
    expect(walk.run.state).toBe('open');
    expect(walk.run.context).toMatchObject({
      owner: 'duty-1',
      outcome: 'byPhone',
      deadlines: { decide: 900_000 },
    });
  });

  test('[L15][L16] a disposition by a named person ends the run', () => {
    const walk = exhausted().say('duty-2', {
      type: 'ladder.dispose',
      client,
      run,
      disposition: 'handedToService',
    });
    expect(walk.run.state).toBe('none');
    expect(walk.to(2_000_000).kinds.filter((kind) => kind === 'run.exhaustedRepeated')).toEqual([]);
  });

  test('[L15] what the run waits for goes on: contact that comes back still counts', () => {
    const walk = exhausted().heal().by(5000);
    expect(walk.run.parts).toMatchObject({ word: 'awaited', staff: 'exhausted' });
    expect(walk.to(840_000).kinds).toContain('run.exhaustedRepeated');
  });

  test('[L15] the practitioner who is gone: the list ends before phoning is due, and phoning is due all the same', () => {
    const walk = aLiveSession().cut().silent(PRACTITIONER).to(241_500);
    expect(walk.run).toMatchObject({ state: 'exhausted', parts: { reconnecting: 'waiting' } });
    expect(walk.to(360_000).run.parts?.phoning).toBe('attempting');
  });
});
