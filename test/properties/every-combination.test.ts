import { clientOf, runOf, stateName, type ChartKey, type Session } from '@holdfast/session/authority';
import { ladderPlan, type Precedence } from '@holdfast/protocol';
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
import { wrong } from './invariants.js';

/**
 * Walks what can be reached by presence, contact, run, risk and precedence, breadth first: from each configuration not
 * seen yet every move is made, and time is taken to just before, at, and just after the next deadline.
 */
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
  'call cut': (walk) => void walk.say(PRACTITIONER, { type: 'call.cut', client }),
  'to video': (walk) => void walk.say(PRACTITIONER, { type: 'call.moveToVideo', client }),
  withdraw: (walk) => void walk.say(CLIENT, { type: 'consent.withdraw' }),
  started: (walk) => void walk.state({ type: 'server.started' }),
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

/** The configuration: presence of both, contact, risk, precedence, the run with its parts, owner and outcome. */
function configuration({ session }: { readonly session: Session }): string {
  const run = runOf(session, clientOf(session));
  const number = session.charts['item:callBackNumber']?.context as
    { flags?: { safeToRing?: boolean } } | undefined;
  const isOpen = run !== null && run.state !== 'none';
  const { owner, isBack, outcome } = run?.context ?? {};
  return JSON.stringify([
    nearness(value(session, 'presence:c1')),
    nearness(value(session, 'presence:p1')),
    value(session, 'contact:c1'),
    value(session, 'risk:c1'),
    number?.flags?.safeToRing ?? null,
    value(session, 'run:c1'),
    isOpen ? [owner === PRACTITIONER, isBack, outcome, Object.keys(run.context.deadlines).toSorted()] : null,
    ['gathering', 'settingUp', 'live'].includes(value(session, 'lifecycle:session')),
  ]);
}

/** Bounded: what is not reached within these many configurations is left to the random walks. */
const MOST = Number(process.env['HOLDFAST_CONFIGURATIONS'] ?? 1500);

function explore(start: Walk): { readonly seen: number; readonly wrongs: readonly string[] } {
  const seen = new Set([configuration(start)]);
  const queue: { readonly walk: Walk; readonly path: readonly string[] }[] = [{ walk: start, path: [] }];
  const wrongs: string[] = [];
  for (let next = queue.shift(); next !== undefined && seen.size < MOST; next = queue.shift()) {
    for (const [name, move] of Object.entries(MOVES)) {
      const walk = next.walk.fork();
      move(walk);
      const found = wrong(walk);
      if (found !== null) wrongs.push(`${found} after ${[...next.path, name].join(', ')}`);
      const key = configuration(walk);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ walk, path: [...next.path, name] });
    }
  }
  return { seen: seen.size, wrongs };
}

describe('presence, contact, run, risk and precedence', () => {
  test('[L16][L17] from a session in progress every configuration has an owner and a deadline, or is at rest', () => {
    const { seen, wrongs } = explore(aLiveSession());
    expect(wrongs).toEqual([]);
    expect(seen).toBeGreaterThan(300);
    if (process.env['HOLDFAST_CONFIGURATIONS'] !== undefined)
      process.stderr.write(`configurations: ${seen}\n`);
  });

  test('[L16][L17][L19] so has every one from a client who waits', () => {
    const { wrongs } = explore(aWaitingSession());
    expect(wrongs).toEqual([]);
  });
});

describe('precedence', () => {
  const booleans = [false, true];
  const all: Precedence[] = booleans.flatMap((hasExited) =>
    booleans.flatMap((isPrivacyCompromised) =>
      booleans.flatMap((mayRing) =>
        booleans.map((isRiskActive) => ({ hasExited, isPrivacyCompromised, mayRing, isRiskActive })),
      ),
    ),
  );

  test('[L3][H03][H12] each of the sixteen rows: blocked never rings, risk is at once, something is always next', () => {
    for (const precedence of all) {
      const plan = ladderPlan(precedence);
      const isBlocked = precedence.hasExited || precedence.isPrivacyCompromised || !precedence.mayRing;
      expect(plan.reconnecting).toBe(!precedence.hasExited);
      expect(plan.alertDuty).toBe(precedence.isRiskActive);
      if (isBlocked) expect(plan.phoning).toBe('never');
      else expect(plan.phoning).toBe(precedence.isRiskActive ? 'atOnce' : 'afterWait');
      if (precedence.isRiskActive) expect(plan.deciding).toBe('atOnce');
      else
        expect(plan.deciding).toBe(
          precedence.hasExited ? 'atOnce' : isBlocked ? 'afterWait' : 'afterPhoning',
        );
      // Never a plan without a next step that a clock reaches by itself.
      expect(plan.reconnecting || plan.phoning === 'atOnce' || plan.deciding === 'atOnce').toBe(true);
    }
  });
});
