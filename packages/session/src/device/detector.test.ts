import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect, noEvidence, witness, type Evidence, type Witness } from './detector.js';

const limits = { suspectAfterMs: 1500 };
const T = 1_000_000;

/** Media through a video server, heartbeats both ways and every other evidence up to `untilMs`. */
function aHealthyCall(untilMs = T, hasOwnServer = true): Witness {
  const evidence: Evidence[] = [
    { kind: 'mediaOpened', hasOwnServer },
    { kind: 'linkChanged', state: 'connected' },
  ];
  for (let atMs = untilMs - 5000; atMs <= untilMs; atMs += 500) {
    evidence.push(
      { kind: 'peerBeat', atMs, heardMeAgoMs: 250 },
      { kind: 'serverHeard', atMs },
      { kind: 'linkAnswered', atMs },
    );
  }
  return evidence.reduce(witness, noEvidence);
}
const after = (seen: Witness, evidence: readonly Evidence[]): Witness => evidence.reduce(witness, seen);
const serverUntil = (fromMs: number, untilMs: number): Evidence[] =>
  Array.from(
    { length: Math.floor((untilMs - fromMs) / 500) },
    (_, index) => ({ kind: 'serverHeard', atMs: fromMs + (index + 1) * 500 }) as const,
  );

describe('state of the media path', () => {
  test('is none without media and connecting before the first heartbeat both ways', () => {
    expect(detect(noEvidence, limits, T).state).toBe('none');
    const opened = witness(noEvidence, { kind: 'mediaOpened', hasOwnServer: true });
    expect(detect(opened, limits, T)).toEqual({ state: 'connecting', lastBothWaysAtMs: null, verdict: null });
    const heardOnly = witness(opened, { kind: 'peerBeat', atMs: T, heardMeAgoMs: null });
    expect(detect(heardOnly, limits, T).state).toBe('connecting');
  });

  test('[E13] is silent after 1.5 s without heartbeats, counted from the last contact', () => {
    const seen = aHealthyCall();
    expect(detect(seen, limits, T + 1500).state).toBe('up');
    expect(detect(seen, limits, T + 1501)).toMatchObject({ state: 'silent', lastBothWaysAtMs: T - 250 });
  });

  test('is silent when the other side hears nothing, although it is heard', () => {
    const seen = after(aHealthyCall(), [
      { kind: 'peerBeat', atMs: T + 2000, heardMeAgoMs: 1750 },
      ...serverUntil(T, T + 2000),
    ]);
    expect(detect(seen, limits, T + 2000)).toMatchObject({ state: 'silent', lastBothWaysAtMs: T + 250 });
  });
});

describe('verdict', () => {
  test('[H08] is me within 2 s of silence when nothing at all arrives', () => {
    expect(detect(aHealthyCall(), limits, T + 1600).verdict).toBe('unknown');
    expect(detect(aHealthyCall(), limits, T + 2000).verdict).toBe('me');
  });

  test('is me at once when the browser says that there is no network', () => {
    const seen = witness(aHealthyCall(), { kind: 'networkChanged', isOnline: false });
    expect(detect(seen, limits, T + 1600).verdict).toBe('me');
  });

  test('[H02] is them within 3.1 s when the own link to the video server answers after their last heartbeat', () => {
    const seen = after(aHealthyCall(), [
      ...serverUntil(T, T + 3000),
      { kind: 'linkAnswered', atMs: T + 2800 },
    ]);
    expect(detect(seen, limits, T + 3000).verdict).toBe('them');
  });

  test('[H08] becomes me when what outlived the other side falls silent too: both sides are cut', () => {
    const seen = after(aHealthyCall(), [
      { kind: 'mediaArrived', atMs: T + 700 },
      { kind: 'serverHeard', atMs: T + 700 },
    ]);
    expect(detect(seen, limits, T + 2600).verdict).toBe('them');
    expect(detect(seen, limits, T + 2800).verdict).toBe('me');
  });

  test('is them as soon as the session server does not hear them either', () => {
    const seen = after(aHealthyCall(), [
      ...serverUntil(T, T + 2000),
      { kind: 'peerHeardByServer', isHeard: false },
    ]);
    expect(detect(seen, limits, T + 2000).verdict).toBe('them');
  });

  test('is the video server when the host path lives on both sides and the link does not', () => {
    const known = witness(aHealthyCall(), { kind: 'peerHeardByServer', isHeard: true });
    const seen = after(known, [...serverUntil(T, T + 2000), { kind: 'linkChanged', state: 'interrupted' }]);
    expect(detect(seen, limits, T + 2000).verdict).toBe('videoServer');
  });

  test('stays unknown over direct media while the session server hears both', () => {
    const known = witness(aHealthyCall(T, false), { kind: 'peerHeardByServer', isHeard: true });
    const seen = after(known, serverUntil(T, T + 6000));
    expect(detect(seen, limits, T + 6000).verdict).toBe('unknown');
  });

  test('is ours when media is fine and the session server silent', () => {
    const beats = [500, 1000, 1500, 2000, 2500].map((ms): Evidence => ({
      kind: 'peerBeat',
      atMs: T + ms,
      heardMeAgoMs: 200,
    }));
    expect(detect(after(aHealthyCall(), beats), limits, T + 2500)).toMatchObject({
      state: 'up',
      verdict: 'ours',
    });
  });
});

describe('properties', () => {
  const instant = fc.integer({ min: 0, max: 60_000 });
  const evidence: fc.Arbitrary<Evidence> = fc.oneof(
    fc.record({ kind: fc.constant('mediaOpened' as const), hasOwnServer: fc.boolean() }),
    fc.record({
      kind: fc.constant('peerBeat' as const),
      atMs: instant,
      heardMeAgoMs: fc.option(fc.integer({ min: 0, max: 60_000 })),
    }),
    fc.record({
      kind: fc.constantFrom('serverHeard' as const, 'linkAnswered' as const, 'mediaArrived' as const),
      atMs: instant,
    }),
    fc.record({ kind: fc.constant('networkChanged' as const), isOnline: fc.boolean() }),
    fc.record({ kind: fc.constant('peerHeardByServer' as const), isHeard: fc.option(fc.boolean()) }),
    fc.record({
      kind: fc.constant('linkChanged' as const),
      state: fc.constantFrom(
        'connecting' as const,
        'connected' as const,
        'interrupted' as const,
        'failed' as const,
      ),
    }),
  );
  const seenFrom = (list: readonly Evidence[]) => list.reduce(witness, noEvidence);

  test('the last contact never lies after the newest heartbeat, and never goes back', () => {
    fc.assert(
      fc.property(fc.array(evidence), (list) => {
        let last = 0;
        let seen = noEvidence;
        for (const one of list) {
          seen = witness(seen, one);
          const { lastBothWaysAtMs } = detect(seen, limits, 60_000);
          expect(lastBothWaysAtMs ?? 0).toBeGreaterThanOrEqual(last);
          expect(lastBothWaysAtMs ?? 0).toBeLessThanOrEqual(seen.peerBeatAtMs ?? 0);
          last = lastBothWaysAtMs ?? 0;
        }
      }),
    );
  });

  test('without new evidence silence stays silence', () => {
    fc.assert(
      fc.property(fc.array(evidence), instant, instant, (list, atMs, laterMs) => {
        const seen = seenFrom(list);
        const isSilent = detect(seen, limits, atMs).state === 'silent';
        if (isSilent) expect(detect(seen, limits, atMs + laterMs).state).toBe('silent');
      }),
    );
  });

  test('nobody is blamed while there is contact with both sides heard, and always somebody or nobody known when there is none', () => {
    fc.assert(
      fc.property(fc.array(evidence), instant, (list, atMs) => {
        const { state, verdict } = detect(seenFrom(list), limits, atMs);
        if (state === 'silent') expect(verdict).not.toBeNull();
        if (state !== 'silent') expect([null, 'ours']).toContain(verdict);
      }),
    );
  });

  test('this device never blames itself while the session server answers it and the browser sees a network', () => {
    fc.assert(
      fc.property(fc.array(evidence), (list) => {
        const seen = after(seenFrom(list), [
          { kind: 'networkChanged', isOnline: true },
          { kind: 'serverHeard', atMs: 70_000 },
        ]);
        expect(detect(seen, limits, 70_500).verdict).not.toBe('me');
      }),
    );
  });
});
