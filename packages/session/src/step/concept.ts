import type {
  Actor,
  AlertCause,
  Appointment,
  Command,
  CrisisFact,
  Durations,
  EventDetails,
  EventKind,
  Fact,
  Id,
  Instant,
  LadderPlan,
  Policy,
  Precedence,
  RefusalCode,
  SafeChannel,
  StaffRole,
  Subject,
} from '@holdfast/protocol';
import type { AnyStateMachine } from 'xstate';
import type { SafeguardingOwed } from '../machines/safeguarding/safeguarding-state.js';
import type { ConceptName, Session } from './session.js';

/** What a machine emits by XState's `emit`: it becomes an audit event, and a message to the other machines. */
export interface Emitted {
  readonly type: EventKind;
  /** Rule numbers of docs/safety-protocol.md. */
  readonly rules: readonly string[];
  readonly subject: Subject | null;
  readonly outcome?: string | null;
  readonly details?: EventDetails;
  /** Asks for an alert of the staff (the alert machine answers to it). */
  readonly alert?: AlertRequest;
}

/** An alert to be raised: once per `about` (a run, a call for help, a crisis, a client) and cause. */
export interface AlertRequest {
  readonly cause: AlertCause;
  readonly client: Id;
  readonly about: Id;
}

/** Emitted instead of anything else when a command cannot be taken: `step` then changes nothing. */
export interface Refused {
  readonly type: 'refused';
  readonly code: RefusalCode;
  readonly missing?: readonly string[];
}

/** A deadline of this chart has passed. `step` has already taken it out of `context.deadlines`. */
export interface DeadlinePassed {
  readonly type: 'deadline.passed';
  readonly deadline: string;
  readonly dueAtMs: Instant;
}

/** The gate at one threshold (H13, H14). */
export type GateState = 'open' | 'settled' | 'overridden';

/** What a machine may know of the others, gathered by `step` at the moment of delivery. Read only, never stored. */
export interface Circumstances {
  readonly limits: Durations;
  readonly phoneAttempts: number;
  /** Of the client that the chart concerns (or the session's only client). */
  readonly client: Id;
  readonly isRiskActive: boolean;
  readonly isCrisisOpen: boolean;
  /** Pathways of this client that somebody must still settle, by name (A34). */
  readonly openPathways: readonly string[];
  /** Kinds of open follow-ups that the policy wants settled or handed over before the close (X7). */
  readonly owed: readonly string[];
  /** Pathways whose reasons are neither given nor handed over to a named person (F9). */
  readonly unreasoned: readonly Id[];
  /** The client asked for someone and has had no answer yet. */
  readonly isHelpAsked: boolean;
  readonly precedence: Precedence;
  readonly plan: LadderPlan;
  readonly gate: {
    readonly media: GateState;
    readonly live: GateState;
    readonly missing: { readonly media: readonly string[]; readonly live: readonly string[] };
  };
  readonly stage: string;
  /** State of this client's contact chart. */
  readonly contact: string;
  readonly clientPresence: string;
  readonly practitionerPresence: string;
  /** The emergency contact was agreed and is not marked unsafe (H05). */
  readonly mayRingContact: boolean;
  /** The back-up channel was agreed and marked as safe by the client (A26). */
  readonly isBackUpSafe: boolean;
  /** By choice, outside of a run: the number may be rung. */
  readonly mayCall: boolean;
  /** By choice: the back-up channel is words, and the client marked it as safe. */
  readonly mayWrite: boolean;
  /** The open run of this client, if any. */
  readonly openRun: Id | null;
  readonly runOwner: Id | null;
  readonly practitioner: Id;
  /** Everybody who leads or has led this session, in order (D2). */
  readonly led: readonly Id[];
  /** Gone, left, exited, or not come yet. */
  readonly isPractitionerGone: boolean;
  /** What an open safeguarding pathway still owes, by name. */
  readonly safeguardingOwed: readonly SafeguardingOwed[];
  /** Ways to the client that they marked as safe in this session. */
  readonly safeChannels: readonly SafeChannel[];
  /** The policy's list of help (A54). */
  readonly referrals: readonly string[];
  /** Versions of the policy's texts. */
  readonly texts: Policy['texts'];
  /** What is known of what a crisis asks again: items that have an answer now. */
  readonly given: readonly CrisisFact[];
  /** Who was asked by name for advice, while that goes on (C20). */
  readonly consulted: Id | null;
  /** The policy's lists of staff, in order. */
  readonly staff: Readonly<Record<StaffRole, readonly Id[]>>;
  /** What the host knew beforehand. */
  readonly appointment: Appointment;
  /** Reasons that an answer about suitability may name (A52). */
  readonly suitabilityReasons: readonly string[];
  /** Claims of the policy that the host did not assert, while they keep the gate shut (A46). */
  readonly missingClaims: readonly string[];
  /** Video was found not suitable, and nothing was offered instead yet (A53). */
  readonly isAlternativeOwed: boolean;
  /** A person said that nothing may go to a guardian (H30). */
  readonly isGuardianException: boolean;
  /** Participants who are admitted: beside client and practitioner nobody else may be in the room (E06). */
  readonly inRoom: readonly Id[];
  /** In a joint meeting: the client waits outside of the shared room (J17). */
  readonly isSetApart: boolean;
  /** Needed participants who were lost, while nobody said how to go on without them. */
  readonly missed: readonly Id[];
}

/** What a machine receives: the message, when, from whom, and the circumstances. */
export type Delivered<M> = M & {
  /** The instant on the authority's clock. */
  readonly atMs: Instant;
  /** When the person said it, when that was earlier. */
  readonly saidAtMs: Instant | null;
  readonly by: Actor;
  readonly now: Circumstances;
};

export type Message = Command | Fact | Emitted | DeadlinePassed;

/** Some names are both a fact and an event (`person.left`): only what a machine emitted carries rules. */
export const isEmitted = (message: Message): message is Emitted => 'rules' in message;

/** What a machine is written against: commands said, facts stated, events heard of the other machines. */
export type Said<T extends Command['type']> = Delivered<Extract<Command, { type: T }>>;
export type Stated<T extends Fact['type']> = Delivered<Extract<Fact, { type: T }>>;
export type Heard<K extends EventKind> = K extends unknown
  ? Delivered<Omit<Emitted, 'type'> & { readonly type: K }>
  : never;
export type Passed = Delivered<DeadlinePassed>;

/** A concept as `step` knows it: its machine and which of its charts a message concerns. */
export interface Concept {
  readonly name: ConceptName;
  /** Called once a chart; the chart's instance and the message that made it are the machine's input. */
  readonly machine: AnyStateMachine;
  /** Instances that exist from the beginning of a session. */
  readonly startsWith: (session: Pick<Session, 'people' | 'policy' | 'appointment'>) => readonly string[];
  /** Instances that a message concerns. One that does not exist yet is made first. */
  readonly concerns: (message: Message, session: Session) => readonly string[];
  /** Deadlines that must wait although they are due (a run while contact is coming back). */
  readonly holds?: (session: Session, instance: string, deadline: string) => boolean;
}

/** Input of every machine. */
export interface ChartInput {
  readonly instance: string;
  readonly session: Pick<Session, 'id' | 'people' | 'policy' | 'appointment'>;
  readonly message: Message | null;
  readonly atMs: Instant;
}
