/** Three presses of Shift alone within 5 s (GOV.UK "Exit this page"); anything else in between starts anew. */
const PRESSES = 3;
const WITHIN_MS = 5000;

/** What the counter needs of a key press. */
export interface KeyPress {
  readonly key: string;
  readonly atMs: number;
  /** The press went into a text field: nobody who writes a capital letter leaves by it. */
  readonly isTyping: boolean;
  /** The key is held down and repeats by itself. */
  readonly isRepeat: boolean;
}

/** The instants that count so far, and whether they are enough. Pure: a press goes in, what counts comes out. */
export function countPresses(
  countedMs: readonly number[],
  press: KeyPress,
): { countedMs: readonly number[]; isExit: boolean } {
  if (press.isRepeat) return { countedMs, isExit: false };
  if (press.key !== 'Shift' || press.isTyping) return { countedMs: [], isExit: false };
  const recent = [...countedMs.filter((atMs) => press.atMs - atMs < WITHIN_MS), press.atMs];
  return recent.length >= PRESSES ? { countedMs: [], isExit: true } : { countedMs: recent, isExit: false };
}

const TEXT_INPUTS = new Set(['text', 'tel', 'email', 'search', 'url', 'password', 'number', 'date', 'time']);

/** Whether an event's innermost target takes text. */
export function isTextTarget(target: EventTarget | undefined): boolean {
  if (target instanceof HTMLInputElement) return TEXT_INPUTS.has(target.type);
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}
