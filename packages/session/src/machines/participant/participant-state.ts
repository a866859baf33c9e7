import { isParticipant, type Id, type Instant, type ParticipantMethod, type Role } from '@holdfast/protocol';
import type { Session } from '../../step/session.js';

/** Why a participant is kept outside although they were let in: the practitioner's word, or a pathway that was opened. */
export type HeldBecause = 'practitioner' | 'privacy' | 'crisis' | 'safeguarding';

/** What must be settled before a participant is let in, in this order. */
export type ParticipantNeed = 'identity' | 'consent' | 'clientAgrees';

/** What the chart of one participant keeps. */
export interface ParticipantContext {
  /** Whose it is. */
  readonly person: Id;
  /** `interpreter`, `supporter` and so on. */
  readonly role: Role;
  /** Without them the client cannot follow or answer (J8). */
  readonly isNeeded: boolean;
  /** By what the practitioner knows who they are; null until they said so. */
  readonly method: ParticipantMethod | null;
  /** The version of the text that they agreed to; null before, and once they took it back. */
  readonly consent: string | null;
  /** What the client answered when the practitioner asked. Never assumed. */
  readonly clientSays: 'notAsked' | 'agrees' | 'refuses';
  /** Why they wait outside; null while they do not. */
  readonly heldBecause: HeldBecause | null;
  /** How often they were let in: whoever was let in once may hold a token of the room. */
  readonly admissions: number;
  /** By name; see `ChartContext`. */
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/** Where a participant is. Only who is `admitted` is in the room. */
export const PARTICIPANT_STATES = ['invited', 'waiting', 'admitted', 'held', 'left', 'removed'] as const;
/** One of {@link PARTICIPANT_STATES}. */
export type ParticipantState = (typeof PARTICIPANT_STATES)[number];

export const needsOf = ({ method, consent, clientSays }: ParticipantContext): readonly ParticipantNeed[] => [
  ...(method === null ? (['identity'] as const) : []),
  ...(consent === null ? (['consent'] as const) : []),
  ...(clientSays === 'agrees' ? [] : (['clientAgrees'] as const)),
];

/** A participant as others read them, or null where there is none of this id. */
export function participantOf(
  session: Pick<Session, 'charts'>,
  person: Id,
): { readonly state: ParticipantState; readonly context: ParticipantContext } | null {
  const chart = session.charts[`participant:${person}`];
  const state = PARTICIPANT_STATES.find((known) => known === chart?.value);
  if (chart === undefined || state === undefined) return null;
  return { state, context: chart.context as ParticipantContext };
}

/** The session's participants, in the order in which the host named them. */
export const participantsOf = ({ people }: Pick<Session, 'people'>): readonly Id[] =>
  people.filter(({ role }) => isParticipant(role)).map(({ id }) => id);

/** J1: the list of who may be in the room beside client and practitioner is the authority. */
export const inRoom = (session: Pick<Session, 'charts' | 'people'>): readonly Id[] =>
  participantsOf(session).filter((person) => participantOf(session, person)?.state === 'admitted');
