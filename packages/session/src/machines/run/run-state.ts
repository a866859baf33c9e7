import type { AlertCause, Decision, Id, Instant } from '@holdfast/protocol';
import type { Heard, Passed, Said } from '../../step/concept.js';
import type { Session } from '../../step/session.js';

/** Why a run was opened. It changes what opens with it, never whose fault it is. */
export type RunCause = 'contactLost' | 'exit' | 'leftAtRisk' | 'vanishedWaiting' | 'callCut' | 'noShow';

/** What a person reported, when it came later than they said it, or about a run that was over (L18). */
export interface LateReport {
  readonly report: 'call' | 'act' | 'together' | 'disposition';
  readonly outcome: string | null;
  readonly by: Id;
  readonly saidAtMs: Instant;
  /** When it arrived. */
  readonly atMs: Instant;
}

/** What the run keeps beside the states of its parts. Deadlines: wait, attempt, phoning, decide, act, lookAgain, word, repeat. */
export interface RunContext {
  readonly client: Id;
  /** Runs of this client so far. */
  readonly count: number;
  /** The open run, or the last one: `c1.r1`. */
  readonly run: Id | null;
  readonly cause: RunCause | null;
  /** One owner; nobody else's silence counts. */
  readonly owner: Id | null;
  readonly openedAtMs: Instant | null;
  /** The run's clock starts here. */
  readonly lastContactMs: Instant | null;
  /** Contact came back; only a person's word, or a decision that is still open, keeps the run open. */
  readonly isBack: boolean;
  /** A person said that they are together while the evidence said otherwise. */
  readonly hasWord: boolean;
  /** How the run ends once nothing is left open. */
  readonly outcome: string | null;
  /** Attempts to ring in this run, and in the present part of phoning. */
  readonly attempt: number;
  readonly attemptOfPart: number;
  readonly hasPhoned: boolean;
  /** A guardian answered a call of this run: whoever was asked is not offered again (J13). */
  readonly hasGuardianAnswered: boolean;
  /** A person overrode the block on ringing, with a reason. */
  readonly ringingAllowed: boolean;
  /** The duty role was told in this run that risk is active. */
  readonly isDutyTold: boolean;
  readonly decision: Decision | null;
  /** Duty persons who were alerted for this client: they may report and take over. */
  readonly helpers: readonly Id[];
  /** The duty person who took over while the practitioner was away, until the practitioner is back. */
  readonly standIn: Id | null;
  readonly handOverTo: Id | null;
  /** What nobody on the list answered. */
  readonly exhausted: { readonly about: Id; readonly cause: AlertCause } | null;
  /** The newest report that came late, of this run or an earlier one. */
  readonly late: LateReport | null;
  /** How often everybody was told, over all runs: a repeat has an id of its own (H09). */
  readonly repeats: number;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/** What a run has when it opens, and before the first one: nothing has happened in it. */
export const NOTHING_YET = {
  isBack: false,
  hasWord: false,
  outcome: null,
  attempt: 0,
  attemptOfPart: 0,
  hasPhoned: false,
  hasGuardianAnswered: false,
  ringingAllowed: false,
  isDutyTold: false,
  decision: null,
  handOverTo: null,
  exhausted: null,
  deadlines: {},
} as const satisfies Partial<RunContext>;

export type RunCommand = Said<
  | 'ladder.recordCall'
  | 'ladder.decide'
  | 'ladder.recordAct'
  | 'ladder.confirmTogether'
  | 'ladder.standDown'
  | 'ladder.dispose'
  | 'ladder.allowRinging'
  | 'ladder.offerHandOver'
  | 'ladder.takeOver'
>;

/** The run hears its own events too: the end of one part is what opens the next. */
export type RunEvent =
  | RunCommand
  | Passed
  | Heard<
      | 'contact.lost'
      | 'contact.recovered'
      | 'contact.byPhone'
      | 'contact.budgetSpent'
      | 'call.cut'
      | 'call.movedToVideo'
      | 'person.alive'
      | 'person.gone'
      | 'person.left'
      | 'person.exited'
      | 'consent.withdrawn'
      | 'risk.raised'
      | 'attendance.noShowOpened'
      | 'privacy.compromised'
      | 'privacy.resolved'
      | 'alert.sent'
      | 'alert.accepted'
      | 'alert.listExhausted'
      | 'run.opened'
      | 'run.clientLeft'
      | 'run.ownerChanged'
      | 'run.ringingAllowed'
      | 'run.needsConfirmation'
      | 'run.wordGiven'
      | 'run.ended'
      | 'run.lateReport'
      | 'reconnecting.ended'
      | 'phoning.recorded'
      | 'phoning.ended'
      | 'deciding.acted'
      | 'deciding.decided'
      | 'deciding.stoodDown'
      | 'lead.changed'
    >;

/** What guards, changes and records of the run's chart are given. */
export interface RunArgs {
  readonly context: RunContext;
  readonly event: RunEvent;
}

/** A detail of an event of another machine. */
export const detail = (event: RunEvent, name: string): unknown =>
  'details' in event ? event.details?.[name] : undefined;

/** The states of a run's parts, as its chart has them. */
export interface RunParts {
  /** Waits for media to come back (L4). */
  readonly reconnecting: 'idle' | 'waiting' | 'done';
  /** Somebody rings the client (L5, L6). */
  readonly phoning: 'idle' | 'attempting' | 'done';
  /** A decision is due, is carried out, is settled, or waits to be looked at again (L9-L13). */
  readonly deciding: 'idle' | 'undecided' | 'acting' | 'settling' | 'waiting';
  /** A person is to say that the client can talk (L14). */
  readonly word: 'idle' | 'awaited';
  /** Somebody owns the run, or nobody on the list answered (L15). */
  readonly staff: 'answering' | 'exhausted';
}

/** A run as others read it: for projection, circumstances and tests. */
export interface RunState {
  /** Whether a run is open. */
  readonly state: 'none' | 'open' | 'exhausted';
  /** Null while no run is open. */
  readonly parts: RunParts | null;
  /** What the chart keeps; of the last run when none is open. */
  readonly context: RunContext;
}

/** Reads the run of a client, or null when there is no such client. */
export function runOf(session: Pick<Session, 'charts'>, client: Id): RunState | null {
  const chart = session.charts[`run:${client}`];
  if (chart === undefined) return null;
  const context = chart.context as RunContext;
  if (typeof chart.value === 'string') return { state: 'none', parts: null, context };
  const parts = chart.value['open'] as unknown as RunParts;
  return { state: parts.staff === 'exhausted' ? 'exhausted' : 'open', parts, context };
}
