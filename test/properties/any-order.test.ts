import { referencePolicy, type Policy } from '@holdfast/protocol';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  ANSWERS,
  CLIENT,
  PRACTITIONER,
  type Walk,
} from '@holdfast/session/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wrong } from './invariants.js';
import { manyMoves } from './moves.js';
import type { Move } from './say.js';

/** A service that records, with two grants. */
const recorded: Policy = { ...referencePolicy, recording: { mode: 'twoGrants', policy: 'policy-v1' } };

const STARTS: Readonly<Record<string, () => Walk>> = {
  waiting: () => aWaitingSession(),
  'at a time at which nobody came': () =>
    aWalk({ appointment: { startsAtMs: 1000 } })
      .join(PRACTITIONER)
      .say(PRACTITIONER, ANSWERS.callBackNumber)
      .to(301_000)
      .say(PRACTITIONER, { type: 'attendance.openNoShow', client: CLIENT }),
  live: () => aLiveSession(),
  'live with recording allowed': () => aLiveSession({ policy: recorded }),
  'live with risk': () => aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT }),
  'in a lost contact': () => aLiveSession().cut().by(2000),
  'being closed, and the client asks for someone': () =>
    aLiveSession()
      .say(PRACTITIONER, { type: 'session.end' })
      .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' })
      .say(CLIENT, { type: 'help.ask', client: CLIENT }),
  'at a decision': () => aLiveSession().cut().by(480_000),
  'at the end of the list': () => aLiveSession().cut().by(720_000),
};

const seen = (walk: Walk) => ({
  session: walk.session,
  nowMs: walk.nowMs,
  events: walk.events,
  effects: walk.effects,
});

function make(walk: Walk, moves: readonly Move[]): void {
  for (const [index, move] of moves.entries()) {
    move.make(walk);
    const found = wrong(seen(walk));
    if (found !== null) {
      const trail = walk.events
        .slice(-30)
        .map(
          (event) =>
            `${event.occurredAtMs} ${event.kind} ${String(event.subject?.id)} ${String(event.outcome)}`,
        );
      throw new Error(
        `${found}\nafter ${moves
          .slice(0, index + 1)
          .map((made) => made.name)
          .join(', ')}\n${trail.join('\n')}`,
      );
    }
  }
}

describe('any order of inputs', () => {
  for (const [name, start] of Object.entries(STARTS)) {
    test(`[L16][R4][A1][G8][B2][H06][H09][H21][S6][N3] keeps every invariant, from ${name}`, () => {
      fc.assert(
        fc.property(manyMoves(60), (moves) => {
          make(start(), moves);
        }),
        { numRuns: Number(process.env['HOLDFAST_RUNS'] ?? 60) },
      );
    });
  }

  test('[R5] gives the same session, events and effects again', () => {
    fc.assert(
      fc.property(manyMoves(40), (moves) => {
        const [one, two] = [aLiveSession(), aLiveSession()];
        for (const move of moves) move.make(one);
        for (const move of moves) move.make(two);
        expect(two.session).toEqual(one.session);
        expect(two.events).toEqual(one.events);
        expect(two.effects).toEqual(one.effects);
      }),
      { numRuns: 30 },
    );
  });
});
