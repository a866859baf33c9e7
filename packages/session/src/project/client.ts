import { ITEM_RULES, type ItemName } from '@holdfast/protocol';
import { isAnswered, type ItemContext } from '../machines/item/answers.js';
import type { ContactContext } from '../machines/contact/contact-state.js';
import { isUp } from '../machines/contact/media-evidence.js';
import type { HelpContext } from '../machines/help/help.machine.js';
import type { LifecycleContext } from '../machines/lifecycle/lifecycle.machine.js';
import { isSetApart } from '../machines/meeting/meeting-state.js';
import { askedItems } from '../step/asked-items.js';
import type { Session } from '../step/session.js';
import { circumstances } from '../step/circumstances.js';
import { stateName } from '../step/state-name.js';
import { alternativeOf } from './set-up.js';
import { channelOf } from './channel.js';
import type { ClientProjection } from './client-projection.js';
import { toldOf } from './colleagues.js';
import { projectOwnObservation } from './observation.js';
import { peopleInRoom } from './participant.js';
import { projectClientPause } from './pause.js';
import type { StaffProjection } from './projection.js';
import { projectRecording } from './recording.js';

/** What every role's projection starts with. */
type Shared = Omit<StaffProjection, 'role' | 'care' | 'review' | 'colleague' | 'recording'>;

/** A suspicion is not shown to the client, and coming back is not yet back (design, "The ladder"). */
const CONTACT: Readonly<Record<string, ClientProjection['contact']>> = {
  notYet: 'notYet',
  together: 'together',
  suspected: 'together',
  lost: 'lost',
  returning: 'lost',
  byPhone: 'byPhone',
  apart: 'apart',
};
const STAGES: Readonly<Record<string, ClientProjection['stage']>> = {
  gathering: 'gathering',
  settingUp: 'settingUp',
  live: 'live',
};

/**
 * A page that goes may be a reload, and how long it is waited for depends on risk: for the client it is away at once, and
 * contact is what media says until it is settled again. So the frames of both sessions are the same (rule V1).
 */
function contact(session: Session, client: string): ClientProjection['contact'] {
  const chart = session.charts[`contact:${client}`];
  const shown = CONTACT[stateName(chart?.value ?? 'none')] ?? 'notYet';
  if (chart === undefined || (shown !== 'together' && shown !== 'lost')) return shown;
  const { unsettled, reports } = chart.context as ContactContext;
  if (unsettled === null) return shown;
  return isUp(reports) ? 'together' : 'lost';
}

function help(session: Session, client: string): ClientProjection['help'] {
  const chart = session.charts[`help:${client}`];
  if (chart?.value === 'asked') return 'asked';
  return ((chart?.context as HelpContext | undefined)?.count ?? 0) > 0 ? 'answered' : 'none';
}

/** From the end on, which the client sees at the same instant whatever else is open (V1). */
function feedback(session: Session, stage: string): ClientProjection['feedback'] {
  if (session.charts['report:session']?.value === 'given') return 'given';
  return stage === 'closing' || stage === 'closed' ? 'asked' : 'notYet';
}

/** An answer's own words as far as a client may see them: whether it is there, and which text it was about. */
function answered(session: Session, item: ItemName): ItemContext | null {
  const chart = session.charts[`item:${item}`];
  return chart !== undefined && isAnswered(chart) ? (chart.context as ItemContext) : null;
}

function practitionerRoom(session: Session): ClientProjection['practitionerRoom'] {
  const flags = answered(session, 'practitionerPrivacy')?.flags;
  if (flags === undefined) return 'unknown';
  return flags.othersPresent === true || flags.alone !== true ? 'othersPresent' : 'private';
}

/**
 * What the client's device holds (rule V1). Nothing in here reads run, risk, deadlines, alerts, crisis, owner, duty or
 * overrides; the answer of an item is reduced to "settled".
 */
export function projectClient(session: Session, shared: Shared, mediaAllowed: boolean): ClientProjection {
  const { client } = shared;
  const lifecycle = session.charts['lifecycle:session']?.context as LifecycleContext | undefined;
  const { stage } = circumstances(session);
  return {
    role: 'client',
    ...shared,
    stage: STAGES[stage] ?? 'ended',
    isAdmitted: lifecycle?.admitted.includes(client) ?? false,
    mediaAllowed,
    isSetApart: isSetApart(session),
    items: askedItems(session)
      .filter(({ item }) => ITEM_RULES[item].answeredBy.includes('client'))
      .map(({ item, settledBefore }) => ({
        item,
        settledBefore,
        isSettled: answered(session, item) !== null,
      })),
    contact: contact(session, client),
    suspectAfterMs: session.policy.durations.suspectAfterMs,
    lostAfterMs: session.policy.durations.lostAfterMs,
    help: help(session, client),
    pause: projectClientPause(session, stage),
    feedback: feedback(session, stage),
    channel: channelOf(session, client),
    observation: projectOwnObservation(session, client),
    recording: projectRecording(session),
    practitionerRoom: practitionerRoom(session),
    adjustments: session.appointment.adjustments,
    explained: {
      consent: answered(session, 'consent')?.textVersion ?? null,
      limits: answered(session, 'limits')?.textVersion ?? null,
    },
    told: toldOf(session, client),
    alternative: alternativeOf(session),
    people: peopleInRoom(session),
  };
}
