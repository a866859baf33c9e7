import { CHANNELS, ITEM_RULES, ITEMS, TOLD_STEPS, Verdict, WATCHDOG_CODES } from '@holdfast/protocol';
import type { DeviceState } from '@holdfast/session';
import type { Projection } from '@holdfast/session/view';
import fc from 'fast-check';
import { care, review, settledBefore } from './any-care.js';
import { ofParticipant } from './any-participant.js';
import { adjustments, alternative, at, maybe, one, recording, shared, troubles } from './any-parts.js';

const client = fc.record({
  role: fc.constant('client' as const),
  person: fc.constant('c1'),
  stage: one('gathering', 'settingUp', 'live', 'ended'),
  isAdmitted: fc.boolean(),
  mediaAllowed: fc.boolean(),
  isSetApart: fc.boolean(),
  items: fc.subarray(ITEMS.filter((item) => ITEM_RULES[item].answeredBy.includes('client'))).map((settled) =>
    ITEMS.filter((item) => ITEM_RULES[item].answeredBy.includes('client')).map((item) => ({
      item,
      settledBefore: settledBefore(item),
      isSettled: settled.includes(item),
    })),
  ),
  contact: one('notYet', 'together', 'lost', 'byPhone', 'apart'),
  suspectAfterMs: fc.constant(1500),
  lostAfterMs: fc.constant(3000),
  help: one('none', 'asked', 'answered'),
  pause: one('none', 'none', 'paused', 'ready'),
  feedback: one('notYet', 'asked', 'given'),
  channel: one(...CHANNELS),
  observation: fc.record({
    isHeard: fc.boolean(),
    isSeen: fc.boolean(),
    reported: troubles,
    isReported: fc.boolean(),
  }),
  recording,
  practitionerRoom: one('unknown', 'private', 'othersPresent'),
  adjustments,
  explained: fc.constant({ consent: null, limits: null }),
  told: maybe(one(...TOLD_STEPS)),
  alternative: maybe(alternative),
  people: one('notYet', 'here', 'away').map((presence) => [
    { id: 'p1', role: 'practitioner' as const, presence },
    { id: 'c1', role: 'client' as const, presence: 'here' as const },
  ]),
});

/** What any device of a session may hold. */
export const anyProjection: fc.Arbitrary<Projection> = fc.oneof(
  { weight: 1, arbitrary: ofParticipant },
  {
    weight: 1,
    arbitrary: fc
      .tuple(shared, maybe(care), fc.boolean(), fc.boolean())
      .map(([a, b, isLeadGone, hasLed]): Projection => {
        const colleague = { isOffered: b !== null, isLeadGone, hasLed };
        return { role: 'colleague', ...a, person: 'p2', care: b, review: null, colleague, recording: null };
      }),
  },
  { weight: 1, arbitrary: fc.tuple(shared, client).map(([a, b]): Projection => ({ ...a, ...b })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(shared, care)
      .map(([a, b]): Projection => ({ role: 'practitioner', ...a, person: 'p1', care: b })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(shared, maybe(care)).map(([a, b]): Projection => ({
      role: 'duty',
      ...a,
      person: 'duty-1',
      care: b,
      review: null,
      colleague: null,
      recording: null,
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(shared, one('supervisor', 'management'), review, maybe(recording))
      .map(([a, role, b, held]): Projection => ({
        role,
        ...a,
        person: 'supervisor-1',
        care: null,
        review: b,
        colleague: null,
        recording: role === 'management' ? held : null,
      })),
  },
);

export const NOW_MS = 10_000;
/** What any device may know of itself at {@link NOW_MS}. */
export const anyDevice: fc.Arbitrary<DeviceState> = fc.record({
  lastHeardAtMs: one(NOW_MS, NOW_MS, NOW_MS, NOW_MS - 5000, null),
  unsent: one(0, 1),
  inCharge: one(true, true, true, false),
  hasLeft: one('no', 'no', 'no', 'no', 'no', 'no', 'left', 'exited'),
  isSuperseded: one(false, false, false, false, false, true),
  verdict: maybe(one(...Verdict.options)),
  media: one('none', 'connecting', 'up', 'up', 'silent'),
  mediaSilentSinceMs: maybe(at),
  actionCard: maybe(
    fc.constant({
      vault: { c1: { callBackNumber: '+44 20 0000 0000' } },
      mayRing: true,
      mayLeaveMessage: false,
      contactAnswer: null,
      dutyLine: '100',
    }),
  ),
  preflight: fc.record({
    browser: one('ok', 'unsupported'),
    connection: one('ok', 'weak', 'bad', 'unknown'),
    battery: one('ok', 'low', 'unknown'),
  }),
  watchdog: fc.subarray(
    WATCHDOG_CODES.map((code) => ({ code, name: code === 'stepOverdue' ? null : 'files', sinceMs: 1000 })),
  ),
});
