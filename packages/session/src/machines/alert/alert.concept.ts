import type { AlertCause, Id } from '@holdfast/protocol';
import { circumstances } from '../../step/circumstances.js';
import { isEmitted, type Concept, type Emitted, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import type { ConsultContext } from '../consult/consult.machine.js';
import type { ContactContext } from '../contact/contact-state.js';
import type { CrisisContext } from '../crisis/crisis-state.js';
import { alertListOf } from './alert-list.js';
import { alertMachine, type AlertContext } from './alert.machine.js';

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
  'crisis.escalationJoined',
  'crisis.escalationAccepted',
  'crisis.escalationKept',
  'crisis.resolved',
  'safeguarding.leadTold',
  'safeguarding.settled',
  'privacy.acknowledged',
  'privacy.stepTaken',
  'privacy.resolved',
  'consult.ended',
  'person.alive',
  'lead.changed',
  'session.closed',
];

const alertId = (about: Id, cause: AlertCause | string, person: Id): Id => `${about}.${cause}.${person}`;
const valueOf = (session: Session, alert: Id): unknown => session.charts[`alert:${alert}`]?.value;

const listOf = (session: Session, cause: string): readonly Id[] => alertListOf(circumstances(session), cause);

const alertsOf = (session: Session): readonly Id[] =>
  Object.keys(session.charts)
    .filter((key) => key.startsWith('alert:'))
    .map((key) => key.slice('alert:'.length));

/** Whose silence it is, or who asks for somebody else: the owner of the run, the holder of the phone, who escalates. */
function concernedThemselves(session: Session, cause: string): readonly (Id | null | undefined)[] {
  const { client, runOwner } = circumstances(session);
  const contact = session.charts[`contact:${client}`]?.context as ContactContext | undefined;
  const crisis = session.charts[`crisis:${client}`]?.context as CrisisContext | undefined;
  const consult = session.charts[`consult:${client}`]?.context as ConsultContext | undefined;
  // M1: who was asked by name is asked, also when they act on this already.
  if (cause === 'consult') return [consult?.askedBy];
  return [
    runOwner,
    cause === 'phoneSilent' ? contact?.caller : null,
    ...(cause === 'escalation' ? [crisis?.offeredBy, crisis?.owner, crisis?.waitedFor] : []),
  ];
}

/** A1: the policy's list in order, each person once for a matter and cause; who is concerned themselves comes last. */
function nextInLine(session: Session, about: Id, cause: string): Id | null {
  const list = listOf(session, cause);
  const last = concernedThemselves(session, cause);
  const notYet = list.filter((person) => valueOf(session, alertId(about, cause, person)) === undefined);
  const next =
    notYet.find((person) => !last.includes(person)) ??
    (notYet.length === list.length ? notYet[0] : undefined);
  return next === undefined ? null : alertId(about, cause, next);
}

/** P5: an absence that outlasts a run is told anew, but not while the alert before has a clock that runs (H09). */
function isToldStill(session: Session, about: Id, cause: string): boolean {
  const absence = `${circumstances(session).practitioner}.a`;
  if (!about.startsWith(absence)) return false;
  return alertsOf(session).some((alert) => {
    const context = session.charts[`alert:${alert}`]?.context as AlertContext;
    const isSame = context.cause === cause && context.about.startsWith(absence);
    return isSame && Object.keys(context.deadlines).length > 0;
  });
}

/** The alert that a request makes; none while one is under way; the last one again when the list is used up. */
function raised(session: Session, { about, cause }: { about: Id; cause: string }): readonly Id[] {
  const sent = listOf(session, cause)
    .map((person) => alertId(about, cause, person))
    .filter((alert) => valueOf(session, alert) !== undefined);
  if (sent.some((alert) => ['sent', 'acknowledged'].includes(String(valueOf(session, alert))))) return [];
  if (isToldStill(session, about, cause)) return [];
  return [nextInLine(session, about, cause) ?? sent.at(-1)].filter((alert) => alert !== undefined);
}

const isLoud = (session: Session, about: Id, cause: string): boolean =>
  listOf(session, cause).some((person) => {
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
  // A6: at the end of the list everybody named hears it, the silent owner too, and whoever took it or was stood down.
  return listOf(session, cause)
    .map((person) => alertId(about, cause, person))
    .filter((alert) => [undefined, 'accepted', 'stoodDown'].includes(valueOf(session, alert) as string));
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

/** Alerts to the policy's staff, one chart for each cause, matter and person. */
export const alertConcept: Concept = {
  name: 'alert',
  machine: alertMachine,
  startsWith: () => [],
  concerns,
};
