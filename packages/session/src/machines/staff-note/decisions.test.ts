import { expect, test } from 'vitest';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor } from '../../testing/deliver.js';
import { staffNoteConcept } from './staff-note.concept.js';
import type { StaffNote } from './staff-note.machine.js';

const made = aChart(staffNoteConcept, 'c1');
const kept = (...notes: readonly StaffNote[]): ChartState => ({
  ...made,
  context: { ...made.context, notes } as never,
});
const note = (by: string, count: number): StaffNote => ({ by, count, atMs: 500 });
const states: Readonly<Record<string, ChartState>> = {
  'nobody wrote': kept(),
  'the practitioner wrote': kept(note('p1', 1)),
  'a duty person wrote thrice': kept(note('duty-1', 3)),
  'both wrote': kept(note('p1', 2), note('duty-1', 3)),
  'somebody without a name wrote': kept(note('nobody', 4)),
};
const sent: Cell = { message: { type: 'staffNote.send', client: 'c1' } };
const cells: Readonly<Record<string, Cell>> = {
  'the practitioner writes': sent,
  'a duty person writes': { ...sent, by: actor('duty-1') },
  'the lead for safeguarding writes': { ...sent, by: actor('safeguarding-1') },
  'somebody without a name writes': { ...sent, by: { ...actor('p1'), person: null } },
};

test('[M4] the last note of each author is kept, the newest last, with how many they wrote', () => {
  expect(decisionTable(staffNoteConcept, states, cells)).toMatchSnapshot();
});

test('[M4] at first there is none', () => {
  expect(made).toEqual({ value: 'kept', context: { client: 'c1', notes: [], deadlines: {} } });
});
