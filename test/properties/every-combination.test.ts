import { clientOf, runOf, stateName, type ChartKey, type Session } from '@holdfast/session/authority';
import {
  aLiveSession,
  ANSWERS,
  aWaitingSession,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '@holdfast/session/testing';
import { describe, expect, test } from 'vitest';
import { wrong, wrongNow } from './invariants.js';

/** Walks what can be reached by presence, contact, run, risk and precedence, breadth first, every move from each. */
const client = CLIENT;
type Move = (walk: Walk) => void;

const runNow = (walk: Walk) => walk.runId;
const attemptNow = (walk: Walk) => walk.run.context.attempt;

const MOVES: Readonly<Record<string, Move>> = {
  cut: (walk) => void walk.cut(),
  heal: (walk) => void walk.heal(),
  'client silent': (walk) => void walk.silent(CLIENT),
  'client heard': (walk) => void walk.heard(CLIENT),
  'client joins': (walk) => void walk.join(CLIENT),
  'client unloads': (walk) =>
    void walk.state({ type: 'device.unloading', person: CLIENT, device: 'c1.a' }, CLIENT),
  'client leaves': (walk) => void walk.leave(CLIENT),
  'client exits': (walk) => void walk.exit(CLIENT),
  'practitioner silent': (walk) => void walk.silent(PRACTITIONER),
  'practitioner joins': (walk) => void walk.join(PRACTITIONER),
  'practitioner leaves': (walk) => void walk.leave(PRACTITIONER),
  'do not ring': (walk) =>
    void walk.say(CLIENT, {
      ...ANSWERS.callBackNumber,
      flags: { safeToRing: false, safeToLeaveMessage: false },
    }),
  raise: (walk) => void walk.say(PRACTITIONER, { type: 'risk.raise', client }),
  lower: (walk) => void walk.say(PRACTITIONER, { type: 'risk.lower', client, reason: 'reassessed' }),
  'no answer': (walk) =>
    void walk.say(PRACTITIONER, {
      type: 'ladder.recordCall',
      client,
      run: runNow(walk),
      attempt: attemptNow(walk),
      outcome: 'noAnswer',
    }),
  reached: (walk) =>
    void walk.say(PRACTITIONER, {
      type: 'ladder.recordCall',
      client,
      run: runNow(walk),
      attempt: attemptNow(walk),
      outcome: 'reachedByName',
    }),
  services: (walk) =>
    void walk.say(PRACTITIONER, {
      type: 'ladder.decide',
      client,
      run: runNow(walk),
      decision: 'ringEmergencyServices',
    }),
  'ring again': (walk) =>
    void walk.say(PRACTITIONER, {
      type: 'ladder.decide',
      client,
      run: runNow(walk),
      decision: 'ringClientAgain',
    }),
  'not now': (walk) =>
    void walk.say(PRACTITIONER, {
      type: 'ladder.decide',
      client,
      run: runNow(walk),
      decision: 'notNow',
      lookAgainAtMs: walk.nowMs + 30_000,
    }),
  'not done': (walk) =>
    void walk.say(PRACTITIONER, { type: 'ladder.recordAct', client, run: runNow(walk), outcome: 'notDone' }),
  acted: (walk) =>
    void walk.say(PRACTITIONER, { type: 'ladder.recordAct', client, run: runNow(walk), outcome: 'reached' }),
  together: (walk) =>
    void walk.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: runNow(walk) }),
  'stand down': (walk) =>
    void walk.say(PRACTITIONER, { type: 'ladder.standDown', client, run: runNow(walk) }),
  'duty takes over': (walk) => void walk.say(DUTY[0], { type: 'ladder.takeOver', client, run: runNow(walk) }),
  'duty accepts': (walk) => {
    const alert = Object.keys(walk.session.charts).findLast(
      (key) => key.startsWith('alert:') && key.endsWith(DUTY[0]),
    );
    if (alert !== undefined) walk.say(DUTY[0], { type: 'alert.accept', alert: alert.slice('alert:'.length) });
  },
  'allow ringing': (walk) =>
    void walk.say(PRACTITIONER, {
      type: 'ladder.allowRinging',
      client,
      run: runNow(walk),
      reason: 'clinicalJudgement',
    }),
  dispose: (walk) =>
    void walk.say(PRACTITIONER, {
      type: 'ladder.dispose',
      client,
      run: runNow(walk),
      disposition: 'safeByReport',
    }),
  'call cut': (walk) => void walk.say(PRACTITIONER, { type: 'call.cut', client }),
  'to video': (walk) => void walk.say(PRACTITIONER, { type: 'call.moveToVideo', client }),
  withdraw: (walk) => void walk.say(CLIENT, { type: 'consent.withdraw' }),
  started: (walk) => void walk.state({ type: 'server.started', unwatchedMs: 0 }),
  'just before': (walk) => void (due(walk) !== null && walk.to(Math.max(walk.nowMs, Number(due(walk)) - 1))),
  'at the deadline': (walk) => void (due(walk) !== null && walk.to(Number(due(walk)))),
};

const due = (walk: Walk): number | null => {
  const all = Object.values(walk.session.charts).flatMap((chart) => Object.values(chart.context.deadlines));
  return all.length === 0 ? null : Math.max(walk.nowMs, Math.min(...all), walk.session.heldUntilMs ?? 0);
};

const value = (session: Session, key: ChartKey): string => {
  const chart = session.charts[key];
  return chart === undefined ? 'none' : stateName(chart.value);
};

/** Whether somebody is there, only seems to be, is gone, or chose to go: what the ladder tells apart. */
const nearness = (state: string): string => (['notYet', 'gone'].includes(state) ? 'away' : state);

/** Instants are reduced to which deadlines stand; a move takes time to just before and at the earliest of them. */
function configuration({ session }: { readonly session: Session }): Readonly<Record<string, unknown>> {
  const run = runOf(session, clientOf(session));
  const number = session.charts['item:callBackNumber']?.context as
    { flags?: { safeToRing?: boolean } } | undefined;
  const isOpen = run !== null && run.state !== 'none';
  const stage = value(session, 'lifecycle:session');
  return {
    run: value(session, 'run:c1'),
    contact: value(session, 'contact:c1'),
    client: nearness(value(session, 'presence:c1')),
    practitioner: nearness(value(session, 'presence:p1')),
    risk: value(session, 'risk:c1'),
    mayRing: number?.flags?.safeToRing ?? null,
    owner: isOpen ? run.context.owner === PRACTITIONER : null,
    isBack: isOpen ? run.context.isBack : null,
    outcome: isOpen ? run.context.outcome : null,
    deadlines: isOpen ? Object.keys(run.context.deadlines).toSorted().join(' ') : null,
    stage: ['closing', 'closed'].includes(stage) ? 'over' : stage,
  };
}

/**
 * The charts that talk to each other: two by two the run and contact with everything, presence of both, risk; and what
 * decides between the parts of the ladder, all of it together.
 */
function pairs(walk: Walk): readonly string[] {
  const found = Object.entries(configuration(walk));
  const names = ['run', 'contact', 'client', 'practitioner', 'risk'];
  const { run, contact, risk, mayRing } = configuration(walk);
  const ladder = `ladder ${[run, contact, risk, mayRing].join(', ')}`;
  return [ladder].concat(
    names.flatMap((name, index) => {
      const [, own] = found.find(([known]) => known === name) ?? [];
      return found
        .slice(index + 1)
        .filter(([other]) => index < 2 || names.includes(other))
        .map(([other, state]) => `${name} ${String(own)}, ${other} ${String(state)}`);
    }),
  );
}

interface Visited {
  readonly walk: Walk;
  readonly path: readonly string[];
}

/**
 * Breadth first until nothing new is found: every move from each session that showed something not seen before. What lies
 * only behind a session that showed nothing new is not looked at: the whole product does not end (11,000 configurations at
 * six moves, three times as many with each more), this does.
 */
function explore(starts: Readonly<Record<string, Walk>>) {
  const seen = new Set(Object.values(starts).flatMap((walk) => pairs(walk)));
  const queue: Visited[] = Object.entries(starts).map(([name, walk]) => ({ walk, path: [name] }));
  const wrongs: string[] = [];
  for (const { walk: from, path } of queue) {
    for (const [name, move] of Object.entries(MOVES)) {
      const walk = from.fork();
      move(walk);
      const fresh = pairs(walk).filter((pair) => !seen.has(pair));
      for (const pair of fresh) seen.add(pair);
      const found = fresh.length > 0 ? wrong(walk) : wrongNow(walk);
      if (found !== null) wrongs.push(`${found} after ${[...path, name].join(', ')}`);
      if (fresh.length > 0) queue.push({ walk, path: [...path, name] });
    }
  }
  return { seen, wrongs };
}

describe('presence, contact, run, risk and precedence', () => {
  test('[L16][L17][L19][P13] every pair of states that the walk finds has an owner and a deadline, or is at rest', () => {
    const { seen, wrongs } = explore({ live: aLiveSession(), waiting: aWaitingSession() });
    expect(wrongs).toEqual([]);
    // Not about nothing: the run alone has more than a hundred states.
    expect(seen.size).toBeGreaterThan(3000);
  }, 600_000);
});
