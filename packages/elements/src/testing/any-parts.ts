import { AlternativeKind, AlternativeRoute, referencePolicy, Trouble, VAULT_KEYS } from '@holdfast/protocol';
import fc from 'fast-check';

export const one = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
export const at = fc.integer({ min: 0, max: 10_000 });
export const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
export const deadlines = (...names: string[]): fc.Arbitrary<Record<string, number>> =>
  fc.subarray(names).map((kept) => Object.fromEntries(kept.map((name, index) => [name, index])));

const words = fc
  .subarray([...VAULT_KEYS])
  .map((keys) => Object.fromEntries(keys.map((key) => [key, 'words'])));
export const shared = fc.record({
  version: fc.constant(1 as const),
  client: fc.constant('c1'),
  practitioner: fc.constant('p1'),
  drill: fc.boolean(),
  isMinor: fc.boolean(),
  texts: fc.constant({ consent: referencePolicy.texts.consent, limits: referencePolicy.texts.limits }),
  vault: words.map((of) => ({ c1: of, 'duty-1': of, p1: of })),
});
export const presences = one('notYet', 'alive', 'suspected', 'gone', 'left', 'exited');

export const adjustments = maybe(
  fc.record({
    lengthMs: maybe(fc.constant(1_800_000)),
    breakEveryMs: maybe(fc.constant(600_000)),
    cameraOffByChoice: fc.boolean(),
    chatForKeyPoints: fc.boolean(),
    agenda: fc.subarray(['checkIn', 'mainTopic', 'nextSteps']),
    communication: maybe(one('shortSentences', 'yesOrNo', 'writtenFirst', 'moreTime')),
    whenOverwhelmed: maybe(one('pause', 'quiet', 'cameraOff', 'writeInstead', 'end')),
  }),
);
export const alternative = fc.record({
  kind: one(...AlternativeKind.options),
  dueOn: fc.constant('2025-01-01'),
  route: one(...AlternativeRoute.options),
});
export const recording = fc.record({
  isProhibited: fc.boolean(),
  mayGrant: fc.boolean(),
  textVersion: fc.constant('recording-v1'),
  grants: fc.record({ client: fc.boolean(), management: fc.boolean() }),
  state: one('off', 'starting', 'on', 'stopping'),
  failed: maybe(one('start', 'stop')),
});
export const troubles = fc.subarray([...Trouble.options]);
