import { CHECKLISTS, type Id, type Instant } from '@holdfast/protocol';
import type { AlertContext } from '../machines/alert/alert.machine.js';
import type { ChecklistContext } from '../machines/checklist/checklist.machine.js';
import type { ContactContext } from '../machines/contact/contact-state.js';
import { isUp } from '../machines/contact/media-evidence.js';
import type { HelpContext } from '../machines/help/help.machine.js';
import { isSettled, type ItemContext } from '../machines/item/answers.js';
import type { LifecycleContext } from '../machines/lifecycle/lifecycle.machine.js';
import type { RiskContext } from '../machines/risk/risk.machine.js';
import { meetingOf } from '../machines/meeting/meeting-state.js';
import { mayStandDown } from '../machines/run/run-guards.js';
import { runOf } from '../machines/run/run-state.js';
import { askedItems } from '../step/asked-items.js';
import { roleOf } from '../machines/lead/lead-state.js';
import { projectPlan } from './plan.js';
import type { Circumstances } from '../step/concept.js';
import { circumstances, clientOf, isNumberSafe, practitionerOf } from '../step/circumstances.js';
import type { ChartState, ConceptName, Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';
import { projectAttendance } from './attendance.js';
import { projectSafeguarding } from './safeguarding.js';
import { projectMeeting } from './meeting.js';
import { projectLead } from './lead.js';
import { projectParticipants } from './participant.js';
import { projectPause } from './pause.js';
import { projectPrivacy, projectSignal } from './privacy.js';
import { projectClosing } from './closing.js';
import { consultOf, disclosuresOf, notesOf, toldOf } from './colleagues.js';
import { crisisOf } from './crisis.js';
import { projectSetUp } from './set-up.js';
import { projectChannel } from './channel.js';
import { projectObservation } from './observation.js';
import { projectRecording } from './recording.js';
import type { AlertProjection, Care, ItemProjection, RunProjection } from './projection.js';

type Deadlines = Readonly<Record<string, Instant>>;

const chartOf = (session: Session, concept: ConceptName, instance: string): ChartState | undefined =>
  session.charts[`${concept}:${instance}`];
const valueOf = (session: Session, concept: ConceptName, instance: string): string =>
  stateName(chartOf(session, concept, instance)?.value ?? 'none');

/** Deadlines in the order of their names: equal sessions are equal bytes. */
const only = (
  deadlines: Deadlines,
  isShown: (name: string) => boolean = () => true,
): Record<string, Instant> =>
  Object.fromEntries(
    Object.entries(deadlines)
      .filter(([name]) => isShown(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

function items(session: Session): ItemProjection[] {
  return askedItems(session).flatMap(({ item, settledBefore }) => {
    const chart = chartOf(session, 'item', item);
    if (chart === undefined) return [];
    const { answer, flags, atMs, by, movedAtMs } = chart.context as ItemContext;
    return [
      {
        item,
        settledBefore,
        state: chart.value as ItemProjection['state'],
        isSettled: isSettled(chart),
        answer,
        flags,
        atMs,
        by,
        movedAtMs,
      },
    ];
  });
}

const PART = { idle: 'idle', waiting: 'open', attempting: 'open', done: 'done' } as const;

function run(session: Session, client: Id): RunProjection | null {
  const found = runOf(session, client);
  if (found?.parts == null || found.state === 'none') return null;
  const { parts, context, state } = found;
  if (context.run === null) return null;
  return {
    id: context.run,
    status: state,
    cause: context.cause ?? 'contactLost',
    owner: context.owner ?? practitionerOf(session),
    openedAtMs: context.openedAtMs ?? session.createdAtMs,
    sinceMs: context.lastContactMs,
    reconnecting: PART[parts.reconnecting],
    phoning: PART[parts.phoning],
    attempt: Math.max(1, context.attempt),
    deciding: parts.deciding,
    decision: context.decision,
    word: parts.word,
    mayStandDown: mayStandDown(context, circumstances(session)),
    hasGuardianAnswered: context.hasGuardianAnswered,
    offeredTo: context.handOverTo,
    helpers: [...context.helpers],
    deadlines: only(context.deadlines),
  };
}

function alerts(session: Session): AlertProjection[] {
  return Object.entries(session.charts)
    .filter(([key]) => key.startsWith('alert:'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, chart]) => {
      const { about, cause, person, deadlines } = chart.context as AlertContext;
      return {
        id: key.slice('alert:'.length),
        about,
        cause,
        person,
        state: stateName(chart.value) as AlertProjection['state'],
        deadlines: only(deadlines),
      };
    });
}

/** Who talks to the client by phone now. */
const callerOf = (session: Session, client: Id): Id | null =>
  valueOf(session, 'contact', client) === 'byPhone'
    ? ((chartOf(session, 'contact', client)?.context as ContactContext | undefined)?.caller ?? null)
    : null;

/** L15: everybody who was named for it is told again, also whose own alert was stood down before. */
function isToldAgain(session: Session, person: Id): boolean {
  const exhausted = runOf(session, clientOf(session))?.context.exhausted ?? null;
  return alerts(session).some(
    (alert) => alert.person === person && alert.about === exhausted?.about && alert.cause === exhausted.cause,
  );
}

/**
 * Whether a duty person has something of this session to see: an alert that stands, the run, a hand-over, the phone
 * call, or the crisis (V6).
 */
export function isAlerted(session: Session, person: Id): boolean {
  const client = clientOf(session);
  const crisis = crisisOf(session, client);
  const open = run(session, client);
  return (
    alerts(session).some((alert) => alert.person === person && alert.state !== 'stoodDown') ||
    isToldAgain(session, person) ||
    open?.owner === person ||
    open?.offeredTo === person ||
    callerOf(session, client) === person ||
    (crisis.state === 'open' && [crisis.owner, crisis.joinedBy].includes(person))
  );
}

function checklists(session: Session): Care['checklists'] {
  const lists = CHECKLISTS.flatMap((list) => {
    const chart = chartOf(session, 'checklist', list)?.context as ChecklistContext | undefined;
    if (chart === undefined) return [];
    return [[list, chart.steps.map((step) => ({ step, outcome: chart.outcomes[step] ?? null }))] as const];
  });
  return Object.fromEntries(lists);
}

/** What never changes in a session: what its host and its policy say of it. */
const frozenParts = ({
  appointment: { adjustments, preference },
  policy: { texts, reviewOn },
}: Session): Pick<Care, 'adjustments' | 'preference' | 'texts' | 'policyReviewOn'> => ({
  adjustments,
  preference,
  texts,
  policyReviewOn: reviewOn,
});

/** Whether the agreed number, or any number, may be rung now (L3). */
function ringing(
  session: Session,
  { client, precedence }: Circumstances,
): Pick<Care, 'mayRing' | 'mayPhone' | 'hasExited'> {
  const { hasExited, isPrivacyCompromised, mayRing } = precedence;
  const isAllowedByRun = runOf(session, client)?.context.ringingAllowed === true;
  const isBlocked = hasExited || isPrivacyCompromised || !mayRing;
  return {
    mayRing: isAllowedByRun || (!isBlocked && isNumberSafe(session)),
    mayPhone: isAllowedByRun || !isBlocked,
    hasExited,
  };
}

const fellowPresence = (session: Session, id: Id): string =>
  meetingOf(session)?.context.fellows[id]?.isInside === true ? 'alive' : 'notYet';

/** Everybody, with the role that they have now; who takes part beside the two; and who leads. */
const whoIsWho = (session: Session): Pick<Care, 'people' | 'participants' | 'meeting' | 'lead'> => ({
  people: session.people.map(({ id, role }) => ({
    id,
    role: roleOf(session, id) ?? role,
    // J14: of a fellow client no more is known than whether they are in the room.
    presence: role === 'fellowClient' ? fellowPresence(session, id) : valueOf(session, 'presence', id),
  })),
  participants: projectParticipants(session),
  meeting: projectMeeting(session),
  lead: projectLead(session),
});

/** All that a staff member needs to decide and to act. */
export function projectCare(session: Session, mediaAllowed: boolean): Care {
  const now = circumstances(session);
  const { client, limits, gate } = now;
  const contact = chartOf(session, 'contact', client)?.context as ContactContext | undefined;
  const risk = chartOf(session, 'risk', client)?.context as RiskContext | undefined;
  const help = chartOf(session, 'help', client)?.context as HelpContext | undefined;
  const lifecycle = chartOf(session, 'lifecycle', 'session')?.context as LifecycleContext | undefined;
  const ladder = runOf(session, client)?.context;
  return {
    stage: now.stage as Care['stage'],
    isAdmitted: lifecycle?.admitted.includes(client) ?? false,
    mediaAllowed,
    gate: { media: gate.media, live: gate.live },
    items: items(session),
    ...whoIsWho(session),
    contact: {
      state: now.contact,
      isMediaUp: contact !== undefined && isUp(contact.reports),
      lastTogetherAtMs: contact?.lastContactMs ?? null,
      deadlines: only(contact?.deadlines ?? {}, (name) => name === 'check' || name === 'answer'),
    },
    caller: callerOf(session, client),
    run: run(session, client),
    late: ladder?.late ?? null,
    nextRun: `${client}.r${(ladder?.count ?? 0) + 1}`,
    risk: { isActive: now.isRiskActive, sinceMs: now.isRiskActive ? (risk?.changedAtMs ?? null) : null },
    crisis: crisisOf(session, client),
    consult: consultOf(session, client, now.staff),
    disclosures: disclosuresOf(session, client),
    notes: notesOf(session, client),
    told: toldOf(session, client),
    openPathways: [...now.openPathways],
    safeguarding: projectSafeguarding(session, now),
    attendance: projectAttendance(session, client),
    help: {
      isAsked: now.isHelpAsked,
      askedAtMs: help?.askedAtMs ?? null,
      deadlines: only(help?.deadlines ?? {}),
    },
    pause: projectPause(session),
    signal: projectSignal(session, client),
    privacy: projectPrivacy(session, client),
    alerts: alerts(session),
    ...ringing(session, now),
    checklists: checklists(session),
    plan: projectPlan(session, client),
    ...frozenParts(session),
    setUp: projectSetUp(session),
    channel: projectChannel(session, client, now),
    observation: projectObservation(session, client),
    recording: projectRecording(session),
    closing: projectClosing(session),
    notNowMs: now.isRiskActive ? limits.notNowRiskMs : limits.notNowMs,
    suspectAfterMs: limits.suspectAfterMs,
    lostAfterMs: limits.lostAfterMs,
    duty: [...now.staff.duty],
  };
}
