import type { AlertCause, Id } from '@holdfast/protocol';
import { circumstances } from '../../step/circumstances.js';
import { isEmitted, type Concept, type Emitted, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { alertMachine } from './alert.machine.js';

/** Events after which an alert may be over, or taken by someone else. */
const HEARD: readonly string[] = [
  'alert.accepted',
  'risk.raised',
  'run.ended',
  'run.ownerChanged',
  'deciding.decided',
  'deciding.stoodDown',
  'deciding.acted',
  'run.wordGiven',
  'call.stillTogether',
  'call.cut',
  'call.movedToVideo',
  'help.answered',
  'crisis.escalationAccepted',
  'crisis.resolved',
  'person.alive',
  'session.closed',
];

const alertId = (about: Id, cause: AlertCause | string, person: Id): Id => `${about}.${cause}.${person}`;
const valueOf = (session: Session, alert: Id): unknown => session.charts[`alert:${alert}`]?.value;

const alertsOf = (session: Session): readonly Id[] =>
  Object.keys(session.charts)
    .filter((key) => key.startsWith('alert:'))
    .map((key) => key.slice('alert:'.length));

/** A1: the policy's list in order, each person once for a run and cause; who owns the run and was silent comes last. */
function nextInLine(session: Session, about: Id, cause: string): Id | null {
  const { duty, runOwner } = circumstances(session);
  const notYet = duty.filter((person) => valueOf(session, alertId(about, cause, person)) === undefined);
  const next =
    notYet.find((person) => person !== runOwner) ?? (notYet.length === duty.length ? notYet[0] : undefined);
  return next === undefined ? null : alertId(about, cause, next);
}

/** The alert that a request makes; none while one is under way; the last one again when the list is used up. */
function raised(session: Session, { about, cause }: { about: Id; cause: string }): readonly Id[] {
  const sent = circumstances(session)
    .duty.map((person) => alertId(about, cause, person))
    .filter((alert) => valueOf(session, alert) !== undefined);
  if (sent.some((alert) => ['sent', 'acknowledged'].includes(String(valueOf(session, alert))))) return [];
  return [nextInLine(session, about, cause) ?? sent.at(-1)].filter((alert) => alert !== undefined);
}

const isLoud = (session: Session, about: Id, cause: string): boolean =>
  circumstances(session).duty.some((person) => {
    const chart = session.charts[`alert:${alertId(about, cause, person)}`];
    return chart?.context.deadlines['repeat'] !== undefined;
  });

function passedOn(session: Session, message: Emitted): readonly Id[] {
  const about = String(message.details?.['about']);
  const cause = String(message.details?.['cause']);
  if (message.type === 'alert.unanswered') {
    const next = nextInLine(session, about, cause);
    // Nobody is left: the alert itself says so, unless another of the same matter says it already.
    return next !== null ? [next] : isLoud(session, about, cause) ? [] : [message.subject?.id ?? ''];
  }
  // A6: at the end of the list everybody named hears it, the silent owner too.
  return circumstances(session)
    .duty.map((person) => alertId(about, cause, person))
    .filter((alert) => valueOf(session, alert) === undefined);
}

function concerns(message: Message, session: Session): readonly Id[] {
  if (isEmitted(message)) {
    if (message.type === 'alert.unanswered' || message.type === 'alert.listExhausted')
      return passedOn(session, message);
    const asked = message.alert === undefined ? [] : raised(session, message.alert);
    return HEARD.includes(message.type) ? [...new Set([...alertsOf(session), ...asked])] : asked;
  }
  switch (message.type) {
    case 'alert.acknowledge':
    case 'alert.accept':
    case 'alert.delivered':
    case 'alert.failed':
      return valueOf(session, message.alert) === undefined ? [] : [message.alert];
    default:
      return [];
  }
}

/** Alerts to the policy's duty list, one chart for each cause, matter and person. */
export const alertConcept: Concept = {
  name: 'alert',
  machine: alertMachine,
  startsWith: () => [],
  concerns,
};
