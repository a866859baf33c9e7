import type { Id } from '@holdfast/protocol';
import type { Delivered, Emitted, Heard, Said } from '../../step/concept.js';
import { dateOf } from './date-of.js';

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

export type Told = Heard<'deciding.acted' | 'run.lateReport'>;
export type FollowUpEvent =
  | Said<'closing.dispose' | 'closing.addFollowUp' | 'closing.settleFollowUp' | 'closing.handOverFollowUp'>
  | Told
  | Heard<
      'channel.meetingAsked' | 'supervision.opened' | 'session.wentLive' | 'session.ending' | 'session.closed'
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

/** F1: whoever acted in the pathway comes back to it; nobody else is made the owner by the software. */
const afterIncident = (heard: Delivered<Omit<Emitted, 'type'>>, staff: readonly Id[]): FollowUp => {
  const by = heard.details?.['owner'];
  return {
    id: `after.${heard.subject?.id ?? 'session'}`.slice(0, 64),
    kind: AFTER_INCIDENT,
    owner: typeof by === 'string' && staff.includes(by) ? by : heard.now.practitioner,
    dueOn: dateOf(heard.atMs + heard.now.limits.incidentFollowUpMs),
    state: 'open',
  };
};

/** The follow-up that a message opens, or null. */
export function followUpOf(event: FollowUpEvent, staff: readonly Id[]): FollowUp | null {
  if (isTold(event)) return tellThem(event);
  if (event.type === 'channel.meetingAsked') return meeting(event);
  if (event.type === 'supervision.opened') return afterIncident(event, staff);
  if (event.type !== 'closing.addFollowUp') return null;
  const { followUp, kind, owner, dueOn } = event;
  return { id: followUp, kind, owner, dueOn, state: 'open' };
}

/** The follow-up that a command settles or hands over, while it may still be. */
export const meantBy = (event: FollowUpEvent, followUps: readonly FollowUp[]): FollowUp | null =>
  'followUp' in event
    ? (followUps.find(({ id, state }) => id === event.followUp && state !== 'settled') ?? null)
    : null;
