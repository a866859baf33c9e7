import { Disposition, type Id, type Instant } from '@holdfast/protocol';
import type { Delivered, Emitted, Heard, Said } from '../../step/concept.js';
import { ENDED_BY, isSupervised, OPENED_BY, type PathwayName, type REACHED_BY } from './pathways.js';

/** A decision: what, whose, when (A20). */
export interface Decided {
  /** What was decided, as a code. */
  readonly outcome: string | null;
  /** Whose decision it was. */
  readonly by: Id | null;
  /** When it was taken. */
  readonly atMs: Instant;
}

/** A pathway that is over: what was decided in it, by whom, when, and where the reasons are written down (A20, F9). */
export interface Walked {
  /** Unique in the session: `crisis1`, or the run's own id. */
  readonly id: Id;
  /** Which one. */
  readonly pathway: PathwayName;
  /** Null where the opening was not recorded. */
  readonly openedAtMs: Instant | null;
  /** When it was settled. */
  readonly endedAtMs: Instant;
  /** How it ended: a person's word, or, for a run, what the evidence says. */
  readonly outcome: string | null;
  /** The last decision of a person in it; null where nobody had to decide. */
  readonly decision: Decided | null;
  /** Where the host keeps the reasons; null while nobody said. */
  readonly rationaleRef: Id | null;
  /** Who looked back at it, and where that is written down; null while that is owed, or where it never is (F3). */
  readonly review: { readonly by: Id; readonly atMs: Instant; readonly rationaleRef: Id } | null;
}

export interface SupervisionContext {
  readonly walked: readonly Walked[];
  /** When the pathways that are open now opened. */
  readonly openedAtMs: Readonly<Partial<Record<PathwayName, Instant>>>;
  /** What is known of the run that is open now. */
  readonly run: {
    readonly isReached: boolean;
    readonly isNoShow: boolean;
    readonly decision: Decided | null;
  };
  readonly deadlines: Readonly<Record<string, Instant>>;
}

export const NO_RUN: SupervisionContext['run'] = { isReached: false, isNoShow: false, decision: null };

/** Of a pathway whose machine may be another package's or not there at all: heard by the name of its event. */
type HeardOfAny = Delivered<Omit<Emitted, 'type'> & { readonly type: 'crisis.opened' | 'crisis.resolved' }>;
export type SupervisionEvent =
  | Said<'closing.giveRationale' | 'supervision.settle'>
  | Heard<'run.opened' | 'run.ended' | 'deciding.decided' | (typeof REACHED_BY)[number]>
  | HeardOfAny;

const isSaid = (event: SupervisionEvent): event is Said<'closing.giveRationale' | 'supervision.settle'> =>
  event.type === 'closing.giveRationale' || event.type === 'supervision.settle';

export const openedBy = (event: SupervisionEvent): PathwayName | undefined => OPENED_BY[event.type];
export const endedBy = (event: SupervisionEvent): PathwayName | undefined => ENDED_BY[event.type];

const decisionOf = (
  event: Exclude<SupervisionEvent, Said<'closing.giveRationale' | 'supervision.settle'>>,
): Decided => ({
  outcome: event.outcome ?? null,
  by: event.by.person,
  atMs: event.atMs,
});

/** A run also ends by what media and devices say: that is nobody's decision. */
const lastDecision = (context: SupervisionContext, event: SupervisionEvent): Decided | null => {
  if (isSaid(event)) return null;
  if (event.type !== 'run.ended' || Disposition.safeParse(event.outcome).success) return decisionOf(event);
  return context.run.decision;
};

export const decided = (event: SupervisionEvent): Decided | null =>
  isSaid(event) ? null : decisionOf(event);

/** The pathway that this event ends. */
export function walkedBy(context: SupervisionContext, event: SupervisionEvent): Walked | null {
  const ended = endedBy(event);
  if (ended === undefined || isSaid(event)) return null;
  const pathway = ended === 'run' && context.run.isNoShow ? 'noShow' : ended;
  const count = context.walked.filter((known) => known.pathway === pathway).length;
  const ref = event.details?.['rationaleRef'];
  return {
    id: ended === 'run' ? (event.subject?.id ?? `run${count + 1}`) : `${pathway}${count + 1}`,
    pathway,
    openedAtMs: context.openedAtMs[ended] ?? (isSupervised(ended) ? null : event.atMs),
    endedAtMs: event.atMs,
    outcome: event.outcome ?? null,
    decision: lastDecision(context, event),
    rationaleRef: typeof ref === 'string' ? ref : null,
    review: null,
  };
}

/** One that will be walked is still open. */
const isAnyOpen = ({ run }: SupervisionContext, { now }: SupervisionEvent): boolean =>
  now.openPathways.some((name) => isSupervised(name as PathwayName)) ||
  (now.openRun !== null && run.isReached);

/** F10: another pathway, walked or still open, says why the session was not held. */
export const isWalkedBy = (context: SupervisionContext, event: SupervisionEvent): boolean => {
  const ended = endedBy(event);
  if (ended === 'run') return context.run.isReached;
  if (ended !== 'endedEarly') return ended !== undefined;
  return (
    !isSaid(event) && event.outcome === 'early' && context.walked.length === 0 && !isAnyOpen(context, event)
  );
};

/** Whether somebody has still to look back at it (F3). */
export const isReviewOwed = ({ pathway, review }: Walked): boolean =>
  isSupervised(pathway) && review === null;

/** The pathway that a command names, while what it asks for is still owed. */
export function meantBy({ walked }: SupervisionContext, event: SupervisionEvent): Walked | undefined {
  if (event.type === 'supervision.settle')
    return walked.find((one) => one.id === event.pathway && isReviewOwed(one));
  if (event.type === 'closing.giveRationale')
    return walked.find(({ id, rationaleRef }) => id === event.pathway && rationaleRef === null);
  return undefined;
}
