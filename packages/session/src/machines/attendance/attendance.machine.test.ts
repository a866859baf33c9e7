import { referencePolicy, type Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  talkedThrough,
  type Walk,
} from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import { project } from '../../project/project.js';
import { screenOf } from '../../testing/a-screen.js';
import { giveReasons } from '../../testing/reasons.js';

const client = CLIENT;
const chart = 'attendance:c1';
const STARTS_MS = 600_000;
const LATE_MS = STARTS_MS + referencePolicy.durations.lateAfterMs;
const openNoShow: Command = { type: 'attendance.openNoShow', client };
const risk: Command = { type: 'risk.raise', client };

const expected = (): Walk => aWalk({ appointment: { startsAtMs: STARTS_MS } }).join(PRACTITIONER);
const noShow = (): Walk => expected().to(LATE_MS).say(PRACTITIONER, openNoShow);
const eventOf = (walk: Walk, kind: string) => walk.events.findLast((event) => event.kind === kind);
const say = (walk: Walk, decision: 'ringClientAgain' | 'ringEmergencyServices') =>
  walk.say(PRACTITIONER, { type: 'ladder.decide', client, run: 'c1.r1', decision });
const allow: Command = {
  type: 'ladder.allowRinging',
  client,
  run: 'c1.r1',
  reason: 'clinicalJudgement',
};
/** The number was agreed before they were expected: by the practitioner, from an earlier talk. */
const withNumber = (walk: Walk): Walk => walk.say(PRACTITIONER, ANSWERS.callBackNumber);

describe('coming', () => {
  test('[N1][N5][A18] who comes is recorded with how late: nothing for who is early, and without a time', () => {
    const lateBy = (walk: Walk) => eventOf(walk.join(CLIENT), 'attendance.arrived')?.details['lateByMs'];
    expect(lateBy(expected().to(1000))).toBe(0);
    expect(lateBy(expected().to(STARTS_MS + 7000))).toBe(7000);
    expect(lateBy(aWalk())).toBeNull();
  });

  test('[N1] late from `lateAfterMs` on, until they come; nobody is contacted', () => {
    const walk = expected().to(LATE_MS - 1);
    expect(walk.value(chart)).toBe('expected');
    walk.to(LATE_MS);
    expect(walk.value(chart)).toBe('late');
    expect([walk.when('attendance.late'), walk.effects]).toEqual([[LATE_MS], []]);
    walk.by(3_600_000);
    expect([walk.effects, walk.run.state]).toEqual([[], 'none']);
    expect(walk.join(CLIENT).value(chart)).toBe('arrived');
  });

  test('[N1] at the same instant, coming goes before being late', () => {
    expect(expected().before(LATE_MS).join(CLIENT).kinds).not.toContain('attendance.late');
  });

  test('[N1] a session that is made after its time misses no step: the client is late now', () => {
    const walk = aWalk({ atMs: LATE_MS + 5000, appointment: { startsAtMs: STARTS_MS } });
    expect(walk.to(LATE_MS + 5000).when('attendance.late')).toEqual([LATE_MS + 5000]);
  });

  test('[N5][A18] at the end: who attended, for how long, and how long they were live; ids and numbers only', () => {
    const attended = aLiveSession().by(30_000).say(PRACTITIONER, { type: 'session.end' });
    expect(eventOf(attended, 'attendance.ended')).toMatchObject({
      outcome: 'attended',
      subject: { kind: 'client', id: client },
      details: { attendedMs: 90_000, liveMs: 90_000 },
    });
    const later = aWaitingSession({ atMs: 7000 }).by(5000);
    later.say(PRACTITIONER, { type: 'person.admit', person: CLIENT }).heal();
    talkedThrough(later).by(60_000).say(PRACTITIONER, { type: 'session.end' });
    expect(eventOf(later, 'attendance.ended')?.details).toEqual({ attendedMs: 65_000, liveMs: 60_000 });
    const ended = (walk: Walk) =>
      eventOf(walk.say(PRACTITIONER, { type: 'session.end' }), 'attendance.ended')?.outcome;
    expect(ended(expected())).toBe('notAttended');
    const over = noShow().say(PRACTITIONER, {
      type: 'ladder.dispose',
      client,
      run: 'c1.r1',
      disposition: 'followUpArranged',
    });
    expect(ended(over)).toBe('noShow');
    expect(over.by(3_600_000).value(chart)).toBe('over');
    expect(over.value('run:c1')).toBe('none');
  });
});

describe('a no-show', () => {
  test('[N2][C24] is opened by a person, once the client is late, or without a time while they never came', () => {
    expect(expected().say(PRACTITIONER, openNoShow).lastRefusal?.code).toBe('not-now');
    expect(noShow().lastRefusal).toBeNull();
    expect(aWalk().join(PRACTITIONER).say(PRACTITIONER, openNoShow).run.state).toBe('open');
    expect(aLiveSession().say(PRACTITIONER, openNoShow).lastRefusal?.code).toBe('not-now');
    expect(expected().to(LATE_MS).say(CLIENT, openNoShow).lastRefusal?.code).toBe('not-allowed');
    expect(expected().to(LATE_MS).say('duty-1', openNoShow).run.context.owner).toBe(PRACTITIONER);
  });

  test('[N3][C24] is a run that starts with a decision; nothing reconnects and nothing rings by itself', () => {
    for (const walk of [noShow(), withNumber(expected()).to(LATE_MS).say(PRACTITIONER, openNoShow)]) {
      expect(walk.run.context).toMatchObject({ cause: 'noShow', owner: PRACTITIONER, run: 'c1.r1' });
      expect(walk.run.parts).toMatchObject({
        reconnecting: 'idle',
        phoning: 'idle',
        deciding: 'undecided',
        word: 'idle',
      });
      expect(walk.by(3_600_000).kinds).not.toContain('phoning.opened');
      expect(walk.kinds).not.toContain('reconnecting.opened');
    }
  });

  test('[N3][L10] the same clocks and the same duty role: no decision, and they are alerted', () => {
    expect(noShow().by(120_000).alerted).toEqual(['decidingSilent.duty-1']);
  });

  test('[N3][A32] risk before it or in it: a decision and a duty alert, and still nothing rings by itself', () => {
    const before = withNumber(expected()).say(PRACTITIONER, risk).to(LATE_MS).say(PRACTITIONER, openNoShow);
    const within = withNumber(expected()).to(LATE_MS).say(PRACTITIONER, openNoShow).say(PRACTITIONER, risk);
    for (const walk of [before, within]) {
      expect(walk.alerted).toEqual(['riskActive.duty-1']);
      expect(walk.run.context.deadlines['decide']).toBe(LATE_MS + 60_000);
      expect(walk.by(3_600_000).kinds).not.toContain('phoning.opened');
    }
  });

  test('[N3][Q6] privacy that was broken and is there again makes nobody ring: nothing was due in it', () => {
    const walk = withNumber(expected())
      .to(LATE_MS)
      .say(PRACTITIONER, openNoShow)
      .say(PRACTITIONER, { type: 'privacy.open', client })
      .say(PRACTITIONER, { type: 'privacy.resolve', client, outcome: 'privateAgain', isFreeToSpeak: true });
    expect([walk.lastRefusal, walk.value('privacy:c1')]).toEqual([null, 'private']);
    expect(walk.run.parts).toMatchObject({ phoning: 'idle', deciding: 'undecided' });
    expect(walk.by(3_600_000).kinds).not.toContain('phoning.opened');
  });

  test('[N3][P13] a client who was reached by phone was there: a call that is cut then is rung for like any other', () => {
    const walk = withNumber(expected()).to(LATE_MS).say(PRACTITIONER, openNoShow);
    walk.recordCall('reachedByName');
    expect(walk.kinds).not.toContain('phoning.opened');
    walk.say(PRACTITIONER, { type: 'call.cut', client });
    expect([walk.lastRefusal, walk.run.parts?.phoning]).toEqual([null, 'attempting']);
  });

  test('[N3][L3][H03] ringing is a decision, and blocked where no number was agreed as safe; a person can allow it', () => {
    expect(say(noShow(), 'ringClientAgain').lastRefusal?.code).toBe('not-allowed');
    const walk = withNumber(expected()).to(LATE_MS).say(PRACTITIONER, openNoShow);
    expect(say(walk, 'ringClientAgain').run.parts?.phoning).toBe('attempting');
    const allowed = noShow().say(PRACTITIONER, allow);
    expect(allowed.lastRefusal).toBeNull();
    expect(allowed.run.parts?.phoning).toBe('attempting');
  });

  test('[N3][C24][A20] the same record of the decision and of how it ended; then the session can be closed', () => {
    const walk = say(noShow(), 'ringEmergencyServices')
      .say(PRACTITIONER, { type: 'ladder.recordAct', client, run: 'c1.r1', outcome: 'reached' })
      .say(PRACTITIONER, { type: 'session.end' });
    expect(walk.lastRefusal?.code).toBe('run-open');
    walk.say(PRACTITIONER, {
      type: 'ladder.dispose',
      client,
      run: 'c1.r1',
      disposition: 'handedToEmergencyServices',
    });
    expect(walk.kinds).toEqual(
      expect.arrayContaining([
        'deciding.opened',
        'deciding.decided',
        'deciding.acted',
        'followUp.opened',
        'run.ended',
      ]),
    );
    walk
      .say(PRACTITIONER, { type: 'session.end' })
      .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'handedToEmergencyServices' });
    expect(walk.say(PRACTITIONER, { type: 'session.close' }).lastRefusal?.code).toBe('rationale-missing');
    giveReasons(walk).say(PRACTITIONER, { type: 'session.close' });
    expect(walk.value('lifecycle:session')).toBe('closed');
  });

  test('[N2] opened again only when the run before it is over', () => {
    const walk = noShow().say(PRACTITIONER, openNoShow);
    expect(walk.lastRefusal?.code).toBe('run-open');
    walk
      .say(PRACTITIONER, { type: 'ladder.dispose', client, run: 'c1.r1', disposition: 'followUpArranged' })
      .say(PRACTITIONER, openNoShow);
    expect(walk.runId).toBe('c1.r2');
    expect(walk.run.state).toBe('open');
  });
});

describe('the client comes after all', () => {
  const together: Command = { type: 'ladder.confirmTogether', client, run: 'c1.r1' };
  const standDown: Command = { type: 'ladder.standDown', client, run: 'c1.r1' };

  test('[N4][H01][L14] ringing stops and a person says that it is them; the decision is stood down', () => {
    const walk = noShow().say(PRACTITIONER, allow).by(5000).join(CLIENT);
    expect(eventOf(walk, 'attendance.arrived')?.outcome).toBe('afterNoShow');
    expect(walk.run.parts).toMatchObject({ phoning: 'done', deciding: 'undecided', word: 'awaited' });
    walk.say(PRACTITIONER, together).say(PRACTITIONER, standDown);
    expect(eventOf(walk, 'run.ended')?.outcome).toBe('together');
    expect(walk.value(chart)).toBe('arrived');
  });

  test('[N4][L7] they come and leave on purpose: left', () => {
    const walk = noShow().join(CLIENT).leave(CLIENT).say(PRACTITIONER, standDown);
    expect(eventOf(walk, 'run.ended')?.outcome).toBe('left');
  });

  test('[N4][L19] they come and vanish again: that is a client who vanished while waiting, and is rung', () => {
    const walk = withNumber(expected()).to(LATE_MS).say(PRACTITIONER, openNoShow).join(CLIENT).silent(CLIENT);
    walk.by(3000);
    expect(walk.run.context.cause).toBe('vanishedWaiting');
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', word: 'idle' });
  });

  test('[N4] a practitioner who leaves makes nobody less missing: the decision is not stood down by it', () => {
    const walk = noShow().leave(PRACTITIONER).join(PRACTITIONER).say(PRACTITIONER, standDown);
    expect(walk.lastRefusal?.code).toBe('not-now');
  });
});

describe('the host moves it, or calls it off', () => {
  const HOST = { person: null, role: null, source: 'host', device: null } as const;
  const moves = (walk: Walk, startsAtMs: number): Walk =>
    walk.take({ type: 'appointment.moved', startsAtMs }, HOST);
  const cancels = (walk: Walk): Walk =>
    walk.take({ type: 'appointment.cancelled', reason: 'byClient' }, HOST);
  const wasIgnored = (walk: Walk) => walk.events.at(-1)?.kind === 'input.ignored';

  test('[N6][B08][A18] moved, lateness counts from the new time; who was late for the old one is not for the new', () => {
    const later = LATE_MS + 3_600_000;
    for (const walk of [expected(), expected().to(LATE_MS), aWalk().join(PRACTITIONER)]) {
      moves(walk, later);
      expect(eventOf(walk, 'appointment.moved')).toMatchObject({
        actor: { source: 'host', person: null },
        details: { startsAtMs: later },
      });
      walk.forget().to(later + referencePolicy.durations.lateAfterMs - 1);
      expect(walk.kinds).not.toContain('attendance.late');
      walk.to(later + referencePolicy.durations.lateAfterMs);
      expect([walk.value(chart), walk.kinds]).toEqual(['late', ['attendance.late']]);
    }
  });

  test('[N6] moved to a time that is over, they are late at once and not a step was missed', () => {
    const walk = moves(expected().to(1000), 0);
    expect(walk.value(chart)).toBe('expected');
    expect(walk.by(referencePolicy.durations.lateAfterMs).value(chart)).toBe('late');
  });

  test('[N6] whoever came has come, and a no-show that a person opened stays one', () => {
    const came = moves(expected().join(CLIENT), LATE_MS);
    expect([came.value(chart), came.by(86_400_000).kinds.includes('attendance.late')]).toEqual([
      'arrived',
      false,
    ]);
    expect(moves(noShow(), LATE_MS + 1).value(chart)).toBe('noShow');
  });

  test('[N6][N7] once the gate is open nothing of it counts', () => {
    for (const make of [(walk: Walk) => moves(walk, 7), cancels]) {
      const walk = make(aLiveSession());
      expect([wasIgnored(walk), walk.value('lifecycle:session')]).toEqual([true, 'live']);
    }
  });

  test('[N7][B08][H21] called off it is closed, as no absence and without a disposition', () => {
    for (const walk of [expected(), expected().to(LATE_MS), expected().join(CLIENT)]) {
      cancels(walk);
      expect(walk.value('lifecycle:session')).toBe('closed');
      expect(eventOf(walk, 'appointment.cancelled')).toMatchObject({
        outcome: 'byClient',
        actor: { source: 'host' },
      });
      expect(walk.events.filter(({ kind }) => kind === 'attendance.ended')).toMatchObject([
        { outcome: 'cancelled' },
      ]);
      walk.forget().by(86_400_000);
      expect(walk.events).toEqual([]);
    }
  });

  test('[N7][H21] not over a run or a crisis; over anything else that waits for a person it ends, and a person closes it', () => {
    const ignores = [expected().say(PRACTITIONER, { type: 'crisis.open', client }), noShow()];
    for (const walk of ignores) {
      cancels(walk);
      expect([wasIgnored(walk), walk.value('lifecycle:session')]).toEqual([true, 'gathering']);
    }
    const waits: Readonly<Record<string, Walk>> = {
      risk: expected().say(PRACTITIONER, risk),
      'a call for someone': expected().join(CLIENT).say(CLIENT, { type: 'help.ask', client }),
      'a signal': expected().join(CLIENT).say(CLIENT, { type: 'privacy.signal', client }),
      'an alternative': expected().say(PRACTITIONER, {
        ...ANSWERS.suitability,
        answer: 'notSuitable',
        because: 'noRealisticAccess',
      }),
    };
    for (const [name, walk] of Object.entries(waits)) {
      cancels(walk);
      expect([walk.value('lifecycle:session'), walk.value(chart)], name).toEqual(['closing', 'over']);
      expect(walk.say(PRACTITIONER, { type: 'session.close' }).lastRefusal, name).not.toBeNull();
    }
  });

  test('[N7][V1] the client reads the same whether risk was raised or not', () => {
    const plain = cancels(expected().join(CLIENT));
    const risky = cancels(expected().join(CLIENT).say(PRACTITIONER, risk));
    expect(project(risky.session, CLIENT)).toEqual(project(plain.session, CLIENT));
    expect(screenOf(risky, CLIENT)).toEqual(screenOf(plain, CLIENT));
  });
});
