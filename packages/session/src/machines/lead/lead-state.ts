import type { Actor, Id, Instant, Role } from '@holdfast/protocol';
import type { Emitted } from '../../step/concept.js';
import type { Session } from '../../step/session.js';

/** What the chart of the lead keeps. */
export interface LeadContext {
  /** Who leads now; `nobody` in a session without a practitioner. */
  readonly lead: Id;
  /** Everybody who led before, in order: a token of theirs may outlive it. */
  readonly before: readonly Id[];
  /** The colleague who was asked to take the session over; null while nobody is. */
  readonly offeredTo: Id | null;
  /** It has none: nobody leads by the passing of time. */
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type Seen = Pick<Session, 'people' | 'charts'>;

/** The chart of the lead; null in a session without a practitioner. */
export const leadOf = ({ charts }: Pick<Session, 'charts'>): LeadContext | null =>
  (charts['lead:session']?.context as LeadContext | undefined) ?? null;

/** Who leads the session: the practitioner whom every rule means. `nobody` when there is none. */
export const practitionerOf = (session: Seen): Id =>
  leadOf(session)?.lead ?? session.people.find(({ role }) => role === 'practitioner')?.id ?? 'nobody';

const GOING: readonly string[] = ['person.gone', 'person.left', 'person.exited'];

/** Heard of the presence: the one who leads is not there any more, for whatever reason. */
export const isPractitionerGoing = ({ type, subject }: Emitted, session: Seen): boolean =>
  GOING.includes(type) && subject?.id === practitionerOf(session);

/** D1: what a person is at this moment: a practitioner who does not lead is a colleague. */
export function roleOf(session: Seen, person: Id): Role | null {
  const role = session.people.find(({ id }) => id === person)?.role ?? null;
  return role === 'practitioner' && person !== practitionerOf(session) ? 'colleague' : role;
}

/** The same for whoever speaks. What a device says of its role is what it was when the page was opened. */
export function asTheyAre(session: Seen, from: Actor): Actor {
  const role = from.person === null ? null : roleOf(session, from.person);
  return role === null || role === from.role ? from : { ...from, role };
}
