import type { Effect, Id, Instant, Person, Policy, ProtocolEvent, Refusal } from '@holdfast/protocol';
import type { StateValue } from 'xstate';

/** The concepts of a session, in the fixed order in which `step` hands a message to them. */
export const CONCEPTS = [
  'lifecycle',
  'item',
  'presence',
  'contact',
  'risk',
  'crisis',
  'run',
  'help',
  'alert',
  'closing',
  'recording',
] as const;
export type ConceptName = (typeof CONCEPTS)[number];

/** One chart as plain JSON: XState's value and context, nothing else. */
export interface ChartState {
  readonly value: StateValue;
  readonly context: ChartContext;
}

/** Every chart keeps its deadlines here, by name: an instant, never a timer (design, sentence 2). */
export interface ChartContext {
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/** `run:c1`, `item:identity`, `lifecycle:session` … */
export type ChartKey = `${ConceptName}:${string}`;

/** Plain JSON, small, the same on a phone, in a server, in a test. Holds no personal data. */
export interface Session {
  readonly version: 1;
  readonly id: Id;
  readonly tenant: Id;
  readonly drill: boolean;
  readonly policy: Policy;
  readonly policyHash: string;
  readonly people: readonly Person[];
  readonly createdAtMs: Instant;
  /** After a start of the session server no deadline fires before this (rule: restartHoldMs). */
  readonly heldUntilMs: Instant | null;
  readonly charts: Readonly<Record<ChartKey, ChartState>>;
}

export interface StepResult {
  readonly session: Session;
  readonly events: readonly ProtocolEvent[];
  readonly effects: readonly Effect[];
  /** Why a command was not taken; then nothing that it asked for has changed. */
  readonly refusal: Refusal | null;
}
