import type { Role } from '../actors.js';

/** Names of the charts whose state can stand in a {@link CommandRule}; the lifecycle is the session's own. */
export type StateConcept =
  | 'lifecycle'
  | 'contact'
  | 'run'
  | 'risk'
  | 'help'
  | 'crisis'
  | 'consult'
  | 'privacy'
  | 'signal'
  | 'safeguarding'
  | 'attendance'
  | 'recording'
  | 'channel'
  | 'pause'
  | 'plan';

/**
 * Who may send a command, and while which charts are in which states: the authority refuses by it, the view offers by it,
 * and a test tries every cell. Coarse on purpose: what depends on more than a state (whose run it is, what is missing) is
 * the machine's own answer, with a code of its own.
 */
export interface CommandRule {
  /** Roles that may send it. */
  readonly roles: readonly Role[];
  /** States in which it can count, by chart: the name of a state, or the beginning of it up to a dot. A chart that is not named may be in any. */
  readonly while: Readonly<Partial<Record<StateConcept, readonly string[]>>>;
}

/** Everybody of the staff who acts: the practitioner, and those who were alerted. */
export const ACTING: readonly Role[] = ['practitioner', 'duty'];
/** Stages of a session that is not over. */
export const UNTIL_CLOSED = { lifecycle: ['gathering', 'settingUp', 'live', 'closing'] } as const;
/** Stages before the end: the client can still be let in, seen or waited for. */
export const UNTIL_ENDED = { lifecycle: ['gathering', 'settingUp', 'live'] } as const;
