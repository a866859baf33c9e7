import type { FellowReport, Id, Instant } from '@holdfast/protocol';
import type { Session } from '../../step/session.js';

/** A client of another session of the same joint meeting, as this session knows them. */
export interface Fellow extends FellowReport {
  /** What this session's client answered when the practitioner asked. Never assumed. */
  readonly clientSays: 'notAsked' | 'agrees' | 'refuses';
  /** Was in the room once, and may hold a token of it. */
  readonly wasInside: boolean;
}

/** What the chart of a joint meeting keeps in the session of one client. */
export interface MeetingContext {
  /** Whose session it is. */
  readonly client: Id;
  /** The others, by id. */
  readonly fellows: Readonly<Record<Id, Fellow>>;
  /** How often all others were put outside for this client: a pathway was opened, or they refused one of them. */
  readonly alone: number;
  /** How often they were brought in: whoever was in once may hold a token of the room. */
  readonly times: number;
  /** Why they wait outside; null before they were ever brought in. */
  readonly because: 'practitioner' | 'fellow' | 'left' | null;
  /** It has none: nobody comes in or goes out by the passing of time. */
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/** What must be settled before a client comes in to those who are inside, in this order. */
export type MeetingNeed = 'clientAgrees' | 'fellowAgrees';

/** Everybody here who is the client of another session. */
export const fellowsOf = ({ people }: Pick<Session, 'people'>): readonly Id[] =>
  people.filter(({ role }) => role === 'fellowClient').map(({ id }) => id);

/** The meeting's part in this session, or null in a session of one client. */
export function meetingOf(
  session: Pick<Session, 'charts' | 'people'>,
): { readonly isInside: boolean; readonly context: MeetingContext } | null {
  const client = session.people.find(({ role }) => role === 'client')?.id ?? 'nobody';
  const chart = session.charts[`meeting:${client}`];
  return chart === undefined
    ? null
    : { isInside: chart.value === 'inside', context: chart.context as MeetingContext };
}

/** J17: a client of a joint meeting who waits outside of the room that the sessions share. */
export const isSetApart = (session: Pick<Session, 'charts' | 'people'>): boolean =>
  meetingOf(session)?.isInside === false;

/** J15: both said yes to each other, for each who is inside. */
export const meetingNeeds = ({ fellows }: MeetingContext): readonly MeetingNeed[] => {
  const inside = Object.values(fellows).filter(({ isInside }) => isInside);
  return [
    ...(inside.every(({ clientSays }) => clientSays === 'agrees') ? [] : (['clientAgrees'] as const)),
    ...(inside.every(({ agrees }) => agrees) ? [] : (['fellowAgrees'] as const)),
  ];
};
