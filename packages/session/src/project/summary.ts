import { ITEMS, type Answer, type Id, type Instant, type ItemName, type Role } from '@holdfast/protocol';
import type { ClosingContext } from '../machines/closing/closing.machine.js';
import type { FollowUp } from '../machines/closing/follow-ups.js';
import type { ItemContext } from '../machines/item/answers.js';
import type { LifecycleContext } from '../machines/lifecycle/lifecycle.machine.js';
import type { ReportContext } from '../machines/report/report.machine.js';
import type { SupervisionContext, Walked } from '../machines/supervision/walked.js';
import type { ChartState, Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';

/** How one set-up item stood at the end, without its words. */
export interface SummaryItem {
  /** `confirmed`, `overridden`, `expired` … */
  readonly state: string;
  /** Null where nobody answered, or the answer was too old to count. */
  readonly answer: Answer | null;
  /** How identity was checked. */
  readonly method: string | null;
  /** When it was answered or passed over. */
  readonly atMs: Instant | null;
  /** Why it was passed over (A19, B09). */
  readonly overrideReason: string | null;
}

/** A session in codes, ready for the host's own notes (A44, E22). No words of the vault: `takeVault` gives those. */
export interface SessionSummary {
  /** Of this shape. */
  readonly version: 1;
  /** Of the session. */
  readonly session: Id;
  /** Whose it is. */
  readonly tenant: Id;
  /** A rehearsal: not for anybody's notes. */
  readonly drill: boolean;
  /** Which rules held (A51). */
  readonly policy: { readonly id: Id; readonly version: string; readonly hash: string };
  /** `closed`, or how far it is: a summary can be asked for at any time. */
  readonly stage: string;
  /** When it went live, ended, and was closed; null where it did not. */
  readonly liveAtMs: Instant | null;
  /** Null while it goes on. */
  readonly endedAtMs: Instant | null;
  /** Null until it is closed. */
  readonly closedAtMs: Instant | null;
  /** Identity, privacy, location and every other item that was asked (E22). */
  readonly items: Readonly<Partial<Record<ItemName, SummaryItem>>>;
  /** Reasons of an emergency override of the gate, by threshold (B09, H14). */
  readonly gateOverrides: { readonly media: string | null; readonly live: string | null };
  /** Who was there at any time. */
  readonly attended: readonly { readonly person: Id; readonly role: Role }[];
  /** Each pathway that was walked: decision, decider, instant, reference, and whether it was looked back at (A20, A55). */
  readonly pathways: readonly Walked[];
  /** How the session ended, and who said so (A48). */
  readonly disposition: { readonly code: string; readonly by: Id | null } | null;
  /** What is owed, with owner and date (C22). */
  readonly followUps: readonly FollowUp[];
  /** How many near misses were flagged (A47); none of them names anybody. */
  readonly nearMisses: number;
}

const chartOf = (session: Session, key: keyof Session['charts']): ChartState | undefined =>
  session.charts[key];

function itemsOf(session: Session): SessionSummary['items'] {
  const asked = ITEMS.flatMap((item) => {
    const chart = chartOf(session, `item:${item}`);
    if (chart === undefined) return [];
    const { answer, method, atMs, overrideReason } = chart.context as ItemContext;
    return [[item, { state: stateName(chart.value), answer, method, atMs, overrideReason }] as const];
  });
  return Object.fromEntries(asked);
}

/**
 * What a host writes into its own record of a session (rule X9). Pure: the same session gives the same summary. Before
 * the close it says how things stand; `stage` says which.
 */
export function summaryOf(session: Session): SessionSummary {
  const closing = chartOf(session, 'closing:session')?.context as ClosingContext | undefined;
  const past = chartOf(session, 'supervision:session')?.context as SupervisionContext | undefined;
  const reports = chartOf(session, 'report:session')?.context as ReportContext | undefined;
  const lifecycle = chartOf(session, 'lifecycle:session');
  const { overridden } = (lifecycle?.context ?? {}) as Partial<LifecycleContext>;
  const { id, version } = session.policy;
  const wasHere = (person: Id): boolean =>
    !['none', 'notYet'].includes(stateName(chartOf(session, `presence:${person}`)?.value ?? 'none'));
  return {
    version: 1,
    session: session.id,
    tenant: session.tenant,
    drill: session.drill,
    policy: { id, version, hash: session.policyHash },
    stage: stateName(lifecycle?.value ?? 'none'),
    liveAtMs: closing?.liveAtMs ?? null,
    endedAtMs: closing?.endedAtMs ?? null,
    closedAtMs: closing?.closedAtMs ?? null,
    items: itemsOf(session),
    gateOverrides: { media: overridden?.media ?? null, live: overridden?.live ?? null },
    attended: session.people
      .filter((person) => wasHere(person.id))
      .map((person) => ({ person: person.id, role: person.role })),
    pathways: [...(past?.walked ?? [])],
    disposition: closing?.disposition == null ? null : { code: closing.disposition, by: closing.by },
    followUps: [...(closing?.followUps ?? [])],
    nearMisses: reports?.nearMissCount ?? 0,
  };
}
