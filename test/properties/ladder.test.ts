import { referencePolicy } from '@holdfast/protocol';
import { aLiveSession, ANSWERS, CLIENT, PRACTITIONER, Walk } from '@holdfast/session/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wrong } from './invariants.js';
import { manyMoves } from './moves.js';

const client = CLIENT;
const limits = referencePolicy.durations;
const LOST_MS = 60_000;

/** Contact is lost at 60 s; the session is taken to so many milliseconds after that. */
const lostFor = (ms: number): Walk =>
  aLiveSession()
    .cut()
    .to(Math.max(61_500, LOST_MS + ms));

describe('the ladder at any instant', () => {
  test('[L8][H10] risk raised at any instant of an outage: within 60 s somebody has decided or the duty role knows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3000, max: 700_000 }), (ms) => {
        const walk = lostFor(ms).say(PRACTITIONER, { type: 'risk.raise', client });
        expect(walk.run.parts?.deciding).not.toBe('idle');
        expect(walk.run.parts?.phoning).not.toBe('idle');
        expect(walk.alerted).toContain('riskActive.duty-1');
        const { decide } = walk.run.context.deadlines;
        if (decide !== undefined) expect(decide).toBeLessThanOrEqual(walk.nowMs + limits.decideRiskMs);
        expect(walk.by(limits.decideRiskMs).kinds).toContain('deciding.unanswered');
        expect(wrong(walk)).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  test('[L1][L4][E13] the reconnect wait is pinned to the last contact, however late the loss is noticed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 290_000 }), (lateMs) => {
        const walk = aLiveSession()
          .by(lateMs)
          .media(PRACTITIONER, 'silent', LOST_MS)
          .media(CLIENT, 'silent', LOST_MS)
          .by(3000);
        expect(walk.run.context.deadlines['wait']).toBe(LOST_MS + limits.reconnectWaitMs);
        expect(walk.to(LOST_MS + limits.reconnectWaitMs).when('phoning.opened')).toEqual([
          LOST_MS + limits.reconnectWaitMs,
        ]);
      }),
      { numRuns: 30 },
    );
  });

  test('[L13][H01] media back at any instant before a deadline: the step is not taken; after it, it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), (offMs) => {
        const atMs = LOST_MS + limits.reconnectWaitMs + offMs;
        const walk = aLiveSession().cut().before(atMs).heal().by(limits.recoveredAfterMs);
        expect(walk.kinds.includes('phoning.opened')).toBe(offMs > 0);
        expect(walk.run.state === 'none').toBe(offMs <= 0);
      }),
      { numRuns: 40 },
    );
  });

  test('[L3][H03] where ringing is blocked nothing rings by itself, whatever happens', () => {
    fc.assert(
      fc.property(manyMoves(40), (moves) => {
        const walk = aLiveSession().say(CLIENT, {
          ...ANSWERS.callBackNumber,
          flags: { safeToRing: false, safeToLeaveMessage: false },
        });
        const allowed = ['ring me', 'allowRinging'];
        for (const move of moves.filter(({ name }) => !allowed.some((word) => name.includes(word))))
          move.make(walk);
        expect(walk.kinds).not.toContain('phoning.opened');
      }),
      { numRuns: 60 },
    );
  });

  test('[R5][H24] a session that is stored and read back at every input goes on in the same way', () => {
    fc.assert(
      fc.property(manyMoves(40), (moves) => {
        const [kept, stored] = [lostFor(5000), lostFor(5000)];
        for (const move of moves) {
          move.make(kept);
          stored.session = JSON.parse(JSON.stringify(stored.session)) as Walk['session'];
          move.make(stored);
        }
        expect(stored.session).toEqual(kept.session);
        expect(stored.events).toEqual(kept.events);
      }),
      { numRuns: 40 },
    );
  });
});

describe('flapping', () => {
  for (const periodSeconds of [1, 2, 4, 6, 10, 20, 40, 60]) {
    test(`[P12][H27] on and off every ${periodSeconds} s for 40 min: one run at a time, and a long enough loss is not ignored`, () => {
      const walk = aLiveSession();
      const periodMs = periodSeconds * 1000;
      let outageMs = 0;
      while (walk.nowMs < 40 * 60_000) {
        const lastMs = walk.nowMs;
        if (periodMs >= limits.suspectAfterMs) {
          walk
            .by(limits.suspectAfterMs)
            .media(PRACTITIONER, 'silent', lastMs)
            .media(CLIENT, 'silent', lastMs);
          walk.by(periodMs - limits.suspectAfterMs);
          outageMs += periodMs;
        } else walk.by(periodMs);
        walk.heal().by(periodMs);
        // The practitioner does what is asked of them.
        if (walk.run.parts?.word === 'awaited')
          walk.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: walk.runId });
      }
      expect(wrong(walk)).toBeNull();
      const opened = walk.when('phoning.opened').length;
      // Half of the time is lost: 300 s of it come together every 10 min at the latest, where the loss is noticed at all.
      if (outageMs > 0) expect(opened).toBeGreaterThan(0);
      // Where it stays up long enough for a person to say so, ringing starts again only with the next 300 s.
      if (periodMs > limits.recoveredAfterMs) expect(opened).toBeLessThanOrEqual(10);
      expect(new Set(walk.alerted).size).toBe(walk.alerted.length);
    });
  }
});
