import {
  CrisisFact,
  isInState,
  ladderPlan,
  type Id,
  type Policy,
  type Precedence,
  type StaffRole,
} from '@holdfast/protocol';
import type { ConsultContext } from '../machines/consult/consult.machine.js';
import {
  isContactGuarded,
  isGuardianException,
  isNumberGuarded,
} from '../machines/safeguarding/guardian-exception.js';
import { owedOf, safeguardingOf } from '../machines/safeguarding/safeguarding-state.js';
import { leadOf, practitionerOf } from '../machines/lead/lead-state.js';
import { gateOf } from '../machines/lifecycle/gate.js';
import type { ClosingContext } from '../machines/closing/closing.machine.js';
import { reasonsOwed } from '../machines/closing/follow-ups.js';
import { isAnswered, isSettled, type ItemContext } from '../machines/item/answers.js';
import { missingClaims, suitabilityReasons } from '../machines/item/set-up-answers.js';
import { isSetApart } from '../machines/meeting/meeting-state.js';
import { inRoom } from '../machines/participant/participant-state.js';
import type { RunContext } from '../machines/run/run-state.js';
import type { SupervisionContext } from '../machines/supervision/walked.js';
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

/**
 * Rule I14: the guardian may be the risk. A number that is not known to be the client's own may be the guardian's, and is
 * rung as little as one that is not safe (H30).
 */
const isGuardianRisk = (session: Session): boolean => {
  const chart = chartOf(session, 'item', 'guardianConsent');
  return (chart?.context as ItemContext | undefined)?.answer === 'notSafe';
};

/** The number that was agreed may be rung: it is safe, and not a guardian's who may be the risk (D14, H03, H30). */
export function isNumberSafe(session: Session): boolean {
  const flags = confirmedItem(session, 'callBackNumber')?.flags;
  const isOwn = flags?.isOwnNumber === true || !isGuardianRisk(session);
  return flags?.safeToRing === true && isOwn && !isNumberGuarded(session, clientOf(session));
}

/** Rule I15: what keeps the gate shut, by name. */
function claimsMissing(session: Session): readonly string[] {
  const chart = chartOf(session, 'item', 'competency');
  return chart === undefined || isSettled(chart) ? [] : missingClaims(session);
}

/** Rule L3: the agreed number may be rung, or a channel without voice was marked safe (H03, H32). */
function mayRing(session: Session): boolean {
  if (isNumberSafe(session)) return true;
  const channel = confirmedItem(session, 'backUpChannel');
  return channel?.flags.isSafeChannel === true && channel.flags.usesVoice === false;
}

/** Rules W4, W5: what may be used by choice, as nobody overrides it there. */
function mayReach(session: Session, { hasExited, isPrivacyCompromised }: Precedence) {
  const isOpen = !hasExited && !isPrivacyCompromised;
  const channel = confirmedItem(session, 'backUpChannel')?.flags;
  return {
    mayCall: isOpen && isNumberSafe(session),
    isBackUpSafe: channel?.isSafeChannel === true,
    mayWrite: isOpen && channel?.isSafeChannel === true && channel.usesVoice === false,
  };
}

/** Nobody of this person is there: gone, or left on purpose, or not come yet. */
const AWAY: readonly string[] = ['none', 'notYet', 'gone', 'left', 'exited'];

/** The states in which a pathway waits for a person, by the name of its chart (A34, H21). */
const OPEN_PATHWAYS: Readonly<Partial<Record<ConceptName, string>>> = {
  crisis: 'open',
  safeguarding: 'open',
  signal: 'signalled',
  privacy: 'compromised',
  plan: 'due',
};

const openPathways = (session: Session, client: Id): readonly string[] =>
  Object.entries(OPEN_PATHWAYS)
    .filter(([concept, open]) => isInState(valueOf(session, concept as ConceptName, client), [open]))
    .map(([concept]) => concept);

/** X7: open follow-ups of the kinds that the policy names. */
const owed = (session: Session): readonly string[] => {
  const closing = chartOf(session, 'closing', 'session')?.context as ClosingContext | undefined;
  const open = (closing?.followUps ?? []).filter(({ state }) => state === 'open').map(({ kind }) => kind);
  return session.policy.settleBeforeClose.filter((kind) => open.includes(kind));
};

/** F9: pathways whose reasons somebody has still to name. */
const unreasoned = (session: Session): readonly Id[] => {
  const past = chartOf(session, 'supervision', 'session')?.context as SupervisionContext | undefined;
  const closing = chartOf(session, 'closing', 'session')?.context as ClosingContext | undefined;
  return reasonsOwed(past?.walked ?? [], closing?.followUps ?? []);
};

/** What a crisis asks again, as far as there is an answer now (A28). */
const given = (session: Session): Circumstances['given'] =>
  CrisisFact.options.filter((item) => {
    const chart = chartOf(session, 'item', item);
    return chart !== undefined && isAnswered(chart);
  });

const staffOf = ({ staff }: Policy): Circumstances['staff'] => {
  const ids = (role: StaffRole): readonly Id[] => staff[role].map((entry) => entry.person);
  return {
    duty: ids('duty'),
    safeguardingLead: ids('safeguardingLead'),
    supervisor: ids('supervisor'),
    management: ids('management'),
  };
};

/** What the safeguarding pathway owes, and the ways to the client that they marked as safe (S4, S8). */
function safeguardingNow(
  session: Session,
  client: Id,
): Pick<Circumstances, 'safeguardingOwed' | 'safeChannels'> {
  const { parts = null, context } = safeguardingOf(session, client) ?? {};
  const isSafe = confirmedItem(session, 'backUpChannel')?.flags.isSafeChannel === true;
  return {
    safeguardingOwed: parts === null ? [] : owedOf(parts, context?.threshold ?? null),
    safeChannels: [
      ...(isSafe ? (['backUpChannel'] as const) : []),
      ...(parts?.contactPlan === 'set' ? (['safeContact'] as const) : []),
    ],
  };
}

/** The session's one client. Later, when there are several, a chart's key says which. */
export const clientOf = (session: Pick<Session, 'people'>): Id =>
  session.people.find((person) => person.role === 'client')?.id ?? 'nobody';
export { practitionerOf };

/** J8: who is needed, was lost, and whom nobody goes on without. */
const missedOf = (session: Session): readonly Id[] =>
  session.people
    .filter(({ id, isNeeded }) => isNeeded === true && valueOf(session, 'callBack', id) === 'missing')
    .map(({ id }) => id);

/** A session never changes: asked again about the same one, the answer is the same. One is enough, and keeps no other. */
let last: { readonly of: Session; readonly now: Circumstances } | null = null;

/** What a chart may know of the others at the moment when it gets a message. */
export function circumstances(session: Session): Circumstances {
  if (last?.of !== session) last = { of: session, now: gathered(session) };
  return last.now;
}

function gathered(session: Session): Circumstances {
  const client = clientOf(session);
  const practitioner = practitionerOf(session);
  const run = chartOf(session, 'run', client)?.context as RunContext | undefined;
  const isRunOpen = valueOf(session, 'run', client) !== 'none';
  const clientPresence = valueOf(session, 'presence', client);
  const precedence: Precedence = {
    hasExited: clientPresence === 'exited',
    // Q6: also once it was settled in another way than private again.
    isPrivacyCompromised: isInState(valueOf(session, 'privacy', client), ['compromised', 'ended']),
    mayRing: run?.ringingAllowed === true || mayRing(session),
    isRiskActive: valueOf(session, 'risk', client) === 'active',
  };
  return {
    limits: session.policy.durations,
    phoneAttempts: session.policy.phoneAttempts,
    client,
    practitioner,
    led: [...(leadOf(session)?.before ?? []), practitioner],
    staff: staffOf(session.policy),
    appointment: session.appointment,
    suitabilityReasons: suitabilityReasons(session.policy),
    missingClaims: claimsMissing(session),
    isAlternativeOwed: valueOf(session, 'alternative', client) === 'owed',
    isRiskActive: precedence.isRiskActive,
    isCrisisOpen: valueOf(session, 'crisis', client).startsWith('open'),
    openPathways: openPathways(session, client),
    owed: owed(session),
    unreasoned: unreasoned(session),
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
    mayRingContact: confirmedItem(session, 'emergencyContact') !== null && !isContactGuarded(session, client),
    openRun: isRunOpen ? (run?.run ?? null) : null,
    runOwner: isRunOpen ? (run?.owner ?? null) : null,
    ...safeguardingNow(session, client),
    referrals: session.policy.referrals,
    texts: session.policy.texts,
    given: given(session),
    isGuardianException: isGuardianException(session, client),
    inRoom: inRoom(session),
    isSetApart: isSetApart(session),
    missed: missedOf(session),
    consulted: (chartOf(session, 'consult', client)?.context as ConsultContext | undefined)?.person ?? null,
  };
}
