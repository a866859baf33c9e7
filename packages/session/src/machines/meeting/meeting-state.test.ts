import type { Person } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { ChartState } from '../../step/session.js';
import { fellowsOf, isSetApart, meetingNeeds, meetingOf, type Fellow } from './meeting-state.js';

const fellow: Fellow = {
  isInside: true,
  agrees: true,
  alone: 0,
  clientSays: 'agrees',
  wasInside: true,
};
const context = {
  client: 'c1',
  fellows: {},
  alone: 0,
  times: 1,
  because: null,
  deadlines: {},
} as const;
const chart = (value: string): ChartState => ({ value, context });
const people: readonly Person[] = [
  { id: 'p1', role: 'practitioner' },
  { id: 'c2', role: 'fellowClient' },
  { id: 'c1', role: 'client' },
  { id: 'c3', role: 'fellowClient' },
];

test('[J14] the clients of the other sessions are the fellows, and nobody else', () => {
  expect(fellowsOf({ people })).toEqual(['c2', 'c3']);
  expect(fellowsOf({ people: people.filter(({ role }) => role !== 'fellowClient') })).toEqual([]);
});

test('[J14][J17] who is inside is read of this session’s own client; without a meeting nobody is set apart', () => {
  const seen = (value: string) => ({ people, charts: { 'meeting:c1': chart(value) } });
  expect(meetingOf(seen('inside'))).toEqual({ isInside: true, context });
  expect(meetingOf(seen('outside'))).toEqual({ isInside: false, context });
  expect([isSetApart(seen('inside')), isSetApart(seen('outside'))]).toEqual([false, true]);
  const without = { people, charts: { 'meeting:c2': chart('outside') } };
  expect([meetingOf(without), isSetApart(without)]).toEqual([null, false]);
  expect(meetingOf({ people: [], charts: { 'meeting:nobody': chart('inside') } })?.isInside).toBe(true);
});

test('[J15] each who is inside has to agree and to be agreed to; who is outside has not', () => {
  const needs = (...fellows: readonly Partial<Fellow>[]) =>
    meetingNeeds({
      ...context,
      fellows: Object.fromEntries(fellows.map((one, index) => [`c${index + 2}`, { ...fellow, ...one }])),
    });
  expect(needs()).toEqual([]);
  expect(needs({}, {})).toEqual([]);
  for (const clientSays of ['notAsked', 'refuses'] as const) {
    expect(needs({}, { clientSays })).toEqual(['clientAgrees']);
    expect(needs({ clientSays }, { agrees: false })).toEqual(['clientAgrees', 'fellowAgrees']);
    expect(needs({ clientSays, agrees: false, isInside: false }, {})).toEqual([]);
  }
  expect(needs({ agrees: false }, {})).toEqual(['fellowAgrees']);
});
