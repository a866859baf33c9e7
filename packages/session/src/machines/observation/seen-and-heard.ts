import type { Instant, Picture, Sound } from '@holdfast/protocol';

/** What one device says. */
export interface Statement {
  readonly picture: Picture;
  readonly sound: Sound;
}

/** What both devices said last. */
export interface Statements {
  /** The practitioner's: what reaches it. */
  readonly reaches: Statement | null;
  /** The client's own: what its person turned off. */
  readonly own: Statement | null;
}

/** One of the two, and since when. */
export interface Since<T> {
  readonly is: T | 'notYet';
  readonly sinceMs: Instant | null;
}

/**
 * What is seen of the client. What arrives goes before what is said; a camera that is off by choice is no fault, whatever
 * it looked like on the other side in the meantime (A41).
 */
export function pictureOf({ reaches, own }: Statements): Picture | 'notYet' {
  if (reaches === null) return 'notYet';
  const isShown = reaches.picture === 'seen' || reaches.picture === 'poor';
  return !isShown && own?.picture === 'offByChoice' ? 'offByChoice' : reaches.picture;
}

/** What is heard of the client, likewise. */
export function soundOf({ reaches, own }: Statements): Sound | 'notYet' {
  if (reaches === null) return 'notYet';
  const isHeard = reaches.sound === 'heard' || reaches.sound === 'poor';
  return !isHeard && own?.sound === 'muted' ? 'muted' : reaches.sound;
}
