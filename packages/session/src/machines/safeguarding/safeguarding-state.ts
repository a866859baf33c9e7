import type {
  ConsentSought,
  Id,
  Instant,
  NoPlanReason,
  SafeguardingEnd,
  SafeguardingSubject,
  SafeguardingThreshold,
} from '@holdfast/protocol';
import type { Session } from '../../step/session.js';

/** What the safeguarding chart keeps beside the states of its parts. The narrative stays in the host's record. */
export interface SafeguardingContext {
  readonly client: Id;
  /** Counts the concerns of this session, so that each has an id of its own. */
  readonly count: number;
  readonly about: SafeguardingSubject | null;
  readonly openedAtMs: Instant | null;
  readonly openedBy: Id | null;
  readonly threshold: SafeguardingThreshold | null;
  readonly consentSought: ConsentSought | null;
  readonly decidedBy: Id | null;
  readonly rationaleRef: Id | null;
  /** Who was told, or took it: the lead, or the next in line. */
  readonly lead: Id | null;
  readonly planRef: Id | null;
  readonly planBecause: NoPlanReason | null;
  /** Nothing about this goes to a guardian (H30). Stays until a person takes it back, also after it is settled. */
  readonly isGuardianException: boolean;
  readonly exceptionRef: Id | null;
  /** How the last one ended. */
  readonly end: SafeguardingEnd | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/** The states of the parts of an open pathway, as its chart has them. */
export interface SafeguardingParts {
  readonly decision: 'undecided' | 'decided';
  readonly notified: 'notYet' | 'offered' | 'acknowledged' | 'accepted' | 'told';
  readonly contactPlan: 'none' | 'set' | 'notNeeded';
  readonly followUp: 'none' | 'set';
}

/** What an open pathway still owes, by name: it is not settled before (A34). */
export type SafeguardingOwed = 'decision' | 'lead' | 'contactPlan';

/** A safeguarding pathway as others read it. */
export interface SafeguardingState {
  readonly state: 'none' | 'open' | 'settled';
  /** Null while none is open. */
  readonly parts: SafeguardingParts | null;
  readonly context: SafeguardingContext;
}

/** What alerts of this concern are about: `c1.safeguarding1`. */
export const safeguardingId = ({ client, count }: Pick<SafeguardingContext, 'client' | 'count'>): Id =>
  `${client}.safeguarding${count}`;

/** Reads the pathway of a client, or null when there is no such client. */
export function safeguardingOf(session: Pick<Session, 'charts'>, client: Id): SafeguardingState | null {
  const chart = session.charts[`safeguarding:${client}`];
  if (chart === undefined) return null;
  const context = chart.context as SafeguardingContext;
  if (typeof chart.value === 'string')
    return { state: chart.value as 'none' | 'settled', parts: null, context };
  return { state: 'open', parts: chart.value['open'] as unknown as SafeguardingParts, context };
}

/** Rule S4: with "yes" and "unsure" a named person has seen it, or was told by whoever says so. */
export function owedOf(
  { decision, notified, contactPlan }: SafeguardingParts,
  threshold: SafeguardingThreshold | null,
): readonly SafeguardingOwed[] {
  const isLeadOwed =
    (threshold === 'yes' || threshold === 'unsure') && (notified === 'notYet' || notified === 'offered');
  return [
    ...(decision === 'undecided' ? (['decision'] as const) : []),
    ...(isLeadOwed ? (['lead'] as const) : []),
    ...(contactPlan === 'none' ? (['contactPlan'] as const) : []),
  ];
}
