/** Three presses of Control alone, or three taps on the headline, within this time. Anything else in between starts anew. */
const WITHIN_MS = 3000;
const PRESSES = 3;

/** A press as far as it counts: the key, or a tap on the headline. */
export interface SignalPress {
  readonly of: 'key' | 'headline' | 'other';
  readonly atMs: number;
}

/** What counts so far: of one kind only. */
export interface SignalCount {
  readonly of: SignalPress['of'];
  readonly atMs: readonly number[];
}

/** Nothing pressed yet. */
export const NO_PRESSES: SignalCount = { of: 'other', atMs: [] };

/** Pure: a press goes in, what counts comes out. */
export function countSignal(
  count: SignalCount,
  press: SignalPress,
): { readonly count: SignalCount; readonly isSignal: boolean } {
  if (press.of === 'other') return { count: NO_PRESSES, isSignal: false };
  const before = count.of === press.of ? count.atMs : [];
  const recent = [...before.filter((atMs) => press.atMs - atMs < WITHIN_MS), press.atMs];
  return recent.length >= PRESSES
    ? { count: NO_PRESSES, isSignal: true }
    : { count: { of: press.of, atMs: recent }, isSignal: false };
}
