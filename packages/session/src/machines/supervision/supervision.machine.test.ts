import { referencePolicy, type Command } from '@holdfast/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import { circumstances } from '../../step/circumstances.js';
import type { ChartState } from '../../step/session.js';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '../../testing/a-session.js';
import { aChart, actor, deliver } from '../../testing/deliver.js';
import { giveReasons } from '../../testing/reasons.js';
import { supervisionConcept } from './supervision.concept.js';
import type { SupervisionContext } from './walked.js';

const client = CLIENT;
const SUPERVISOR = 'supervisor-1';
const walkedOf = (chart: ChartState | undefined) =>
  (chart?.context as SupervisionContext | undefined)?.walked ?? [];
const walked = (walk: Walk) => walkedOf(walk.session.charts['supervision:session']);
const settle = (pathway: string): Command => ({
  type: 'supervision.settle',
  pathway,
  rationaleRef: 'note-9',
});
const aResolvedCrisis = (exit: Partial<Extract<Command, { type: 'crisis.resolve' }>> = {}): Walk =>
  aLiveSession()
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .by(30_000)
    .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene', ...exit });
const closed = (walk: Walk): Walk =>
  giveReasons(
    walk
      .say(PRACTITIONER, { type: 'session.end' })
      .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'followUpArranged' }),
  ).say(PRACTITIONER, { type: 'session.close' });

describe('what is kept of each pathway', () => {
  test('[F2][A20] a crisis: decision, who decided, when, and where the reasons are', () => {
    expect(walked(aResolvedCrisis({ exit: 'clientSafe', rationaleRef: 'note-1' }))).toMatchObject([
      {
        id: 'crisis1',
        pathway: 'crisis',
        openedAtMs: 60_000,
        endedAtMs: 90_000,
        outcome: 'clientSafe',
        decision: { outcome: 'clientSafe', by: PRACTITIONER, atMs: 90_000 },
        rationaleRef: 'note-1',
      },
    ]);
  });

  test('[F2][A20] a run: how it ended, and the last decision of a person in it', () => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client }).cut().by(5000);
    const run = walk.runId;
    walk.say(PRACTITIONER, {
      type: 'ladder.dispose',
      client,
      run,
      disposition: 'safeByReport',
      rationaleRef: 'note-2',
    });
    expect(walked(walk)).toMatchObject([
      {
        id: run,
        pathway: 'run',
        outcome: 'safeByReport',
        decision: { by: PRACTITIONER },
        rationaleRef: 'note-2',
      },
    ]);
  });

  test("[F2] contact that is back by itself is nobody's decision", () => {
    const walk = aLiveSession().cut().by(300_000).recordCall('noAnswer').heal().by(5000);
    walk.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: walk.runId });
    expect(walked(walk)).toMatchObject([{ pathway: 'run', outcome: 'together', decision: null }]);
  });

  test('[F2][A20] a reference that is missing is given later, once, by whoever acts', () => {
    const give: Command = { type: 'closing.giveRationale', pathway: 'crisis1', rationaleRef: 'note-3' };
    const walk = aResolvedCrisis();
    expect(walk.fork().say(CLIENT, give).lastRefusal?.code).toBe('not-allowed');
    expect(walk.fork().say(PRACTITIONER, { ...give, pathway: 'crisis2' }).lastRefusal?.code).toBe('not-now');
    expect(walked(walk.say(PRACTITIONER, give))[0]?.rationaleRef).toBe('note-3');
    expect(walk.events.find(({ kind }) => kind === 'pathway.rationaleGiven')).toMatchObject({
      kind: 'pathway.rationaleGiven',
      subject: { id: 'crisis1' },
      details: { rationaleRef: 'note-3' },
    });
    expect(walk.say(PRACTITIONER, { ...give, rationaleRef: 'other' }).lastRefusal?.code).toBe('not-now');
  });

  test.each([
    ['privacy', 'privacy.resolved'],
    ['safeguarding', 'safeguarding.settled'],
  ])('[F2][F3] the end of %s is heard by the name of its event', (pathway, type) => {
    const heard = { type, rules: [], subject: { kind: 'client', id: client }, outcome: 'settled' };
    const { chart } = deliver(
      supervisionConcept,
      aChart(supervisionConcept, 'session'),
      heard as unknown as Emitted,
    );
    expect(chart.value).toBe('owed');
    expect(walkedOf(chart)).toMatchObject([{ id: `${pathway}1`, pathway, decision: { by: 'p1' } }]);
    expect(supervisionConcept.concerns(heard as unknown as Emitted, {} as never)).toEqual(['session']);
  });
});

describe('supervision', () => {
  test('[F3][A55] opens after a crisis, and after a run in which a person had to act', () => {
    expect(aResolvedCrisis().kinds).toContain('supervision.opened');
    const healed = aLiveSession().cut().by(10_000).heal().by(5000);
    expect(healed.kinds).toContain('run.ended');
    expect(walked(healed)).toEqual([]);
    const phoned = aLiveSession().cut().by(300_000).recordCall('reachedByName');
    expect(walked(phoned)).toMatchObject([{ pathway: 'run', outcome: 'byPhone' }]);
  });

  describe('of a run that a person acts in before ringing or deciding was due', () => {
    const aCutCall = () => aLiveSession().cut().by(5000);
    const over = (walk: Walk): Walk =>
      walk.say(PRACTITIONER, {
        type: 'ladder.dispose',
        client,
        run: walk.runId,
        disposition: 'safeByReport',
      });
    const decide: Command = {
      type: 'ladder.decide',
      client,
      run: 'c1.r1',
      decision: 'ringEmergencyServices',
    };
    const reached: Command = { type: 'ladder.recordAct', client, run: 'c1.r1', outcome: 'reached' };
    const together: Command = { type: 'ladder.confirmTogether', client, run: 'c1.r1' };

    test('[F2][F3][F9][A20] what was decided early is looked back at, with its decider and reasons', () => {
      const walk = aCutCall().say(PRACTITIONER, decide);
      const decidedAtMs = walk.nowMs;
      walk
        .heal()
        .by(10_000)
        .say(PRACTITIONER, reached)
        .say(PRACTITIONER, { type: 'ladder.standDown', client, run: 'c1.r1' });
      expect(walk.kinds).toContain('run.ended');
      expect(walk.kinds).not.toContain('phoning.opened');
      expect(walk.kinds).not.toContain('deciding.opened');
      expect(walked(walk)).toMatchObject([
        {
          id: 'c1.r1',
          pathway: 'run',
          outcome: 'together',
          decision: { outcome: 'ringEmergencyServices', by: PRACTITIONER, atMs: decidedAtMs },
          rationaleRef: null,
        },
      ]);
      expect(walk.value('supervision:session')).toBe('owed');
      expect(circumstances(walk.session).unreasoned).toEqual(['c1.r1']);
    });

    test('[F2][F3][L13] also when it was stood down before anything came of it', () => {
      const walk = aCutCall()
        .say(PRACTITIONER, decide)
        .heal()
        .by(10_000)
        .say(PRACTITIONER, { type: 'ladder.standDown', client, run: 'c1.r1' });
      expect(walk.kinds).not.toContain('deciding.acted');
      expect(walked(walk)).toMatchObject([
        { id: 'c1.r1', decision: { outcome: 'ringEmergencyServices', by: PRACTITIONER } },
      ]);
      expect(walk.value('supervision:session')).toBe('owed');
    });

    test('[F2][F3][L18] help that was arranged without a decision is looked back at', () => {
      const walk = over(aCutCall().say(PRACTITIONER, reached));
      expect(walk.kinds).not.toContain('deciding.actDue');
      expect(walked(walk)).toMatchObject([{ pathway: 'run', outcome: 'safeByReport' }]);
      expect(walk.value('supervision:session')).toBe('owed');
    });

    test('[F2][F3][L14] a word that nobody gave, so that the duty role was alerted, is looked back at', () => {
      const waiting = aCutCall().say(PRACTITIONER, together);
      // In time it is no more than a cut that healed.
      const inTime = waiting.fork().heal().by(10_000).say(PRACTITIONER, together);
      expect(inTime.kinds).toContain('run.ended');
      expect(walked(inTime)).toEqual([]);
      const walk = over(waiting.by(600_000));
      expect(walk.alerted).toContain('wordMissing.duty-1');
      expect(walk.kinds).not.toContain('phoning.opened');
      expect(walk.kinds).not.toContain('deciding.opened');
      expect(walked(walk)).toMatchObject([{ pathway: 'run', outcome: 'safeByReport' }]);
      expect(walk.value('supervision:session')).toBe('owed');
    });
  });

  test('[F2][F3] a crisis that opens and ends in the middle of a run takes nothing from the run', () => {
    const walk = aLiveSession().cut().by(480_000);
    const run = walk.runId;
    walk
      .say(PRACTITIONER, { type: 'ladder.decide', client, run, decision: 'ringEmergencyServices' })
      .say(PRACTITIONER, { type: 'crisis.open', client })
      .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });
    expect(walked(walk)).toMatchObject([{ id: 'crisis1', pathway: 'crisis' }]);
    walk
      .heal()
      .by(10_000)
      .say(PRACTITIONER, { type: 'ladder.recordAct', client, run, outcome: 'reached' })
      .say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run })
      .say(PRACTITIONER, { type: 'ladder.standDown', client, run });
    expect(walked(walk)).toMatchObject([
      { id: 'crisis1', pathway: 'crisis' },
      {
        id: run,
        pathway: 'run',
        outcome: 'together',
        decision: { outcome: 'ringEmergencyServices', by: PRACTITIONER },
      },
    ]);
    walk.say(SUPERVISOR, settle('crisis1'));
    expect(walk.value('supervision:session')).toBe('owed');
    expect(walk.say(SUPERVISOR, settle(run)).value('supervision:session')).toBe('clear');
  });

  test('[F2][F3][N3] what ends while and after nobody came is named as what it was', () => {
    const walk = aWalk({ appointment: { startsAtMs: 1000 } })
      .join(PRACTITIONER)
      .to(301_000)
      .say(PRACTITIONER, { type: 'attendance.openNoShow', client });
    const run = walk.runId;
    walk
      .say(PRACTITIONER, { type: 'privacy.open', client })
      .say(PRACTITIONER, { type: 'privacy.resolve', client, outcome: 'falseAlarm', isFreeToSpeak: true })
      .say(PRACTITIONER, { type: 'ladder.dispose', client, run, disposition: 'followUpArranged' })
      .say(PRACTITIONER, { type: 'crisis.open', client })
      .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });
    const expected = [
      ['privacy1', 'privacy'],
      [run, 'noShow'],
      ['crisis1', 'crisis'],
    ];
    expect(walked(walk).map(({ id, pathway }) => [id, pathway])).toEqual(expected);
    const ended = walk.events.filter(({ kind }) => kind === 'pathway.ended');
    expect(ended.map(({ subject, outcome }) => [subject?.id, outcome])).toEqual(expected);
  });

  test('[F3] of a run in which nobody came, it is the pathway of not appearing', () => {
    let chart = aChart(supervisionConcept, 'session');
    const run = { rules: [], subject: { kind: 'run', id: 'c1.r1' } } as const;
    for (const heard of [
      { ...run, type: 'run.opened', outcome: 'noShow' },
      { ...run, type: 'deciding.opened' },
      { ...run, type: 'run.ended', outcome: 'safeByReport' },
    ] as const)
      ({ chart } = deliver(supervisionConcept, chart, heard));
    expect(walkedOf(chart)).toMatchObject([{ id: 'c1.r1', pathway: 'noShow' }]);
  });

  test("[F3][A55] only a person on the policy's supervisor list settles it, with a reference", () => {
    const others = [PRACTITIONER, CLIENT, ...DUTY, 'management-1', 'safeguarding-1'];
    for (const person of others)
      expect(aResolvedCrisis().say(person, settle('crisis1')).lastRefusal?.code).toBe('not-allowed');
    const walk = aResolvedCrisis().say(SUPERVISOR, settle('crisis1'));
    expect(walk.lastRefusal).toBeNull();
    expect(walk.value('supervision:session')).toBe('clear');
    expect(walk.events.at(-1)).toMatchObject({
      kind: 'supervision.settled',
      actor: { person: SUPERVISOR },
      subject: { kind: 'pathway', id: 'crisis1' },
      details: { rationaleRef: 'note-9' },
    });
    expect(walk.say(SUPERVISOR, settle('crisis1')).lastRefusal?.code).toBe('not-now');
  });

  test('[F3] a practitioner who is on the list themselves does not settle their own', () => {
    const staff = {
      ...referencePolicy.staff,
      supervisor: [{ person: PRACTITIONER }, { person: SUPERVISOR }],
    };
    const walk = aLiveSession({ policy: { ...referencePolicy, staff } })
      .say(PRACTITIONER, { type: 'crisis.open', client })
      .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });
    expect(walk.say(PRACTITIONER, settle('crisis1')).lastRefusal?.code).toBe('not-allowed');
    expect(walk.say(SUPERVISOR, settle('crisis1')).lastRefusal).toBeNull();
  });

  test('[F3][D2] whoever led it before is its practitioner as well, also after the session was handed over', () => {
    const staff = {
      ...referencePolicy.staff,
      supervisor: [{ person: PRACTITIONER }, { person: SUPERVISOR }],
    };
    const walk = aLiveSession({
      policy: { ...referencePolicy, staff },
      others: [{ id: 'p2', role: 'practitioner' }],
    })
      .join('p2')
      .say(PRACTITIONER, { type: 'crisis.open', client })
      .say(PRACTITIONER, { type: 'handOver.offer', to: 'p2' })
      .say('p2', { type: 'handOver.accept' })
      .say('p2', { type: 'crisis.resolve', client, exit: 'helpOnScene' });
    expect(walk.say(PRACTITIONER, settle('crisis1')).lastRefusal?.code).toBe('not-allowed');
    expect(walk.say(SUPERVISOR, settle('crisis1')).lastRefusal).toBeNull();
  });

  test('[F3][A55] nothing waits for it, and it is settled after the close as well', () => {
    const walk = closed(aResolvedCrisis());
    expect(walk.value('lifecycle:session')).toBe('closed');
    expect(walk.value('supervision:session')).toBe('owed');
    walk.by(30 * 24 * 3_600_000);
    expect(walk.value('supervision:session')).toBe('owed');
    expect(walk.say(SUPERVISOR, settle('crisis1')).lastRefusal).toBeNull();
    expect(walk.value('supervision:session')).toBe('clear');
  });

  test('[F3] in any order, each pathway is looked back at by itself, and it is clear when all are', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3]), fc.integer({ min: 1, max: 3 }), (order, count) => {
        const walk = aLiveSession();
        for (let turn = 0; turn < count; turn += 1)
          walk
            .say(PRACTITIONER, { type: 'crisis.open', client })
            .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });
        for (const index of order) walk.say(SUPERVISOR, settle(`crisis${index}`));
        const open = walked(walk)
          .filter(({ review }) => review === null)
          .map(({ id }) => id);
        const owed = [1, 2, 3].slice(0, count).filter((index) => !order.includes(index));
        expect(open).toEqual(owed.map((index) => `crisis${index}`));
        expect(walk.value('supervision:session')).toBe(owed.length === 0 ? 'clear' : 'owed');
      }),
      { numRuns: 25 },
    );
  });

  test('[F3] no other command and no time settles one', () => {
    const chart = deliver(supervisionConcept, aChart(supervisionConcept, 'session'), {
      type: 'crisis.resolved',
      rules: [],
      subject: { kind: 'client', id: client },
    }).chart;
    for (const message of [
      { type: 'session.close' },
      { type: 'closing.giveRationale', pathway: 'crisis1', rationaleRef: 'n' },
      { type: 'clock.reached' },
    ] as const)
      expect(
        walkedOf(deliver(supervisionConcept, chart, message, { by: actor(SUPERVISOR) }).chart)[0]?.review,
      ).toBeNull();
    expect(chart.context.deadlines).toEqual({});
  });
});

test('[F10][A20] a session that was ended early owes no reasons beside those of a pathway that is still open', () => {
  const ended = (open: boolean) => {
    const walk = aWaitingSession();
    if (open) walk.say(PRACTITIONER, { type: 'privacy.open', client });
    walk.say(PRACTITIONER, { type: 'session.end' });
    if (open)
      walk.say(PRACTITIONER, {
        type: 'privacy.resolve',
        client,
        outcome: 'privateAgain',
        isFreeToSpeak: true,
      });
    return circumstances(walk.session).unreasoned;
  };
  expect([ended(false), ended(true)]).toEqual([['endedEarly1'], ['privacy1']]);
});
