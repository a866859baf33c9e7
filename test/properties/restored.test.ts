import { readFileSync } from 'node:fs';
import { DURATIONS, checkPolicy, drillPolicy, referencePolicy, type Policy } from '@holdfast/protocol';
import { nextDeadline, project, readSession, stateName, type Session } from '@holdfast/session/authority';
import { aLiveSession, aWalk, ANSWERS, CLIENT, DUTY, PRACTITIONER, Walk } from '@holdfast/session/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overdue, unanswered, unattended, unowned, wrong } from './invariants.js';
import { manyMoves } from './moves.js';
import { overheard, ownerless, unguarded } from './pathway-invariants.js';
import { PLACES } from './places.js';
import type { Seen } from './seen.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const client = CLIENT;

const FROM_V1 = (() => {
  const file = new URL('../fixtures/sessions-v1.jsonl', import.meta.url);
  const [first = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const { policy } = JSON.parse(first) as { policy: object };
  return lines.map((line) => {
    const { name, nowMs, session } = JSON.parse(line) as { name: string; nowMs: number; session: object };
    return [
      name,
      () => new Walk(readSession(JSON.stringify({ ...session, policy }), null).session, nowMs),
    ] as const;
  });
})();

/** Consent, and that both can talk freely: never taken over a gap (H24). */
const RECHECKED = ['consent', 'clientPrivacy', 'practitionerPrivacy'] as const;
const stageOf = (session: Session): string => stateName(session.charts['lifecycle:session']?.value ?? 'none');
const isIn = (session: Session): boolean => ['gathering', 'settingUp', 'live'].includes(stageOf(session));
/** Of a session whose record began in another version: what can be seen without it. */
const wrongBare = (of: Seen): string | null =>
  [unowned, unattended, unanswered, overdue, overheard, unguarded, ownerless]
    .map((check) => check(of))
    .find((found) => found !== null) ?? null;
const seen = ({ session, nowMs, events, effects }: Walk) => ({ session, nowMs, events, effects });
const bare = (walk: Walk): Walk => new Walk(walk.session, walk.nowMs);

function careOf(session: Session) {
  const held = project(session, PRACTITIONER);
  if (held?.role !== 'practitioner') throw new Error('the practitioner is of the session');
  return held.care;
}

/** The same thing twice at one instant: a deadline that fired twice, or two that mean the same. */
function twiceIn(walk: Walk): readonly string[] {
  // A start that finds nobody is heard by no chart; it is started twice here.
  const lines = walk.events
    .filter(({ kind }) => !['input.ignored', 'session.serverStarted'].includes(kind))
    .map(({ kind, subject, outcome, details, occurredAtMs }) =>
      JSON.stringify([occurredAtMs, kind, subject, outcome, details]),
    );
  const effects = walk.effects.map(({ id }) => id);
  return [...lines, ...effects].filter((line, index, every) => every.indexOf(line) !== index);
}

/** What must hold after a start, wherever the session was. Returns the walk after the hold. */
function restored(before: Walk, unwatchedMs: number, invariants: typeof wrong): Walk {
  const sent = new Set(before.effects.map(({ id }) => id));
  const start = before.nowMs + unwatchedMs;
  const walk = before.fork().forget().away(unwatchedMs);
  const { policy } = walk.session;
  // R1: nothing that was due fires at the start itself.
  expect(walk.effects).toEqual([]);
  const due = nextDeadline(walk.session);
  if (due !== null) expect(due).toBeGreaterThanOrEqual(start + policy.durations.restartHoldMs);
  // R8: asked again, and answered by nobody.
  if (isIn(walk.session))
    for (const { item, isSettled } of careOf(walk.session).items)
      if (RECHECKED.some((name) => name === item)) expect([item, isSettled]).toEqual([item, false]);
  // R9: people who could see each other do not, until a person says so; their screens say that it is a pause.
  if (['settingUp', 'live'].includes(stageOf(walk.session))) {
    const { isPaused, reasons } = careOf(walk.session).pause;
    expect([isPaused, reasons.includes('recheck')]).toEqual([true, true]);
    const theirs = project(walk.session, CLIENT);
    expect(theirs?.role === 'client' && theirs.pause).not.toBe('none');
  }
  // Each of them once: also when the session server is started again at once.
  walk.away(0);
  expect(walk.kinds.filter((kind) => kind === 'item.expired').length).toBe(
    new Set(walk.events.flatMap(({ kind, subject }) => (kind === 'item.expired' ? [subject?.id] : []))).size,
  );
  walk.by(policy.durations.restartHoldMs);
  // After the hold everything that was due has come, once; nothing of it was sent before.
  const left = nextDeadline(walk.session);
  if (left !== null) expect(left).toBeGreaterThan(walk.nowMs);
  expect(twiceIn(walk)).toEqual([]);
  expect(walk.effects.filter(({ id }) => sent.has(id))).toEqual([]);
  expect(invariants({ ...seen(walk), events: [...before.events, ...walk.events] })).toBeNull();
  walk.by(600_000);
  expect(new Set([...sent, ...walk.effects.map(({ id }) => id)]).size).toBe(sent.size + walk.effects.length);
  return walk;
}

describe('a session that is loaded again', () => {
  for (const [name, place] of Object.entries(PLACES))
    test.each([MINUTE_MS, DAY_MS])(`[R8] [R9] [H24] from ${name}, after %i ms`, (unwatchedMs) => {
      restored(place(), unwatchedMs, wrong);
    });

  for (const [name, place] of FROM_V1)
    test.each([MINUTE_MS, DAY_MS])(
      `[R8] [R9] [R10] [H24] from a snapshot of version 1, ${name}, after %i ms`,
      (unwatchedMs) => {
        restored(place(), unwatchedMs, wrongBare);
      },
    );

  test('[R8] [R9] [R1] [H24] from wherever any order of inputs leads, after a minute and after a day', () => {
    const starts = [PLACES['waiting'], PLACES['live'], PLACES['deciding'], PLACES['risk active']];
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        manyMoves(40),
        fc.constantFrom(MINUTE_MS, DAY_MS),
        (start, moves, unwatchedMs) => {
          const walk = start?.() ?? aWalk();
          for (const move of moves) move.make(walk);
          restored(walk, unwatchedMs, wrong);
        },
      ),
      { numRuns: Number(process.env['HOLDFAST_RUNS'] ?? 150) },
    );
  });

  test.each(Object.entries(PLACES))(
    '[R8] [H24] a start within restoreFreshMs makes nothing old and pauses nothing: %s',
    (_, place) => {
      const before = place();
      const { restoreFreshMs } = before.session.policy.durations;
      const after = before
        .fork()
        .forget()
        .away(restoreFreshMs - 1);
      expect(after.kinds.filter((kind) => /^(item|pause|session\.(?!serverStarted))/.test(kind))).toEqual([]);
      expect(stageOf(after.session)).toBe(stageOf(before.session));
      expect(careOf(after.session).items.filter(({ isSettled }) => isSettled).length).toBe(
        careOf(before.session).items.filter(({ isSettled }) => isSettled).length,
      );
    },
  );

  test('[R8] [H04] [H19] after the length of a session who and where is asked again, too; the number stays', () => {
    const { restoreStaleMs } = referencePolicy.durations;
    const expired = (unwatchedMs: number) =>
      bare(aLiveSession())
        .away(unwatchedMs)
        .events.flatMap(({ kind, subject }) => (kind === 'item.expired' ? [subject?.id] : []))
        .toSorted((a = '', b = '') => a.localeCompare(b));
    expect(expired(restoreStaleMs - 1)).toEqual(['clientPrivacy', 'consent', 'practitionerPrivacy']);
    expect(expired(restoreStaleMs)).toEqual([
      'clientPrivacy',
      'consent',
      'identity',
      'locationConfirmed',
      'practitionerPrivacy',
    ]);
    const { care } = { care: careOf(bare(aLiveSession()).away(DAY_MS).session) };
    expect(care.items.find(({ item }) => item === 'callBackNumber')?.state).toBe('confirmed');
  });

  test('[R9] [U3] the practitioner goes on and asks again; the session was never taken back to set-up', () => {
    const walk = aLiveSession().away(MINUTE_MS).join(PRACTITIONER).join(CLIENT).heal().by(10_000);
    expect(stageOf(walk.session)).toBe('live');
    expect(walk.kinds).not.toContain('contact.lost');
    expect(walk.say(CLIENT, { type: 'pause.end', client }).value('pause:session')).toBe('paused');
    walk.say(PRACTITIONER, { type: 'pause.end', client });
    expect([walk.lastRefusal, walk.value('pause:session')]).toEqual([null, 'running']);
    for (const item of RECHECKED) walk.say(PRACTITIONER, ANSWERS[item]);
    expect(careOf(walk.session).gate).toMatchObject({ media: 'settled', live: 'settled' });
  });

  test('[R9] [C7a] [A24] a crisis and a run go on in it, and the practitioner has picture and sound in one press', () => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client }).away(MINUTE_MS);
    expect(walk.value(`crisis:${CLIENT}`)).toContain('open');
    expect(walk.say(PRACTITIONER, { type: 'pause.end', client }).lastRefusal).toBeNull();
    const run = PLACES['deciding']?.().away(3 * MINUTE_MS);
    expect(run?.by(4000).alerted).toEqual([`decidingSilent.${DUTY[0]}`]);
  });

  test('[R9] [X9] a session that is ending is asked nothing: its summary tells of what was said', () => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'session.end' }).forget().away(DAY_MS);
    expect(walk.kinds).toEqual(['session.serverStarted']);
  });

  test('[R8] [V1] [H16] what a start makes old and pauses does not depend on risk, or on what is open', () => {
    const theirs = (walk: Walk) => JSON.stringify(project(walk.session, CLIENT));
    const open = [
      (walk: Walk) => walk.say(PRACTITIONER, { type: 'risk.raise', client }),
      (walk: Walk) => walk.say(PRACTITIONER, { type: 'crisis.open', client }),
      (walk: Walk) => walk.say(PRACTITIONER, { type: 'safeguarding.open', client, about: 'adult' }),
      (walk: Walk) => walk.say(CLIENT, { type: 'privacy.signal', client }),
    ];
    for (const unwatchedMs of [0, MINUTE_MS, DAY_MS])
      for (const opens of open) {
        const [calm, other] = [aLiveSession(), opens(aLiveSession())];
        for (const walk of [calm, other]) walk.away(unwatchedMs).by(4000);
        expect(theirs(other)).toBe(theirs(calm));
      }
  });
});

describe('what a policy may say of it', () => {
  const faultsOf = (policy: object) => {
    const check = checkPolicy(policy);
    return check.ok ? [] : check.faults.map(({ path }) => path);
  };

  test('[R8] [H24] [H25] no policy lets a minute pass as fresh, or a day as the same meeting', () => {
    for (const bounds of [DURATIONS.restoreFreshMs, DURATIONS.restoreFreshMs.drill])
      expect(bounds.maxMs).toBeLessThanOrEqual(MINUTE_MS);
    for (const bounds of [DURATIONS.restoreStaleMs, DURATIONS.restoreStaleMs.drill])
      expect(bounds.maxMs).toBeLessThan(DAY_MS);
    for (const policy of [referencePolicy, drillPolicy]) {
      const durations = { ...policy.durations, restoreFreshMs: MINUTE_MS + 1 };
      expect(faultsOf({ ...policy, durations })).toContain('durations.restoreFreshMs');
    }
  });

  test.each(RECHECKED)('[R8] [H24] [H25] no policy takes %s over a gap', (item) => {
    const { therapy } = referencePolicy.sessionTypes;
    const own = therapy?.items[item];
    const lasting = {
      ...own,
      asksAgainOn: own?.asksAgainOn.filter((expiry) => expiry !== 'restored') ?? [],
    };
    const sessionTypes = {
      ...referencePolicy.sessionTypes,
      therapy: { items: { ...therapy?.items, [item]: lasting } },
    } as Policy['sessionTypes'];
    expect(faultsOf({ ...referencePolicy, sessionTypes })).toEqual([
      `sessionTypes.therapy.items.${item}.asksAgainOn`,
    ]);
  });
});
