import {
  isInState,
  ladderPlan,
  type Id,
  type Policy,
  type Precedence,
  type StaffRole,
} from '@holdfast/protocol';
import { gateOf } from '../machines/lifecycle/gate.js';
import type { ItemContext } from '../machines/item/answers.js';
import type { RunContext } from '../machines/run/run-state.js';
import type { Circumstances } from './concept.js';
import type { ChartState, ConceptName, Session } from './session.js';
import { stateName } from './state-name.js';

const chartOf = (session: Session, concept: ConceptName, instance: string): ChartState | undefined =>
  session.charts[`${concept}:${instance}`];

const valueOf = (session: Session, concept: ConceptName, instance: string): string => {
  const chart = chartOf(session, concept, instance);
  return chart === undefined ? 'none' : stateName(chart.value);
};

const confirmedItem = (session: Session, item: string): ItemContext | null => {
  const chart = chartOf(session, 'item', item);
  if (chart?.value !== 'confirmed') return null;
  const context = chart.context as ItemContext;
  return context.answer === 'confirmed' ? context : null;
};

/** Rule L3: the agreed number may be rung, or a channel without voice was marked safe (H03, H32). */
function mayRing(session: Session): boolean {
  if (confirmedItem(session, 'callBackNumber')?.flags.safeToRing === true) return true;
  const channel = confirmedItem(session, 'backUpChannel');
  return channel?.flags.isSafeChannel === true && channel.flags.usesVoice === false;
}

/** Rules W4, W5: what may be used by choice, as nobody overrides it there. */
function mayReach(session: Session, { hasExited, isPrivacyCompromised }: Precedence) {
  const isOpen = !hasExited && !isPrivacyCompromised;
  const channel = confirmedItem(session, 'backUpChannel')?.flags;
  return {
    mayCall: isOpen && confirmedItem(session, 'callBackNumber')?.flags.safeToRing === true,
    mayWrite: isOpen && channel?.isSafeChannel === true && channel.usesVoice === false,
  };
}

/** Nobody of this person is there: gone, or left on purpose, or not come yet. */
const AWAY: readonly string[] = ['none', 'notYet', 'gone', 'left', 'exited'];

/** The states in which a pathway waits for a person, by the name of its chart (A34, H21). */
const OPEN_PATHWAYS: Readonly<Partial<Record<ConceptName, string>>> = { crisis: 'open' };

const openPathways = (session: Session, client: Id): readonly string[] =>
  Object.entries(OPEN_PATHWAYS)
    .filter(([concept, open]) => isInState(valueOf(session, concept as ConceptName, client), [open]))
    .map(([concept]) => concept);

const staffOf = ({ staff }: Policy): Circumstances['staff'] => {
  const ids = (role: StaffRole): readonly Id[] => staff[role].map((entry) => entry.person);
  return {
    duty: ids('duty'),
    safeguardingLead: ids('safeguardingLead'),
    supervisor: ids('supervisor'),
    management: ids('management'),
  };
};

/** The session's one client and one practitioner. Later, when there are several, a chart's key says which. */
export const clientOf = (session: Pick<Session, 'people'>): Id =>
  session.people.find((person) => person.role === 'client')?.id ?? 'nobody';
/** The session's one practitioner; `nobody` when there is none. */
export const practitionerOf = (session: Pick<Session, 'people'>): Id =>
  session.people.find((person) => person.role === 'practitioner')?.id ?? 'nobody';

/** What a chart may know of the others at the moment when it gets a message. */
export function circumstances(session: Session): Circumstances {
  const client = clientOf(session);
  const practitioner = practitionerOf(session);
  const run = chartOf(session, 'run', client)?.context as RunContext | undefined;
  const isRunOpen = valueOf(session, 'run', client) !== 'none';
  const clientPresence = valueOf(session, 'presence', client);
  const precedence: Precedence = {
    hasExited: clientPresence === 'exited',
    // The pathway that raises it comes with the privacy chart; the table and its tests hold from the first day (H12).
    isPrivacyCompromised: false,
    mayRing: run?.ringingAllowed === true || mayRing(session),
    isRiskActive: valueOf(session, 'risk', client) === 'active',
  };
  return {
    limits: session.policy.durations,
    phoneAttempts: session.policy.phoneAttempts,
    client,
    practitioner,
    staff: staffOf(session.policy),
    isRiskActive: precedence.isRiskActive,
    isCrisisOpen: valueOf(session, 'crisis', client).startsWith('open'),
    openPathways: openPathways(session, client),
    isHelpAsked: valueOf(session, 'help', client) === 'asked',
    precedence,
    plan: ladderPlan(precedence),
    gate: gateOf(session),
    stage: valueOf(session, 'lifecycle', 'session'),
    contact: valueOf(session, 'contact', client),
    clientPresence,
    practitionerPresence: valueOf(session, 'presence', practitioner),
    isPractitionerGone: AWAY.includes(valueOf(session, 'presence', practitioner)),
    ...mayReach(session, precedence),
    mayRingContact: confirmedItem(session, 'emergencyContact') !== null,
    openRun: isRunOpen ? (run?.run ?? null) : null,
    runOwner: isRunOpen ? (run?.owner ?? null) : null,
  };
}
