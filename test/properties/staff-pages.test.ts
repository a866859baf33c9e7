import { referencePolicy } from '@holdfast/protocol';
import { stateName } from '@holdfast/session/authority';
import { aLiveSession, PRACTITIONER, screenOf, type Walk } from '@holdfast/session/testing';
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

/** What holds back the end of a session, and the task that settles it where that is the practitioner's. */
const SETTLED_BY: Readonly<Record<string, string | null>> = {
  'cannot.runOpen': null,
  'cannot.crisisOpen': null,
  'cannot.privacyOpen': 'privacy',
  'cannot.planDue': 'plan',
};

test('[G6][X7][H21] the practitioner can end a session, or reads what holds it back and has the way to settle it', () => {
  // Everything that a policy can want settled before the close.
  const kinds = ['afterIncident', 'tellThemHowItEnded', 'safeguardingReferral', 'meetFaceToFace'];
  const policy = { ...referencePolicy, settleBeforeClose: kinds };
  fc.assert(
    fc.property(manyMoves(40), (moves) => {
      const walk = aLiveSession({ policy });
      for (const move of moves) move.make(walk);
      if (walk.value('lifecycle:session') !== 'live') return;
      const shown = screenOf(walk, PRACTITIONER);
      if (shown.actions.some(({ id }) => id === 'end')) return;
      const reasons = shown.cannot.flatMap(({ command, because }) =>
        command === 'session.end' ? [because.key] : [],
      );
      expect(reasons).not.toEqual([]);
      for (const reason of reasons) {
        const task = SETTLED_BY[reason];
        expect(task, reason).not.toBeUndefined();
        if (task === null) continue;
        const settling = shown.tasks.filter(({ id }) => id === task || id.startsWith(`${task}.`));
        expect(settling.flatMap(({ choices }) => choices).length, reason).toBeGreaterThan(0);
      }
    }),
    { numRuns: Number(process.env['HOLDFAST_RUNS'] ?? 900) },
  );
});
