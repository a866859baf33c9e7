import type { EventKind } from '@holdfast/protocol';

/**
 * What may have been walked in a session, each with a decision, who decided, when, and where the reasons are (A20). Finding
 * that video is not suitable, and ending before the session was live, are walked with the one decision.
 */
export const PATHWAYS = [
  'run',
  'noShow',
  'crisis',
  'privacy',
  'safeguarding',
  'notSuitable',
  'endedEarly',
] as const;
/** One of {@link PATHWAYS}. */
export type PathwayName = (typeof PATHWAYS)[number];

/** Of these a supervision is owed: something happened to somebody (A55). Of the others only the reasons are. */
const SUPERVISED: readonly PathwayName[] = ['run', 'noShow', 'crisis', 'privacy', 'safeguarding'];
/** Whether somebody of the supervisor list looks back at it (F3). */
export const isSupervised = (pathway: PathwayName): boolean => SUPERVISED.includes(pathway);

/** Events by which a pathway opens. A run counts only once a person had to act in it (see the machine). */
export const OPENED_BY: Readonly<Record<string, PathwayName>> = {
  'run.opened': 'run',
  'crisis.opened': 'crisis',
  'privacy.compromised': 'privacy',
  'safeguarding.opened': 'safeguarding',
};

/** Events by which a pathway is over; the last two are the whole of theirs. */
export const ENDED_BY: Readonly<Record<string, PathwayName>> = {
  'run.ended': 'run',
  'crisis.resolved': 'crisis',
  'privacy.resolved': 'privacy',
  'safeguarding.settled': 'safeguarding',
  'alternative.owed': 'notSuitable',
  'session.ending': 'endedEarly',
};

/** Events that say that a person has to act in a run, acted before that was due, or gave no word in time. */
export const REACHED_BY = [
  'phoning.opened',
  'deciding.opened',
  'deciding.actDue',
  'deciding.acted',
  'run.wordMissing',
] as const satisfies readonly EventKind[];
