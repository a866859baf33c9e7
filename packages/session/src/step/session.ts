import type {
  Appointment,
  Effect,
  Id,
  Instant,
  Person,
  Policy,
  ProtocolEvent,
  Refusal,
} from '@holdfast/protocol';
import type { StateValue } from 'xstate';

/** The concepts of a session, in the fixed order in which `step` hands a message to them. */
export const CONCEPTS = [
  'lead',
  'lifecycle',
  'item',
  'presence',
  'contact',
  'attendance',
  'risk',
  'crisis',
  'safeguarding',
  'run',
  'help',
  'consult',
  'disclosure',
  'told',
  'staffNote',
  'alert',
  'checklist',
  'supervision',
  'plan',
  'route',
  'alternative',
  'closing',
  'report',
  'recording',
  'participant',
  'meeting',
  'callBack',
  'signal',
  'privacy',
  'pause',
  'channel',
  'observation',
  'fault',
] as const;
/** The name of a concept; each has its folder under `machines`. */
export type ConceptName = (typeof CONCEPTS)[number];

/** One chart as plain JSON: XState's value and context, nothing else. */
export interface ChartState {
  /** Which states are active. */
  readonly value: StateValue;
  /** What the chart keeps beside them. */
  readonly context: ChartContext;
}

/** Every chart keeps its deadlines here, by name: an instant, never a timer (design, sentence 2). */
export interface ChartContext {
  /** Instants on the authority's clock, by name. */
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/** `run:c1`, `item:identity`, `lifecycle:session` … */
export type ChartKey = `${ConceptName}:${string}`;

/** Plain JSON, small, the same on a phone, in a server, in a test. Holds no personal data. */
export interface Session {
  /** Of this shape. */
  readonly version: 2;
  /** Unique within its tenant. */
  readonly id: Id;
  /** Which of the host's organisations it belongs to. */
  readonly tenant: Id;
  /** A rehearsal (A27). */
  readonly drill: boolean;
  /** What the host knew beforehand: kind, first or not, time, claims. */
  readonly appointment: Appointment;
  /** Frozen when the session was made (A08, A51). */
  readonly policy: Policy;
  /** SHA-256 of the policy, in hex; stands in every event. */
  readonly policyHash: string;
  /** Everybody, the duty list included. Names are in the vault. */
  readonly people: readonly Person[];
  /** On the authority's clock. */
  readonly createdAtMs: Instant;
  /** After a start of the session server no deadline fires before this (rule: restartHoldMs). */
  readonly heldUntilMs: Instant | null;
  /** The state of every chart. */
  readonly charts: Readonly<Record<ChartKey, ChartState>>;
}

/** What one input came to. The authority stores it as a whole, or nothing of it. */
export interface StepResult {
  /** As it is afterwards. */
  readonly session: Session;
  /** For the record, in order; the authority chains them. */
  readonly events: readonly ProtocolEvent[];
  /** To be done once this is stored. */
  readonly effects: readonly Effect[];
  /** Why a command was not taken; then nothing that it asked for has changed. */
  readonly refusal: Refusal | null;
}
