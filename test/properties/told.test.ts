import { stateName } from '@holdfast/session/authority';
import { screenOf, type Walk } from '@holdfast/session/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manyMoves } from './moves.js';
import { PLACES } from './places.js';

/** Everybody to whom the software said something at this input, each with what their page then has to press. */
function watched(walk: Walk): Walk {
  const take = walk.take.bind(walk);
  walk.take = (...input) => {
    const before = walk.effects.length;
    take(...input);
    for (const effect of walk.effects.slice(before)) {
      if (effect.kind !== 'alert') continue;
      const shown = screenOf(walk, effect.person);
      const tasks = shown.tasks.filter(({ choices }) => choices.length > 0).map(({ id }) => id);
      const state = stateName(walk.session.charts[`alert:${effect.alert}`]?.value ?? 'none');
      const last = walk.events.slice(-6).map(({ kind, outcome }) => `${kind} ${String(outcome)}`);
      expect(tasks, `${effect.id}, ${state}, after ${last.join(', ')}`).not.toEqual([]);
    }
    return walk;
  };
  return walk;
}

test('[A6][L15][V6][Z4][H22] whoever is told has something to press on their page, wherever any order of inputs leads', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(PLACES)), manyMoves(60), (place, moves) => {
      const walk = watched(place());
      for (const move of moves) move.make(walk);
    }),
    { numRuns: Number(process.env['HOLDFAST_RUNS'] ?? 600) },
  );
});
