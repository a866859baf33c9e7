import type { Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { aChart, deliver } from '../../testing/deliver.js';
import { recordingConcept } from '../recording/recording.concept.js';
import { closingConcept } from './closing.concept.js';
import type { ClosingContext } from './closing.machine.js';

const fresh = (): ChartState => aChart(closingConcept, 'session');
const closing = { now: { stage: 'closing' } };
const followUps = (chart: ChartState) => (chart.context as ClosingContext).followUps;
const add = (rest: Partial<Extract<Command, { type: 'closing.addFollowUp' }>> = {}): Command => ({
  type: 'closing.addFollowUp',
  followUp: 'f1',
  kind: 'callClient',
  owner: 'p1',
  dueOn: '2025-01-31',
  ...rest,
});
const acted = (outcome: string): Emitted => ({
  type: 'deciding.acted',
  rules: [],
  subject: { kind: 'run', id: 'c1.r1' },
  outcome,
});

test('[X1 A48] a disposition is said while closing, and can be corrected until the session is closed', () => {
  const dispose = (disposition: 'endedAsPlanned' | 'followUpArranged'): Command => ({
    type: 'closing.dispose',
    disposition,
  });
  expect(deliver(closingConcept, fresh(), dispose('endedAsPlanned')).chart).toEqual(fresh());
  const first = deliver(closingConcept, fresh(), dispose('endedAsPlanned'), closing);
  expect(first.emitted).toMatchObject([{ type: 'closing.disposed', outcome: 'endedAsPlanned' }]);
  const second = deliver(closingConcept, first.chart, dispose('followUpArranged'), closing);
  expect(second.chart).toMatchObject({
    value: 'disposed',
    context: { disposition: 'followUpArranged', by: 'p1' },
  });
  expect(
    deliver(closingConcept, first.chart, dispose('followUpArranged'), { now: { stage: 'closed' } }).chart,
  ).toEqual(first.chart);
});

test('[X2] a follow-up has an owner of the staff and a date; the same one is not opened twice', () => {
  const { chart, emitted } = deliver(closingConcept, fresh(), add());
  expect(followUps(chart)).toEqual([
    { id: 'f1', kind: 'callClient', owner: 'p1', dueOn: '2025-01-31', state: 'open' },
  ]);
  expect(emitted).toMatchObject([{ type: 'followUp.opened', details: { owner: 'p1', dueOn: 20_250_131 } }]);
  expect(deliver(closingConcept, chart, add())).toEqual({ chart, emitted: [], refused: null });
  for (const owner of ['c1', 'nobody']) {
    expect(deliver(closingConcept, fresh(), add({ owner })).refused?.code).toBe('unknown-person');
  }
});

test('[X4] an act that reached someone outside opens "tell them how it ended", once a run', () => {
  expect(followUps(deliver(closingConcept, fresh(), acted('notReached')).chart)).toEqual([]);
  const told = deliver(closingConcept, fresh(), acted('reached'), {
    atMs: Date.UTC(2025, 0, 2),
    now: { runOwner: 'duty-1' },
  });
  expect(followUps(told.chart)).toEqual([
    {
      id: 'tell.c1.r1',
      kind: 'tellThemHowItEnded',
      owner: 'duty-1',
      dueOn: '2025-01-02',
      state: 'open',
    },
  ]);
  expect(followUps(deliver(closingConcept, told.chart, acted('reached')).chart)).toHaveLength(1);
});

test('[X6 H06] recording is prohibited and no message concerns it', () => {
  expect(aChart(recordingConcept, 'session').value).toBe('prohibited');
  expect(recordingConcept.concerns({ type: 'session.goLive' }, {} as never)).toEqual([]);
  const chart = aChart(recordingConcept, 'session');
  for (const message of [
    { type: 'session.goLive' },
    { type: 'gate.override', reason: 'crisis' },
    { type: 'clock.reached' },
  ] as const) {
    expect(deliver(recordingConcept, chart, message).chart).toEqual(chart);
  }
});
