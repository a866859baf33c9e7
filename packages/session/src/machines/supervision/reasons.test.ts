import { referencePolicy, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import { unreasonedOf } from '../../testing/reasons.js';
import type { ClosingContext } from '../closing/closing.machine.js';
import type { SupervisionContext } from './walked.js';

const client = CLIENT;
const says = (walk: Walk, ...commands: readonly Command[]): Walk => {
  for (const command of commands) walk.say(PRACTITIONER, command);
  return walk;
};
const end: readonly Command[] = [
  { type: 'session.end' },
  { type: 'closing.dispose', disposition: 'endedAsPlanned' },
];
const close: Command = { type: 'session.close' };
const reasons = (pathway: string): Command => ({
  type: 'closing.giveRationale',
  pathway,
  rationaleRef: 'note-7',
});
const handOver = (pathway: string, to: string): Command => ({
  type: 'closing.handOverFollowUp',
  followUp: `why.${pathway}`,
  to,
});
const walked = (walk: Walk) =>
  (walk.session.charts['supervision:session']?.context as SupervisionContext | undefined)?.walked ?? [];
const owed = (walk: Walk) =>
  ((walk.session.charts['closing:session']?.context as ClosingContext | undefined)?.followUps ?? []).filter(
    ({ kind }) => kind === 'rationale',
  );

/** Every pathway, ended without a word of reasons; each is over, and the session is closing. */
const WALKED: Readonly<Record<string, () => Walk>> = {
  crisis: () =>
    says(
      aLiveSession(),
      { type: 'crisis.open', client },
      { type: 'crisis.resolve', client, exit: 'helpOnScene' },
      ...end,
    ),
  privacy: () =>
    says(
      aLiveSession(),
      { type: 'privacy.open', client },
      { type: 'privacy.resolve', client, outcome: 'falseAlarm', isFreeToSpeak: true },
      ...end,
    ),
  run: () => {
    const walk = aLiveSession().cut().by(480_000);
    const run = walk.runId;
    return says(walk, { type: 'ladder.dispose', client, run, disposition: 'safeByReport' }, ...end);
  },
  noShow: () => {
    const walk = aWalk({ appointment: { startsAtMs: 1000 } })
      .join(PRACTITIONER)
      .to(301_000);
    says(walk, { type: 'attendance.openNoShow', client });
    const run = walk.runId;
    return says(walk, { type: 'ladder.dispose', client, run, disposition: 'followUpArranged' }, ...end);
  },
  notSuitable: () =>
    says(
      aWaitingSession(),
      { ...ANSWERS.suitability, answer: 'notSuitable', because: 'highVolatileRisk' },
      {
        type: 'suitability.offerAlternative',
        client,
        kind: 'faceToFace',
        dueOn: '2027-01-01',
        route: 'crisisLine',
      },
      ...end,
    ),
  endedEarly: () => says(aWaitingSession(), ...end),
};

test('[F9][F10][A20] each pathway that ended without a reference leaves it owed by whoever decided, with a date', () => {
  for (const [pathway, start] of Object.entries(WALKED)) {
    const walk = start();
    expect(walked(walk), pathway).toMatchObject([
      { pathway, decision: { by: PRACTITIONER }, rationaleRef: null },
    ]);
    const [one] = walked(walk);
    expect(walk.events.find(({ kind }) => kind === 'pathway.ended')).toMatchObject({
      subject: { kind: 'pathway', id: one?.id },
      outcome: pathway,
      details: {
        decision: one?.decision?.outcome,
        decidedBy: PRACTITIONER,
        decidedAtMs: one?.decision?.atMs,
        rationaleRef: null,
      },
    });
    expect(owed(walk)).toMatchObject([{ id: `why.${one?.id}`, owner: PRACTITIONER, state: 'open' }]);
    expect(walk.say(PRACTITIONER, close).lastRefusal).toMatchObject({
      code: 'rationale-missing',
      missing: [one?.id],
    });
    // No time and no other word settles it.
    expect(
      walk
        .fork()
        .by(90 * 86_400_000)
        .say(PRACTITIONER, close).lastRefusal?.code,
    ).toBe('rationale-missing');
    const settle: Command = { type: 'closing.settleFollowUp', followUp: `why.${one?.id}` };
    expect(walk.fork().say(PRACTITIONER, settle).lastRefusal?.code).toBe('rationale-missing');
    const given = says(walk.fork(), reasons(one?.id ?? ''), close);
    expect([given.value('lifecycle:session'), owed(given)[0]?.state]).toEqual(['closed', 'settled']);
  }
});

test('[F9] handed over to a named person it holds the close back no more, and a supervisor gives it afterwards', () => {
  for (const start of Object.values(WALKED)) {
    const walk = start();
    const [id = ''] = unreasonedOf(walk);
    for (const to of [CLIENT, 'nobody'])
      expect(walk.fork().say(PRACTITIONER, handOver(id, to)).lastRefusal?.code).toBe('unknown-person');
    says(walk, handOver(id, DUTY[0]), close);
    expect(walk.value('lifecycle:session')).toBe('closed');
    expect(owed(walk)).toMatchObject([{ owner: DUTY[0], state: 'handedOver' }]);
    expect(walk.fork().say(CLIENT, reasons(id)).lastRefusal?.code).toBe('not-allowed');
    walk.say('supervisor-1', reasons(id));
    expect([walk.lastRefusal, unreasonedOf(walk), owed(walk)[0]?.state]).toEqual([null, [], 'settled']);
    expect(walk.say('supervisor-1', reasons(id)).lastRefusal?.code).toBe('not-now');
  }
});

test('[F9] a reference that was given with the decision leaves nothing owed', () => {
  const walk = says(
    aLiveSession(),
    { type: 'crisis.open', client },
    { type: 'crisis.resolve', client, exit: 'clientSafe', rationaleRef: 'note-1' },
    ...end,
    close,
  );
  expect([walk.lastRefusal, owed(walk)]).toEqual([null, []]);
});

test('[F9][A20] where contact came back and nobody had to decide, whoever gives the reasons is the decider', () => {
  const walk = aLiveSession().cut().by(300_000).recordCall('noAnswer').heal().by(5000);
  walk.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: walk.runId });
  expect(walked(walk)).toMatchObject([{ decision: null }]);
  walk.by(60_000).say(DUTY[0], reasons(walked(walk)[0]?.id ?? ''));
  expect(walked(walk)).toMatchObject([
    { decision: { outcome: 'together', by: DUTY[0], atMs: walk.nowMs }, rationaleRef: 'note-7' },
  ]);
});

test('[F10] ended early: only by a person, before it was live, and where nothing else says why', () => {
  expect(walked(says(aLiveSession(), ...end))).toEqual([]);
  expect(walked(aWaitingSession().say(CLIENT, { type: 'consent.withdraw' }))).toEqual([]);
  for (const pathway of ['crisis', 'notSuitable'])
    expect(walked(WALKED[pathway]?.() ?? aLiveSession()).map((one) => one.pathway)).toEqual([pathway]);
});

test('[F10] nobody looks back at a decision that only ended the session early, or at video that was not right', () => {
  for (const pathway of ['notSuitable', 'endedEarly']) {
    const walk = WALKED[pathway]?.() ?? aLiveSession();
    expect(walk.kinds).not.toContain('supervision.opened');
    expect(walk.value('supervision:session')).toBe('clear');
    const settle: Command = { type: 'supervision.settle', pathway: `${pathway}1`, rationaleRef: 'n' };
    expect(walk.say('supervisor-1', settle).lastRefusal?.code).toBe('not-now');
  }
});

test('[F9] in the moment nothing waits for reasons: a crisis opens and ends, and the next one, while they are owed', () => {
  const walk = aLiveSession({ policy: { ...referencePolicy, settleBeforeClose: ['rationale'] } });
  for (let turn = 0; turn < 3; turn += 1)
    for (const command of [
      { type: 'crisis.open', client },
      { type: 'crisis.resolve', client, exit: 'helpOnScene' },
    ] as const)
      expect(walk.say(PRACTITIONER, command).lastRefusal).toBeNull();
  expect(says(walk, ...end).lastRefusal).toBeNull();
  expect(unreasonedOf(walk)).toEqual(['crisis1', 'crisis2', 'crisis3']);
});
