import { ProtocolEvent, type AuditEvent } from '@holdfast/protocol';
import { PRACTICE_SCRIPTS, type PracticeRoomOptions } from '@holdfast/server';
import { practiceWorld, type Conduct, type PracticeWorld } from '@holdfast/server/testing';
import { FakeClock } from '@holdfast/session/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wrong, wrongNow } from './invariants.js';

const STEP_MS = 500;
/** A minute and a half of three devices each. */
const RUNS = 2;
/** The same search each time: what a longer one finds becomes a test of the machine that it is about. */
const SEARCH = 20_261_122;
const CONDUCTS: readonly Conduct[] = ['absent', 'idle', 'wellMeant', 'anything'];

const REPEATED = [
  ['oneDrop', 'practitioner'],
  ['crisis', 'practitioner'],
  ['firstTime', 'client'],
] as const;

/** As `step` gave it, without its place in the record. */
const bare = (event: AuditEvent): ProtocolEvent => {
  const fields = Object.keys(ProtocolEvent.shape).map((name) => [name, event[name as keyof AuditEvent]]);
  return ProtocolEvent.parse(Object.fromEntries(fields));
};

/** Plays a room, and looks at every invariant on the way. */
async function played(
  room: PracticeRoomOptions,
  conduct: Conduct,
  forMs: number,
): Promise<PracticeWorld & { readonly found: string | null }> {
  const clock = new FakeClock();
  const world = await practiceWorld(clock, room, conduct);
  const seen = () => ({
    session: world.session(),
    nowMs: clock.nowMs(),
    events: world.events.map(bare),
    effects: world.effects,
  });
  let found: string | null = null;
  for (let passedMs = 0; passedMs < forMs && found === null; passedMs += STEP_MS) {
    await clock.advance(STEP_MS);
    // What is due at this very instant is on its way.
    await clock.advance(0);
    found = wrongNow(seen());
  }
  found ??= wrong(seen());
  await world.close();
  return { ...world, found };
}

/** What a run is made of, without names that are drawn for each: whoever said it, what came of it, and when. */
const inputsOf = (events: readonly AuditEvent[]) =>
  events.map(({ kind, actor, occurredAtMs, subject, outcome, details }) => ({
    kind,
    actor,
    occurredAtMs,
    subject,
    outcome,
    details,
  }));

const anyRoom = fc.record({
  script: fc.constantFrom(...PRACTICE_SCRIPTS),
  seed: fc.nat(2 ** 31),
  duty: fc.constantFrom('script', 'self'),
});

describe('practice rooms', () => {
  for (const conduct of CONDUCTS)
    test(`[K20][K22][B03][A27] any script with any seed, practised by somebody ${conduct}: every invariant holds, and nobody outside is told`, async () => {
      await fc.assert(
        fc.asyncProperty(anyRoom, async ({ script, seed, duty }) => {
          const room = { script: script.name, practises: script.practises, seed, duty } as const;
          const { found, outside, events } = await played(room, conduct, 90_000);
          expect(found).toBeNull();
          expect(outside()).toEqual([]);
          expect(events.every(({ drill }) => drill)).toBe(true);
        }),
        { numRuns: RUNS, seed: SEARCH },
      );
    });

  for (const [name, practises] of REPEATED)
    test(`[K24][A27] ${name}: the same seed gives the same inputs`, async () => {
      const [one, two] = [
        await played({ script: name, practises, seed: 7 }, 'wellMeant', 60_000),
        await played({ script: name, practises, seed: 7 }, 'wellMeant', 60_000),
      ];
      expect(one.found).toBeNull();
      expect(inputsOf(two.events)).toEqual(inputsOf(one.events));
    });

  test('[K24] another seed, other times', async () => {
    const room = { script: 'oneDrop', practises: 'practitioner' } as const;
    const [one, two] = [
      await played({ ...room, seed: 1 }, 'wellMeant', 60_000),
      await played({ ...room, seed: 2 }, 'wellMeant', 60_000),
    ];
    expect(inputsOf(two.events)).not.toEqual(inputsOf(one.events));
  });
});
