import { practitionerOf, roleOf, runOf } from '@holdfast/session/authority';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '@holdfast/session/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrongNow } from './invariants.js';
import { anyMove } from './moves.js';
import { move } from './say.js';

const others = [
  { id: 'p2', role: 'practitioner' },
  { id: 'p3', role: 'practitioner' },
] as const;
const PRACTITIONERS = [PRACTITIONER, 'p2', 'p3'];
const person = fc.constantFrom(...PRACTITIONERS);

const handOver = fc.oneof(
  {
    weight: 6,
    arbitrary: person.map((to) =>
      move(`handed to ${to}`, (walk) =>
        walk
          .say(practitionerOf(walk.session), { type: 'handOver.offer', to })
          .say(to, { type: 'handOver.accept' }),
      ),
    ),
  },
  fc
    .tuple(person, person)
    .map(([by, to]) => move(`${by} offers ${to}`, (walk) => walk.say(by, { type: 'handOver.offer', to }))),
  {
    weight: 3,
    arbitrary: person.map((by) => move(`${by} accepts`, (walk) => walk.say(by, { type: 'handOver.accept' }))),
  },
  person.map((by) => move(`${by} declines`, (walk) => walk.say(by, { type: 'handOver.decline' }))),
  person.map((by) => move(`${by} takes`, (walk) => walk.say(by, { type: 'handOver.take' }))),
  person.map((by) => move(`${by} joins`, (walk) => walk.join(by))),
  fc
    .tuple(person, fc.constantFrom('risk.raise', 'risk.lower'))
    .map(([by, type]) =>
      move(`${by} ${type}`, (walk) =>
        walk.say(
          by,
          type === 'risk.raise'
            ? { type, client: CLIENT }
            : { type: 'risk.lower', client: CLIENT, reason: 'reassessed' },
        ),
      ),
    ),
);

const STARTS: readonly (() => Walk)[] = [
  () => aLiveSession({ others: [...others] }),
  () =>
    aLiveSession({ others: [...others] })
      .cut()
      .by(2000),
  () =>
    aLiveSession({ others: [...others] })
      .cut()
      .by(310_000),
  () =>
    aLiveSession({ others: [...others] })
      .cut()
      .by(490_000),
];

const openRun = (walk: Walk) => {
  const run = runOf(walk.session, CLIENT);
  return run === null || run.state === 'none' ? null : run;
};

test('[D1][D3][A23] in any order nothing is lost in the middle of a run: one lead, one owner, and no deadline that moves', () => {
  let changes = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...STARTS),
      fc.array(fc.oneof({ weight: 2, arbitrary: handOver }, { weight: 3, arbitrary: anyMove }), {
        maxLength: 30,
      }),
      (start, moves) => {
        const walk = start();
        for (const { name, make } of moves) {
          const before = {
            lead: practitionerOf(walk.session),
            run: openRun(walk),
            count: walk.events.length,
          };
          make(walk);
          const lead = practitionerOf(walk.session);
          expect(PRACTITIONERS, name).toContain(lead);
          const leading = PRACTITIONERS.filter((one) => roleOf(walk.session, one) === 'practitioner');
          expect(leading, name).toEqual([lead]);
          const found = wrongNow({
            session: walk.session,
            nowMs: walk.nowMs,
            events: walk.events,
            effects: walk.effects,
          });
          if (found !== null) throw new Error(`${found} after ${name}`);
          const run = openRun(walk);
          // A run is never with a practitioner who does not lead.
          if (run !== null && PRACTITIONERS.includes(run.context.owner ?? ''))
            expect(run.context.owner, name).toBe(lead);
          if (lead === before.lead) continue;
          changes += 1;
          expect(run?.context.run, name).toBe(before.run?.context.run);
          if (run === null || before.run === null) continue;
          const wasLoud = before.run.state === 'exhausted';
          for (const [deadline, atMs] of Object.entries(before.run.context.deadlines))
            if (!(wasLoud && deadline === 'repeat'))
              expect(run.context.deadlines[deadline], deadline).toBe(atMs);
        }
      },
    ),
    // Three times what makes fifty changes in most runs: chance does not reach the floor.
    { numRuns: 360 },
  );
  expect(changes).toBeGreaterThan(50);
});
