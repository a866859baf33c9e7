import { describe, expect, test } from 'vitest';
import { aSession } from '../testing/a-session.js';
import { arm, disarm, tighten } from './arm.js';
import type { Concept } from './concept.js';
import { conceptOf, instanceOf, nextDue } from './deadlines.js';
import type { ConceptName, Session } from './session.js';
import { stateName } from './state-name.js';

describe('the deadlines of a chart', () => {
  test('[R4] are armed, moved and taken away by name; the others stay', () => {
    expect(arm({ a: 1 }, 'b', 2)).toEqual({ a: 1, b: 2 });
    expect(arm({ a: 1 }, 'a', 2)).toEqual({ a: 2 });
    expect(disarm({ a: 1, b: 2, c: 3 }, 'a', 'c')).toEqual({ b: 2 });
    expect(disarm({ a: 1 }, 'x')).toEqual({ a: 1 });
    expect(disarm({ a: 1 })).toEqual({ a: 1 });
  });

  test('[L8] are only ever tightened: never later, and never one that does not stand', () => {
    const standing = { a: 10 };
    expect(tighten(standing, 'a', 9)).toEqual({ a: 9 });
    expect(tighten(standing, 'a', 10)).toBe(standing);
    expect(tighten(standing, 'a', 11)).toBe(standing);
    expect(tighten(standing, 'b', 1)).toBe(standing);
  });
});

const quiet = aSession();
const armed = (
  charts: Readonly<Record<string, Readonly<Record<string, number>>>>,
  heldUntilMs: number | null = null,
): Session => ({
  ...quiet,
  heldUntilMs,
  charts: Object.fromEntries(
    Object.entries(charts).map(([key, deadlines]) => [key, { value: 'x', context: { deadlines } }]),
  ),
});
const concept = (name: ConceptName, rest: Partial<Concept> = {}): Concept => ({ name, ...rest }) as Concept;
const inOrder = [concept('contact'), concept('run'), concept('alert')];
const next = (session: Session, concepts: readonly Concept[] = inOrder) => {
  const due = nextDue(session, concepts);
  return due === null ? null : `${due.chart} ${due.deadline} ${due.dueAtMs}`;
};

describe('the next deadline', () => {
  test('[R4] is the earliest of all charts; none when nothing is armed', () => {
    expect(next(armed({ 'run:c1': {}, 'alert:a': {} }))).toBeNull();
    expect(next(armed({ 'run:c1': { wait: 20 }, 'alert:a': { accept: 10, repeat: 30 } }))).toBe(
      'alert:a accept 10',
    );
  });

  test('[R4][R5] at the same instant goes by concept, then by chart, then by name', () => {
    expect(next(armed({ 'alert:a': { a: 10 }, 'run:c1': { z: 10 }, 'contact:c2': { z: 10 } }))).toBe(
      'contact:c2 z 10',
    );
    expect(next(armed({ 'contact:c2': { z: 10 }, 'run:c1': { z: 10 }, 'alert:a': { a: 10 } }))).toBe(
      'contact:c2 z 10',
    );
    expect(next(armed({ 'run:c2': { a: 10 }, 'run:c1': { z: 10 } }))).toBe('run:c1 z 10');
    expect(next(armed({ 'run:c1': { z: 10 }, 'run:c2': { a: 10 } }))).toBe('run:c1 z 10');
    expect(next(armed({ 'run:c1': { z: 10, b: 10 } }))).toBe('run:c1 b 10');
    expect(next(armed({ 'run:c1': { b: 10, z: 10 } }))).toBe('run:c1 b 10');
  });

  test('[R10] of a chart that only a later version knows it is kept, and holds up nothing', () => {
    expect(next(armed({ 'later:c1': { a: 5 }, 'run:c1': { wait: 20 } }))).toBe('run:c1 wait 20');
    expect(next(armed({ 'later:c1': { a: 5 } }))).toBeNull();
  });

  test('[R1] is not before the hold after a start of the session server; together they keep their order', () => {
    expect(next(armed({ 'run:c1': { wait: 10 } }, 50))).toBe('run:c1 wait 50');
    expect(next(armed({ 'run:c1': { wait: 60 } }, 50))).toBe('run:c1 wait 60');
    expect(next(armed({ 'run:c1': { wait: 10 }, 'contact:c1': { lost: 40 } }, 50))).toBe(
      'contact:c1 lost 50',
    );
  });

  test('[P4] one that its concept holds back waits, and the one after it is next', () => {
    const told: string[] = [];
    const holds: Concept['holds'] = (session, instance, deadline) => {
      told.push(`${session.id} ${instance} ${deadline}`);
      return deadline === 'wait';
    };
    const session = armed({ 'run:c1': { wait: 10, decide: 20 } });
    expect(next(session, [concept('run', { holds })])).toBe('run:c1 decide 20');
    expect(told).toEqual(['s1 c1 wait', 's1 c1 decide']);
    expect(next(session, [concept('run', { holds: () => false })])).toBe('run:c1 wait 10');
  });

  test('[R5] of the same session and concepts is found once; of others anew', () => {
    let asked = 0;
    const counting = [concept('run', { holds: () => (asked++, false) })];
    const session = armed({ 'run:c1': { wait: 10 } });
    expect(nextDue(session, counting)).toBe(nextDue(session, counting));
    expect(asked).toBe(1);
    expect(next({ ...session, charts: {} }, counting)).toBeNull();
    expect(next(session, [concept('run', { holds: () => true })])).toBeNull();
  });
});

test('a chart is named by its concept and its instance, which may hold colons itself', () => {
  expect([conceptOf('run:c1'), instanceOf('run:c1')]).toEqual(['run', 'c1']);
  expect([conceptOf('alert:a:b'), instanceOf('alert:a:b')]).toEqual(['alert', 'a:b']);
});

test('a state is named by its leaves', () => {
  expect(stateName('live')).toBe('live');
  expect(stateName({ open: 'asking' })).toBe('open.asking');
  expect(stateName({ open: { phoning: 'attempting', deciding: 'idle' }, x: 'y' })).toBe(
    'open.phoning.attempting+deciding.idle+x.y',
  );
  expect(stateName({ open: undefined })).toBe('open');
});
