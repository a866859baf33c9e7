import type { Id } from '@holdfast/protocol';
import type { Delivered, Emitted, Heard, Said } from '../../step/concept.js';
import { dateOf } from '../../step/date-of.js';

/** Something owed after the session: whose, what, by when, and what became of it. */
export interface FollowUp {
  /** Unique in the session. */
  readonly id: Id;
  /** What is owed, as a code. */
  readonly kind: string;
  /** Who owes it. */
  readonly owner: Id;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string;
  /** What became of it. */
  readonly state: 'open' | 'settled' | 'handedOver';
}

/** Rule F1: the follow-up that opens by itself when a pathway is over. */
export const AFTER_INCIDENT = 'afterIncident';

/** Rule F9: where the reasons of a pathway are written down is still owed. */
export const RATIONALE = 'rationale';
/** The follow-up under which the reasons of a pathway are owed. */
export const rationaleIdOf = (pathway: Id): Id => `why.${pathway}`.slice(0, 64);

export type Told = Heard<'deciding.acted' | 'run.lateReport'>;
export type FollowUpEvent =
  | Said<'closing.dispose' | 'closing.addFollowUp' | 'closing.settleFollowUp' | 'closing.handOverFollowUp'>
  | Told
  | Heard<
      | 'channel.meetingAsked'
      | 'supervision.opened'
      | 'pathway.ended'
      | 'pathway.rationaleGiven'
      | 'session.wentLive'
      | 'session.ending'
      | 'session.closed'
    >;

/** An act that is reported only after its run has ended told somebody all the same. */
export const isTold = (event: FollowUpEvent): event is Told =>
  event.type === 'deciding.acted' ||
  (event.type === 'run.lateReport' && event.details?.['report'] === 'ladder.recordAct');

/** X4: whoever was told that something may be wrong is told how it ended. Once a run. */
const tellThem = (heard: Told): FollowUp => ({
  id: `tell.${heard.subject?.id ?? 'session'}`.slice(0, 64),
  kind: 'tellThemHowItEnded',
  owner: heard.now.runOwner ?? heard.now.practitioner,
  dueOn: dateOf(heard.atMs),
  state: 'open',
});

/** W6: a meeting in person that was asked for is owed by the practitioner. Once each time. */
const meeting = ({ subject, details, now }: Heard<'channel.meetingAsked'>): FollowUp => ({
  id: `meet.${subject?.id ?? 'client'}.${String(details?.['meeting'])}`.slice(0, 64),
  kind: 'meetFaceToFace',
  owner: now.practitioner,
  dueOn: String(details?.['dueOn']),
  state: 'open',
});

/** F1, F9: whoever acted in the pathway comes back to it; nobody else is made the owner by the software. */
const owedOf = (
  heard: Delivered<Omit<Emitted, 'type'>>,
  staff: readonly Id[],
  { id, kind }: Pick<FollowUp, 'id' | 'kind'>,
): FollowUp => {
  const by = heard.details?.['owner'];
  return {
    id,
    kind,
    owner: typeof by === 'string' && staff.includes(by) ? by : heard.now.practitioner,
    dueOn: dateOf(heard.atMs + heard.now.limits.incidentFollowUpMs),
    state: 'open',
  };
};

/** The follow-up that a message opens, or null. */
export function followUpOf(event: FollowUpEvent, staff: readonly Id[]): FollowUp | null {
  if (isTold(event)) return tellThem(event);
  if (event.type === 'channel.meetingAsked') return meeting(event);
  const about = 'subject' in event ? (event.subject?.id ?? 'session') : 'session';
  if (event.type === 'supervision.opened')
    return owedOf(event, staff, { id: `after.${about}`.slice(0, 64), kind: AFTER_INCIDENT });
  if (event.type === 'pathway.ended')
    return owedOf(event, staff, { id: rationaleIdOf(about), kind: RATIONALE });
  if (event.type !== 'closing.addFollowUp') return null;
  const { followUp, kind, owner, dueOn } = event;
  return { id: followUp, kind, owner, dueOn, state: 'open' };
}

/** The follow-up that a message names. */
const namedBy = (event: FollowUpEvent): Id | null => {
  if ('followUp' in event) return event.followUp;
  return event.type === 'pathway.rationaleGiven' ? rationaleIdOf(event.subject?.id ?? 'session') : null;
};

/** The follow-up that a message settles or hands over, while it may still be. */
export const meantBy = (event: FollowUpEvent, followUps: readonly FollowUp[]): FollowUp | null =>
  followUps.find(({ id, state }) => id === namedBy(event) && state !== 'settled') ?? null;

/** Pathways whose reasons are neither given nor handed over, with a date, to a named person (F9, A20). */
export const reasonsOwed = (
  walked: readonly { readonly id: Id; readonly rationaleRef: Id | null }[],
  followUps: readonly FollowUp[],
): readonly Id[] => {
  const handedOver = followUps.filter(({ state }) => state === 'handedOver').map(({ id }) => id);
  return walked
    .filter(({ id, rationaleRef }) => rationaleRef === null && !handedOver.includes(rationaleIdOf(id)))
    .map(({ id }) => id);
};
