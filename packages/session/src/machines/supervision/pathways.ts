import type { EventKind } from '@holdfast/protocol';

/** What may have been walked in a session: what follows is looked at with a supervisor (A55). */
export const PATHWAYS = ['run', 'noShow', 'crisis', 'privacy', 'safeguarding'] as const;
/** One of {@link PATHWAYS}. */
export type PathwayName = (typeof PATHWAYS)[number];

/** Events by which a pathway opens. A run counts only once a person had to act in it (see the machine). */
export const OPENED_BY: Readonly<Record<string, PathwayName>> = {
  'run.opened': 'run',
  'crisis.opened': 'crisis',
  'privacy.compromised': 'privacy',
  'safeguarding.opened': 'safeguarding',
};

/** Events by which a pathway is over. */
export const ENDED_BY: Readonly<Record<string, PathwayName>> = {
  'run.ended': 'run',
  'crisis.resolved': 'crisis',
  'privacy.resolved': 'privacy',
  'safeguarding.settled': 'safeguarding',
};

/** Events after which a person has to act in a run. */
export const REACHED_BY = ['phoning.opened', 'deciding.opened'] as const satisfies readonly EventKind[];
