import type { Command } from '@holdfast/protocol';
import type { Stage } from '@holdfast/session';
import type { Span } from './dice.js';

/** A choice of a screen, by the fields of the command that it sends. */
export interface Press {
  readonly type: Command['type'];
  /** Fields that the command has, too. */
  readonly with?: Readonly<Record<string, string>>;
  /** Set-up items that it is not about. */
  readonly notItems?: readonly string[];
}

/** What a played person does by themselves as soon as their screen offers it, after a while. */
export interface Habit {
  readonly press: Press;
  readonly afterMs: Span;
}

/** What a script lets happen. */
export type Deed =
  /** Heartbeats stop; `line`: the line to the session server with them. Heals by itself. */
  | { readonly kind: 'drop'; readonly line: boolean; readonly forMs: Span }
  /** The discreet signal (Q1). */
  | { readonly kind: 'signal' }
  | { readonly kind: 'leave' }
  /** Quick exit: they do not come again. */
  | { readonly kind: 'exit' }
  /** Once their screen offers it. */
  | { readonly kind: 'press'; readonly press: Press };

/** One step: after the one before, once the screen is at one of these stages, after a while. */
export interface Step {
  readonly when: readonly Stage[];
  readonly afterMs: Span;
  readonly does: Deed;
}

/** A person who is played. */
export interface Part {
  /** When they open their link, from when the room is made; null: never. */
  readonly comesAfterMs: Span | null;
  readonly habits: readonly Habit[];
  readonly steps: readonly Step[];
}

/** All that happens in a practice room, but for what the one who practises does. */
export interface PracticeScript {
  /** Who practises: the other side is played. */
  readonly practises: 'practitioner' | 'client';
  /** What to expect, for the person who chooses it. */
  readonly about: string;
  readonly other: Part;
  /** Of the person on duty, where they are played. */
  readonly duty: readonly Habit[];
  /** The appointment was to begin when the room is made, so that a client can be late. */
  readonly hasTime: boolean;
}
