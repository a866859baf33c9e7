import {
  SUITABILITY_REASONS,
  ladderPlan,
  referencePolicy,
  usualAppointment,
  type Actor,
  type Id,
  type Instant,
  type Person,
  type Role,
} from '@holdfast/protocol';
import { initialTransition, transition, type StateValue } from 'xstate';
import type { Circumstances, Concept, Emitted, Message, Refused } from '../step/concept.js';
import type { ChartContext, ChartState } from '../step/session.js';

/** The people of every example: no names, ids only. */
export const PEOPLE: readonly Person[] = [
  { id: 'p1', role: 'practitioner' },
  { id: 'c1', role: 'client' },
  { id: 'duty-1', role: 'duty' },
  { id: 'duty-2', role: 'duty' },
  { id: 'safeguarding-1', role: 'safeguardingLead' },
  { id: 'supervisor-1', role: 'supervisor' },
  { id: 'management-1', role: 'management' },
];

/** A person of the examples at their device. */
export const actor = (person: Id): Actor => ({
  person,
  role: PEOPLE.find(({ id }) => id === person)?.role ?? (null satisfies Role | null),
  source: 'device',
  device: `${person}-device`,
});

const precedence = {
  hasExited: false,
  isPrivacyCompromised: false,
  mayRing: true,
  isRiskActive: false,
} as const;

/** Quiet circumstances: a live session, everything settled, nothing open. */
export const calm: Circumstances = {
  limits: referencePolicy.durations,
  phoneAttempts: referencePolicy.phoneAttempts,
  client: 'c1',
  practitioner: 'p1',
  led: ['p1'],
  staff: {
    duty: ['duty-1', 'duty-2'],
    safeguardingLead: ['safeguarding-1'],
    supervisor: ['supervisor-1'],
    management: ['management-1'],
  },
  isRiskActive: false,
  isCrisisOpen: false,
  openPathways: [],
  owed: [],
  unreasoned: [],
  isHelpAsked: false,
  precedence,
  plan: ladderPlan(precedence),
  gate: { media: 'settled', live: 'settled', missing: { media: [], live: [] } },
  stage: 'live',
  contact: 'together',
  clientPresence: 'alive',
  practitionerPresence: 'alive',
  isPractitionerGone: false,
  mayCall: true,
  mayWrite: true,
  mayRingContact: true,
  isBackUpSafe: true,
  openRun: null,
  runOwner: null,
  safeguardingOwed: [],
  safeChannels: [],
  referrals: [],
  texts: referencePolicy.texts,
  given: ['location', 'callBackNumber'],
  consulted: null,
  appointment: usualAppointment,
  suitabilityReasons: SUITABILITY_REASONS,
  missingClaims: [],
  isAlternativeOwed: false,
  isGuardianException: false,
  inRoom: [],
  isSetApart: false,
  missed: [],
};

/** A new chart of a concept. */
export function aChart(concept: Concept, instance: string, people = PEOPLE): ChartState {
  const input = {
    instance,
    session: { id: 's1', people, policy: referencePolicy, appointment: usualAppointment },
    message: null,
    atMs: 0,
  };
  const [made] = initialTransition(concept.machine, input as never);
  return { value: made.value as StateValue, context: made.context as ChartContext };
}

export interface Delivery {
  readonly chart: ChartState;
  readonly emitted: readonly Emitted[];
  readonly refused: Refused | null;
}

/** Hands one message to one chart, as `step` does, without the rest of the session. */
export function deliver(
  concept: Concept,
  chart: ChartState,
  message: Message,
  {
    by = actor('p1'),
    atMs = 1000,
    saidAtMs = null,
    now = {},
  }: { by?: Actor; atMs?: Instant; saidAtMs?: Instant | null; now?: Partial<Circumstances> } = {},
): Delivery {
  const event = { ...message, atMs, saidAtMs, by, now: { ...calm, ...now } };
  const [next, actions] = transition(
    concept.machine,
    concept.machine.resolveState(chart as never),
    event as never,
  );
  const emitted = (actions as readonly { type: string; params?: unknown }[])
    .filter((action) => action.type === 'xstate.emit')
    .map((action) => (action.params as { event: Emitted | Refused }).event);
  return {
    chart: { value: next.value as StateValue, context: next.context as ChartContext },
    emitted: emitted.filter((one): one is Emitted => one.type !== 'refused'),
    refused: emitted.find((one): one is Refused => one.type === 'refused') ?? null,
  };
}
