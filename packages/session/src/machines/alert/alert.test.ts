import { referencePolicy, type Policy } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import {
  aLiveSession,
  CLIENT,
  PRACTITIONER,
  type SessionOptions,
  type Walk,
} from '../../testing/a-session.js';

const ONE = 'c1.r1.riskActive.duty-1';
const TWO = 'c1.r1.riskActive.duty-2';
const sent = (options: SessionOptions = {}) =>
  aLiveSession(options).say(PRACTITIONER, { type: 'risk.raise', client: CLIENT }).cut().to(63_000);
const SILENCE = 'c1.r1.decidingSilent.duty-1';
const ownedByTheSecond = (): Walk =>
  aLiveSession()
    .cut()
    .to(660_000)
    .say(PRACTITIONER, { type: 'ladder.offerHandOver', client: CLIENT, run: 'c1.r1', to: 'duty-2' })
    .say('duty-2', { type: 'ladder.takeOver', client: CLIENT, run: 'c1.r1' });
const say = (walk: Walk, type: 'alert.acknowledge' | 'alert.accept', alert: string, by: string) =>
  walk.say(by, { type, alert });
const value = (walk: Walk, alert: string) => walk.value(`alert:${alert}`);
const policy = (people: readonly string[]): Policy => ({
  ...referencePolicy,
  staff: { ...referencePolicy.staff, duty: people.map((person) => ({ person })) },
});

describe('person by person', () => {
  test('[A1][H22] the first on the list, with an effect of a deterministic id', () => {
    const walk = sent();
    expect(walk.effects.filter((effect) => effect.kind === 'alert')).toEqual([
      {
        kind: 'alert',
        id: `${ONE}.1`,
        alert: ONE,
        person: 'duty-1',
        cause: 'riskActive',
        client: CLIENT,
        run: 'c1.r1',
        attempt: 1,
        atMs: 63_000,
      },
    ]);
  });

  test('[A2][H33] not acknowledged in 60 s: the next in line, and the first stays open', () => {
    const walk = sent().to(122_999);
    expect(walk.alerted).toEqual(['riskActive.duty-1']);
    walk.to(123_000);
    expect(walk.alerted).toContain('riskActive.duty-2');
    expect(value(walk, ONE)).toBe('unanswered');
    expect(value(say(walk, 'alert.accept', ONE, 'duty-1'), ONE)).toBe('accepted');
  });

  test('[A3] acknowledged and not accepted in 60 s with risk active: the next in line', () => {
    const walk = say(sent().to(100_000), 'alert.acknowledge', ONE, 'duty-1').to(159_999);
    expect(walk.alerted).not.toContain('riskActive.duty-2');
    expect(walk.to(160_000).alerted).toContain('riskActive.duty-2');
  });

  test('[A3] in routine within 120 s; risk raised meanwhile leaves 60 s from then', () => {
    const acknowledged = () =>
      say(aLiveSession().cut().to(660_000), 'alert.acknowledge', 'c1.r1.decidingSilent.duty-1', 'duty-1');
    expect(acknowledged().to(779_999).alerted).toHaveLength(1);
    expect(acknowledged().to(780_000).alerted).toContain('decidingSilent.duty-2');
    const raised = acknowledged().to(670_000).say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
    expect(raised.to(729_999).alerted).not.toContain('decidingSilent.duty-2');
    expect(raised.to(730_000).alerted).toContain('decidingSilent.duty-2');
  });

  test('[A3][H09] one acceptance stands the others down', () => {
    const walk = say(sent().to(130_000), 'alert.accept', ONE, 'duty-1');
    expect(value(walk, TWO)).toBe('stoodDown');
    expect(walk.effects.at(-1)).toMatchObject({ kind: 'alertStoodDown', alert: TWO, person: 'duty-2' });
    expect(walk.to(189_999).alerted.filter((alert) => alert.startsWith('riskActive'))).toHaveLength(2);
    expect(walk.kinds).not.toContain('run.exhausted');
  });

  test('[A3] who takes one matter is not alerted for the same run under another cause', () => {
    const walk = say(sent().to(124_000), 'alert.accept', 'c1.r1.decidingSilent.duty-1', 'duty-1');
    expect(value(walk, ONE)).toBe('accepted');
    expect(value(walk, TWO)).toBe('stoodDown');
  });

  test('[A1][R6] only the addressee acknowledges and accepts', () => {
    const walk = say(sent(), 'alert.accept', ONE, 'duty-2');
    expect(walk.lastRefusal?.code).toBe('not-allowed');
    expect(value(walk, ONE)).toBe('sent');
    expect(say(walk, 'alert.acknowledge', ONE, 'duty-2').lastRefusal?.code).toBe('not-allowed');
    expect(say(walk, 'alert.accept', ONE, PRACTITIONER).lastRefusal?.code).toBe('not-allowed');
  });
});

describe('a route that is dead', () => {
  const fail = (walk: Walk) => walk.state({ type: 'alert.failed', alert: ONE, channel: 'webhook' });

  test('[A4][H22] an alert that no channel took goes to the next in line at once', () => {
    const walk = fail(sent().by(2000));
    expect(value(walk, ONE)).toBe('unanswered');
    expect(walk.alerted).toContain('riskActive.duty-2');
  });

  test('[A4] one channel that took it is enough', () => {
    const walk = fail(sent().state({ type: 'alert.delivered', alert: ONE, channel: 'log' }));
    expect(value(walk, ONE)).toBe('sent');
    expect(walk.kinds).toContain('alert.failed');
  });
});

describe('when it is over', () => {
  test('[A5] the run’s end stands its open alerts down, staff only', () => {
    const walk = sent().say(PRACTITIONER, {
      type: 'ladder.dispose',
      client: CLIENT,
      run: 'c1.r1',
      disposition: 'safeByReport',
    });
    expect(value(walk, ONE)).toBe('stoodDown');
    expect(walk.effects.at(-1)).toMatchObject({ kind: 'alertStoodDown', person: 'duty-1' });
  });

  test('[A5][L17] a person takes the run over: whoever was alerted for the old silence is told that it is over', () => {
    const walk = ownedByTheSecond();
    expect(walk.events.at(-1)).toMatchObject({
      kind: 'alert.stoodDown',
      subject: { id: SILENCE },
      details: { by: 'run.ownerChanged' },
    });
    expect(walk.effects.at(-1)).toMatchObject({ kind: 'alertStoodDown', alert: SILENCE, person: 'duty-1' });
  });

  test('[A5] what was stood down is not opened again by a late answer', () => {
    const walk = sent().say(PRACTITIONER, {
      type: 'ladder.dispose',
      client: CLIENT,
      run: 'c1.r1',
      disposition: 'safeByReport',
    });
    for (const type of ['alert.acknowledge', 'alert.accept'] as const)
      expect(say(walk, type, ONE, 'duty-1').lastRefusal?.code).toBe('not-now');
    expect(value(walk, ONE)).toBe('stoodDown');
  });

  test('[A5] only what it was sent for ends it', () => {
    const walk = sent()
      .say(CLIENT, { type: 'help.ask', client: CLIENT })
      .say(PRACTITIONER, { type: 'help.answer', client: CLIENT });
    expect(value(walk, 'c1.h1.helpAsked.duty-1')).toBe('stoodDown');
    expect(value(walk, ONE)).toBe('sent');
    walk.say(PRACTITIONER, {
      type: 'ladder.decide',
      client: CLIENT,
      run: 'c1.r1',
      decision: 'ringEmergencyServices',
    });
    walk.recordCall('reachedByName');
    walk.say(PRACTITIONER, { type: 'call.stillTogether', client: CLIENT });
    expect(value(walk, ONE)).toBe('sent');
    expect(value(walk.say(PRACTITIONER, { type: 'call.cut', client: CLIENT }), ONE)).toBe('sent');
  });

  test('[A5] a call for someone outlives a run that ends', () => {
    const walk = sent().say(CLIENT, { type: 'help.ask', client: CLIENT });
    walk.say(PRACTITIONER, {
      type: 'ladder.dispose',
      client: CLIENT,
      run: 'c1.r1',
      disposition: 'safeByReport',
    });
    expect(value(walk, 'c1.h1.helpAsked.duty-1')).toBe('sent');
  });

  test('[A4] a channel that fails after it was seen is on the record, and moves nothing', () => {
    const walk = say(sent(), 'alert.acknowledge', ONE, 'duty-1').state({
      type: 'alert.failed',
      alert: ONE,
      channel: 'webhook',
    });
    expect(walk.events.at(-1)).toMatchObject({ kind: 'alert.failed', outcome: 'webhook' });
    expect(value(walk, ONE)).toBe('acknowledged');
  });

  test('[A5][K4] lowering risk recalls none', () => {
    expect(
      value(sent().say(PRACTITIONER, { type: 'risk.lower', client: CLIENT, reason: 'reassessed' }), ONE),
    ).toBe('sent');
  });
});

describe('the end of the list', () => {
  test('[A6] an acknowledged alert that is not accepted leads there, too', () => {
    const walk = say(sent({ policy: policy(['d1']) }), 'alert.acknowledge', 'c1.r1.riskActive.d1', 'd1').to(
      123_000,
    );
    expect(walk.run.state).toBe('exhausted');
  });

  test('[A1][A6] a second silence goes to whoever was not alerted for it yet; then everybody hears it', () => {
    const walk = say(
      aLiveSession({ policy: policy(['d1', 'd2', 'd3']) })
        .cut()
        .to(660_000),
      'alert.accept',
      'c1.r1.decidingSilent.d1',
      'd1',
    );
    walk.to(780_000);
    expect(walk.alerted).toEqual(['decidingSilent.d1', 'decidingSilent.d2']);
    say(walk, 'alert.accept', 'c1.r1.decidingSilent.d2', 'd2').to(900_000);
    expect(walk.alerted).toEqual(['decidingSilent.d1', 'decidingSilent.d2', 'decidingSilent.d3']);
    say(walk, 'alert.accept', 'c1.r1.decidingSilent.d3', 'd3').to(1_020_000);
    expect(walk.run.state).toBe('exhausted');
  });

  test('[A1] the owner who is silent is not asked to wake themselves while there is somebody else', () => {
    const walk = say(
      aLiveSession().cut().to(660_000),
      'alert.accept',
      'c1.r1.decidingSilent.duty-1',
      'duty-1',
    );
    walk
      .say('duty-1', {
        type: 'ladder.decide',
        client: CLIENT,
        run: 'c1.r1',
        decision: 'ringEmergencyServices',
      })
      .to(780_000);
    expect(walk.alerted).toEqual(['decidingSilent.duty-1', 'actSilent.duty-2']);
    // At the end of the list they hear it with everybody else.
    expect(walk.to(840_000).alerted).toContain('actSilent.duty-1');
  });

  test('[A1][P14] nor whoever holds the phone and is silent, once the run is over', () => {
    const walk = sent().recordCall('reachedByName', { by: 'duty-1' });
    walk.say('duty-1', { type: 'ladder.standDown', client: CLIENT, run: 'c1.r1' });
    expect(walk.run.state).toBe('none');
    expect(walk.forget().by(300_000).alerted).toEqual(['phoneSilent.duty-2']);
    expect(walk.by(60_000).alerted).toContain('phoneSilent.duty-1');
  });

  test('[A1][C2] nor the duty person who offers the escalation', () => {
    const walk = aLiveSession().say('duty-1', { type: 'crisis.open', client: CLIENT });
    walk.say('duty-1', { type: 'crisis.offerEscalation', client: CLIENT });
    expect(walk.alerted).toEqual(['escalation.duty-2']);
    expect(walk.by(60_000).alerted).toEqual(['escalation.duty-2', 'escalation.duty-1']);
  });

  test('[A1] who is alone on the list is asked all the same', () => {
    const walk = aLiveSession({ policy: policy(['d1']) }).say('d1', { type: 'crisis.open', client: CLIENT });
    expect(walk.say('d1', { type: 'crisis.offerEscalation', client: CLIENT }).alerted).toEqual([
      'escalation.d1',
    ]);
  });

  test('[A1][A6] silent once more with nobody left but the owner: everybody hears it, not the owner alone', () => {
    const walk = ownedByTheSecond().forget().to(780_000);
    expect(walk.when('deciding.unanswered')).toEqual([780_000]);
    const exhausted = walk.events.filter(({ kind }) => kind === 'alert.listExhausted');
    expect(exhausted.map(({ subject }) => subject?.id)).toEqual([SILENCE]);
    expect([walk.when('run.exhausted'), walk.run.state]).toEqual([[780_000], 'exhausted']);
    expect(walk.effects).toMatchObject(['duty-1', 'duty-2'].map((person) => ({ kind: 'alert', person })));
  });

  test('[A6][H22] without a run it is never silent either: everybody is told every 60 s until somebody takes it', () => {
    const walk = aLiveSession().silent(PRACTITIONER).leave(PRACTITIONER).to(240_000);
    expect(walk.run.state).toBe('none');
    walk.forget().to(360_000);
    expect(walk.when('alert.listExhausted')).toEqual([300_000, 360_000]);
    expect(walk.effects).toHaveLength(4);
    walk.say('duty-1', { type: 'alert.accept', alert: 'p1.a1.practitionerLeft.duty-1' }).forget().to(900_000);
    expect(walk.effects).toEqual([]);
  });

  test('[A6][L15][H22] told again and again, and a run opens: the run is told, and is loud from then on', () => {
    const walk = aLiveSession().leave(PRACTITIONER).to(250_000);
    expect(walk.when('alert.listExhausted')).toEqual([240_000]);
    walk.silent(CLIENT).by(3000).forget().to(300_000);
    expect(walk.events.find(({ kind }) => kind === 'alert.listExhausted')?.details['attempt']).toBe(0);
    expect(walk.run.state).toBe('exhausted');
    expect(walk.to(420_000).when('run.exhaustedRepeated')).toEqual([360_000, 420_000]);
  });

  test('[A6][Q8] whoever took it, and whoever was stood down for that, is asked again with everybody', () => {
    const staff = ['d1', 'd2', 'd3'];
    const alertOf = (person: string) => `c1.privacy1.w1.privacySilent.${person}`;
    const walk = aLiveSession({ policy: policy(staff) }).say(PRACTITIONER, {
      type: 'privacy.open',
      client: CLIENT,
    });
    say(walk.by(120_000).by(60_000), 'alert.accept', alertOf('d2'), 'd2').by(120_000);
    say(walk, 'alert.accept', alertOf('d3'), 'd3');
    expect(staff.map((person) => value(walk, alertOf(person)))).toEqual([
      'stoodDown',
      'accepted',
      'accepted',
    ]);
    walk.forget().by(120_000);
    expect(staff.map((person) => value(walk, alertOf(person)))).toEqual(staff.map(() => 'unanswered'));
    expect(walk.effects).toMatchObject(staff.map((person) => ({ kind: 'alert', person })));
  });

  test('[A6][H09] a late answer that comes to nothing makes another alert the loud one, and no effect is sent twice', () => {
    const walk = aLiveSession().leave(PRACTITIONER).to(310_000);
    expect(walk.when('alert.listExhausted')).toEqual([240_000, 300_000]);
    say(walk, 'alert.acknowledge', 'p1.a1.practitionerLeft.duty-2', 'duty-2').to(320_000);
    say(walk, 'alert.acknowledge', 'p1.a1.practitionerLeft.duty-1', 'duty-1').to(700_000);
    expect(walk.when('alert.listExhausted').length).toBeGreaterThan(4);
    const ids = walk.effects.map((effect) => effect.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
