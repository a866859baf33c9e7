import type { Input, Policy } from '@holdfast/protocol';
import {
  nextDeadline,
  packSession,
  readSession,
  step,
  writeSession,
  type Session,
} from '@holdfast/session/authority';
import { transition } from 'xstate';
import { runMachine } from '../../packages/session/src/machines/run/run.machine.js';
import { calm } from '../../packages/session/src/testing/deliver.js';
import { printTable, quantile, writeResult, type Figure } from '../kit/result.js';
import { aFullSession, inputsOf } from './session.js';

/** Whole rounds of the mix; what runs first is compiled on the way and is not counted. */
const plans = { full: { warmUp: 20, rounds: 200 }, quick: { warmUp: 8, rounds: 30 } } as const;

/**
 * One input as a session server takes it that keeps nothing: text in, text out. The session as `writeSession` stores it,
 * beside its policy, which is stored once and read once.
 */
function takeText(stored: string, policy: Policy, input: string): string {
  return taken(readSession(stored, policy).session, input);
}

/**
 * One input as ours takes it, which keeps an open session in memory: what it writes to its store is the session, when it
 * must be called again, events, effects and the answer.
 */
function taken(before: Session, input: string): string {
  const { session, events, effects, refusal } = step(before, JSON.parse(input) as Input);
  return `${writeSession(session)}\n${JSON.stringify({ dueAtMs: nextDeadline(session), events, effects, refusal })}`;
}

interface Timed {
  readonly ms: readonly number[];
  /** How often the same round can be done in a second: inputs of all rounds by their time. */
  readonly perSecond: number;
  /** The same by the processor's time of the process, collections of garbage in other threads included. */
  readonly perProcessorSecond: number;
}

function measured(rounds: number, each: readonly (() => unknown)[]): Timed {
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    for (const take of each) {
      const startedAtMs = performance.now();
      take();
      times.push(performance.now() - startedAtMs);
    }
  }
  const { user, system } = process.cpuUsage(before);
  return {
    ms: times,
    perSecond: (times.length / times.reduce((sum, ms) => sum + ms, 0)) * 1000,
    perProcessorSecond: (times.length / (user + system)) * 1_000_000,
  };
}

/** On a machine that others use too, less of a second is ours: the detail has what a second of the processor is worth. */
const inputsPerSecond = (id: string, timing: Timed, peer: Timed): Figure => ({
  id,
  unit: 'inputs/s',
  ours: timing.perSecond,
  peer: { name: 'bare xstate transition of the run machine', value: peer.perSecond },
  goal: { op: '>=', value: 5000 },
  met: timing.perSecond >= 5000,
  n: timing.ms.length,
  detail: {
    perProcessorSecond: timing.perProcessorSecond,
    peerPerProcessorSecond: peer.perProcessorSecond,
  },
});

function p99({ ms }: Timed, peer: Timed): Figure {
  const ours = quantile(ms, 0.99);
  return {
    id: 'step-p99',
    unit: 'ms',
    ours,
    peer: { name: 'bare xstate transition of the run machine', value: quantile(peer.ms, 0.99) ?? 0 },
    goal: { op: '<=', value: 3 },
    met: ours !== null && ours <= 3,
    n: ms.length,
    detail: { p50: quantile(ms, 0.5), p95: quantile(ms, 0.95), max: Math.max(...ms) },
  };
}

function size(session: Session): Figure {
  const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
  const ours = Buffer.byteLength(writeSession(session)) / 1000;
  return {
    id: 'step-snapshot',
    unit: 'kB',
    ours,
    peer: null,
    goal: { op: '<=', value: 8 },
    met: ours <= 8,
    n: 1,
    detail: {
      charts: Object.keys(session.charts).length,
      chartsStored: Object.keys(packSession(session).charts).length,
      // Stored once a session, beside it.
      policyBytes: bytesOf(session.policy),
      peopleBytes: bytesOf(session.people),
      // As a whole, with its policy and with what is as it was at the beginning.
      unpackedBytes: bytesOf(session),
    },
  };
}

/**
 * `npm run bench -- step`: the protocol's one function on one core, in a session in which everything is open that
 * can be open at once. Beside it, in the same run, the run machine alone: what XState takes without any of `step`.
 *
 * @param args `--quick`: fewer rounds.
 */
export function runStep(args: readonly string[]): void {
  const isQuick = args.includes('--quick');
  const { warmUp, rounds } = plans[isQuick ? 'quick' : 'full'];
  const { session, nowMs } = aFullSession();
  const stored = writeSession(session);
  const texts = inputsOf(nowMs).map((input) => JSON.stringify(input));
  const ours = texts.map((input) => () => takeText(stored, session.policy, input));
  const inMemory = texts.map((input) => () => taken(session, input));
  const chart = session.charts['run:c1'];
  if (chart === undefined) throw new Error('no run in the session of the bench');
  const ladder = inputsOf(nowMs).filter(({ body }) => body.type.startsWith('ladder.'));
  const heard = ladder.map(({ body, from, atMs }) => {
    const event = { ...body, by: from, atMs, saidAtMs: null, now: calm };
    return () => transition(runMachine, runMachine.resolveState(chart as never), event as never);
  });
  const fold = Math.round(ours.length / heard.length);
  measured(warmUp, ours);
  measured(warmUp, inMemory);
  measured(warmUp * fold, heard);
  const [own, held, peer] = [
    measured(rounds, ours),
    measured(rounds, inMemory),
    measured(rounds * fold, heard),
  ];
  const figures = [
    inputsPerSecond('step-inputs-per-second', own, peer),
    inputsPerSecond('step-in-memory-per-second', held, peer),
    p99(own, peer),
    size(session),
  ];
  writeResult('step', isQuick ? 'step-quick' : 'step', figures);
  printTable(figures);
}
