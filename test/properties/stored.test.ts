import {
  packSession,
  readSession,
  unpackSession,
  writeSession,
  type Session,
} from '@holdfast/session/authority';
import { aLiveSession, aWalk, aWaitingSession, type Walk } from '@holdfast/session/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manyMoves } from './moves.js';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const text = (value: unknown): string => JSON.stringify(value);

const STARTS: Readonly<Record<string, () => Walk>> = {
  new: () => aWalk(),
  'of a minor, waiting': () => aWaitingSession({ appointment: { isMinor: true } }),
  live: () => aLiveSession(),
  'at a decision': () => aLiveSession().cut().by(480_000),
};

/** Read by another session server than the one that wrote it. */
const elsewhere = (written: string, { policy }: Session): Session =>
  readSession(written, copy(policy)).session;

describe('what is stored of a session, wherever it has come to', () => {
  test.each(Object.entries(STARTS))(
    '[R5] [H24] is the session, byte for byte, and goes on as if it had not been stored: %s',
    (_, start) => {
      fc.assert(
        fc.property(manyMoves(40), (moves) => {
          const [kept, stored] = [start(), start()];
          for (const [index, move] of moves.entries()) {
            move.make(kept);
            move.make(stored);
            const written = writeSession(stored.session);
            const packed = copy(packSession(stored.session));
            // Every other time by one that knows the session already.
            stored.session =
              index % 2 === 0
                ? elsewhere(written, kept.session)
                : readSession(written, kept.session.policy).session;
            expect(text(stored.session) === text(kept.session), move.name).toBe(true);
            expect(text(JSON.parse(written)) === text(packed), move.name).toBe(true);
            expect(writeSession(stored.session) === written, move.name).toBe(true);
            const unpacked = unpackSession(packed, kept.session.policy);
            expect(text(unpacked) === text(kept.session), move.name).toBe(true);
          }
          expect(stored.events).toEqual(kept.events);
          expect(stored.effects).toEqual(kept.effects);
        }),
        { numRuns: Number(process.env['HOLDFAST_RUNS'] ?? 60) },
      );
    },
    120_000,
  );
});
