import { assign, setup } from 'xstate';
import { describe, expect, test } from 'vitest';
import type { Concept } from '../../packages/session/src/step/concept.js';
import { concepts } from '../../packages/session/src/step/concepts.js';
import { machineRows, pairRows, report, talking } from '../explore/run.js';
import { survey } from '../explore/survey.js';

/** Less than `--quick`: these run with every other test. */
const plan = { survey: 12_000, alone: 500, pairs: 1000 };
const known = survey(concepts, plan.survey);

describe('explore', { timeout: 300_000 }, () => {
  test('[R4][R5][H09][H21] finds nothing wrong with any machine by itself', () => {
    const rows = machineRows(known, concepts, plan);
    expect(rows.map(({ name }) => name)).toEqual(concepts.map(({ name }) => name));
    const { lines, isSound } = report(rows);
    expect(lines.at(-1)).toMatch(/ 0 violations$/);
    expect(isSound).toBe(true);
  });

  test('[L16][A1][G8][G9][K1][H21] finds nothing wrong with the pairs that talk to each other', () => {
    const { lines } = report(pairRows(known, plan));
    expect(lines.at(-1)).toMatch(
      /^explore: [\d,]+ configurations, [\d,]+ transitions, \d+ pairs, .* 0 violations$/,
    );
  });

  test('finds by itself who talks to whom', () => {
    const pairs = talking(known).map((pair) => pair.join(' '));
    expect(pairs).toContain('contact run');
    expect(pairs).toContain('alert run');
    expect(pairs).not.toContain('checklist run');
  });
});

/** Hears a command of the protocol twice; then it has a deadline that is due again whenever it passes. */
const stuck: Concept = {
  name: 'help',
  machine: setup({
    actions: { armNow: assign({ deadlines: { again: 0 } }) },
  }).createMachine({
    id: 'stuck',
    context: { deadlines: {} },
    initial: 'quiet',
    states: {
      quiet: { on: { 'help.ask': 'asked' } },
      asked: { on: { 'help.ask': 'bad' } },
      bad: { entry: 'armNow', on: { 'deadline.passed': { target: 'bad', reenter: true } } },
    },
  }),
  startsWith: () => ['c1'],
  concerns: ({ type }) => (type === 'help.ask' ? ['c1'] : []),
};

test('explore fails for a machine with one bad state, and says the shortest way to it', () => {
  const { lines, isSound } = report(machineRows(known, [stuck], plan));
  expect(isSound).toBe(false);
  expect(lines.at(-1)).toMatch(/ [1-9]\d* violations$/);
  const path = lines.slice(lines.findIndex((line) => line.startsWith('help: endless')));
  expect(path.slice(1, 5)).toEqual([
    '  1. c1',
    expect.stringContaining('help.ask'),
    expect.stringContaining('help.ask'),
    expect.stringContaining('again passes'),
  ]);
});
