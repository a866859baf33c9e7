import { referencePolicy } from '@holdfast/protocol';
import { roleOf, stateName } from '@holdfast/session/authority';
import { aLiveSession, CLIENT, PRACTITIONER, screenOf, type Walk } from '@holdfast/session/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manyMoves } from './moves.js';
import { PLACES } from './places.js';

/** Everybody to whom the software said something at an input, each with what their page then has to press. */
function watched(walk: Walk, told: Set<string>): Walk {
  const take = walk.take.bind(walk);
  walk.take = (...input) => {
    const before = walk.effects.length;
    take(...input);
    for (const effect of walk.effects.slice(before)) {
      if (effect.kind !== 'alert') continue;
      told.add(String(roleOf(walk.session, effect.person)));
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

const client = CLIENT;
/** What a person tells somebody first: those whom hardly any order of inputs has told by itself. */
const FIRST: readonly ((walk: Walk) => unknown)[] = [
  () => undefined,
  (walk) =>
    walk
      .say(PRACTITIONER, { type: 'safeguarding.open', client, about: 'adult' })
      .say(PRACTITIONER, { type: 'safeguarding.notifyLead', client, way: 'alert' }),
  (walk) => walk.say(PRACTITIONER, { type: 'consult.ask', client, person: 'supervisor-1' }),
];

test('[A6][L15][V6][Z4][H22] whoever is told has something to press on their page, wherever any order of inputs leads', () => {
  const told = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(PLACES)),
      fc.constantFrom(...FIRST),
      manyMoves(60),
      (place, first, moves) => {
        const walk = watched(place(), told);
        first(walk);
        for (const move of moves) move.make(walk);
      },
    ),
    { numRuns: Number(process.env['HOLDFAST_RUNS'] ?? 600) },
  );
  expect([...told].sort()).toEqual(['duty', 'safeguardingLead', 'supervisor']);
});

/**
 * What holds back the end of a session, those first that come first, and the task that settles it; null where a pathway
 * with tasks of its own goes on.
 */
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
  const heldBackBy = new Set<string>();
  fc.assert(
    fc.property(fc.boolean(), manyMoves(40), (isPlanDue, moves) => {
      const walk = aLiveSession({ policy });
      if (isPlanDue) walk.say(PRACTITIONER, { type: 'plan.raise', client: 'c1', because: 'presentation' });
      for (const move of moves) move.make(walk);
      if (walk.value('lifecycle:session') !== 'live') return;
      const shown = screenOf(walk, PRACTITIONER);
      if (shown.actions.some(({ id }) => id === 'end')) return;
      const reasons = shown.cannot.flatMap(({ command, because }) =>
        command === 'session.end' ? [because.key] : [],
      );
      expect(reasons).not.toEqual([]);
      for (const reason of reasons) {
        heldBackBy.add(reason);
        expect(Object.keys(SETTLED_BY)).toContain(reason);
        const task = SETTLED_BY[reason] ?? null;
        if (task === null) break;
        const settling = shown.tasks.filter(({ id }) => id === task || id.startsWith(`${task}.`));
        expect(settling.flatMap(({ choices }) => choices).length, reason).toBeGreaterThan(0);
      }
    }),
    { numRuns: Number(process.env['HOLDFAST_RUNS'] ?? 900) },
  );
  expect([...heldBackBy].sort()).toEqual(Object.keys(SETTLED_BY).sort());
});
