import { expect, test } from 'vitest';
import type { EventKind } from '@holdfast/protocol';
import { aChart, actor, calm } from '../../testing/deliver.js';
import { lateAfter } from './late-report.js';
import { runConcept } from './run.concept.js';
import { runOf, type RunContext, type RunEvent } from './run-state.js';

const context = aChart(runConcept, 'c1').context as unknown as RunContext;
const before = { report: 'act', outcome: null, by: 'p1', saidAtMs: 1, atMs: 2 } as const;
const late = (type: EventKind, rest: object = {}) =>
  lateAfter({
    context: { ...context, late: before },
    event: {
      type,
      rules: [],
      subject: null,
      by: actor('p1'),
      now: calm,
      atMs: 5001,
      saidAtMs: 3e3,
      ...rest,
    } as unknown as RunEvent,
  });

test('[L18] which reports are kept as late, and as which', () => {
  const kept = (report: string, outcome: string | null = null) => ({
    report,
    outcome,
    by: 'p1',
    saidAtMs: 3e3,
    atMs: 5001,
  });
  expect(late('phoning.recorded', { outcome: 'noAnswer' })).toEqual(kept('call', 'noAnswer'));
  expect(late('deciding.acted', { outcome: 'notDone' })).toEqual(kept('act', 'notDone'));
  expect(late('deciding.acted', { outcome: 'clientReached' })).toEqual(kept('act', 'reached'));
  expect(late('run.wordGiven')).toEqual(kept('together'));
  expect(late('run.needsConfirmation', { outcome: null })).toEqual(kept('together'));
  expect(late('run.ended', { outcome: 'safeByReport' })).toEqual(kept('disposition', 'safeByReport'));
  for (const outcome of ['together', 'byPhone', 'left', null])
    expect(late('run.ended', { outcome })).toEqual(before);
  expect(late('contact.lost', { outcome: 'new' })).toEqual(before);
});

test('[L18] a report about a run that is over is late whenever it was said', () => {
  const reports = {
    'ladder.recordCall': 'call',
    'ladder.recordAct': 'act',
    'ladder.confirmTogether': 'together',
    'ladder.dispose': 'disposition',
  };
  for (const [command, report] of Object.entries(reports))
    expect(late('run.lateReport', { saidAtMs: null, details: { report: command } })).toEqual({
      report,
      outcome: null,
      by: 'p1',
      saidAtMs: 5001,
      atMs: 5001,
    });
  expect(late('run.lateReport', { details: { report: 'ladder.decide' } })).toEqual(before);
  expect(late('run.lateReport')).toEqual(before);
});

test('[L18] it is late from 2 s on, and somebody said it', () => {
  expect(late('run.wordGiven', { atMs: 5000 })).toEqual(before);
  expect(late('run.wordGiven', { saidAtMs: null })).toEqual(before);
  expect(late('run.wordGiven', { by: { ...actor('p1'), person: null } })).toEqual(before);
});

test('[L1][L15] a run is read as none, open or exhausted, and as nothing where there is no client', () => {
  const none = aChart(runConcept, 'c1');
  const parts = { reconnecting: 'idle', phoning: 'idle', deciding: 'idle', word: 'idle', staff: 'answering' };
  const read = (staff: string) =>
    runOf({ charts: { 'run:c1': { ...none, value: { open: { ...parts, staff } } } } }, 'c1');
  expect(runOf({ charts: {} }, 'c1')).toBeNull();
  expect(runOf({ charts: { 'run:c1': none } }, 'c1')).toEqual({ state: 'none', parts: null, context });
  expect(read('answering')).toEqual({ state: 'open', parts, context });
  expect(read('exhausted')).toEqual({ state: 'exhausted', parts: { ...parts, staff: 'exhausted' }, context });
});

test('[L13][R1] what is due waits while contact comes back, but the loud repeat and the word', () => {
  const contact = (value: string, deadlines: Record<string, number>) =>
    ({ charts: { 'contact:c1': { value, context: { deadlines } } } }) as never;
  const holds = (session: never, deadline: string) => runConcept.holds?.(session, 'c1', deadline);
  const back = contact('returning', { recovered: 6000 });
  for (const held of ['wait', 'attempt', 'phoning', 'decide', 'act', 'lookAgain']) {
    expect(holds(back, held)).toBe(true);
    expect(holds(contact('returning', { return: 6000 }), held)).toBe(false);
    expect(holds(contact('lost', { recovered: 6000 }), held)).toBe(false);
    expect(holds({ charts: {} } as never, held)).toBe(false);
  }
  for (const never of ['repeat', 'word', 'other']) expect(holds(back, never)).toBe(false);
});
