import type { Id, Instant, Person, Policy } from '@holdfast/protocol';
import { initialTransition } from 'xstate';
import { concepts } from './concepts.js';
import type { ChartContext, ChartKey, ChartState, Session } from './session.js';

/** What a session begins with. */
export interface NewSession {
  /** Unique within its tenant. */
  readonly id: Id;
  /** Which of the host's organisations it belongs to. */
  readonly tenant: Id;
  /** A rehearsal; needs a drill policy (A27). */
  readonly drill: boolean;
  /** Checked by `checkPolicy`; frozen into the session. */
  readonly policy: Policy;
  /** `hashOf(policy)`. */
  readonly policyHash: string;
  /** One practitioner and one client. The people of the policy's duty list are added where they are missing. */
  readonly people: readonly Person[];
  /** Now, on the authority's clock. */
  readonly atMs: Instant;
}

/** A new session: every chart in its first state. */
export function createSession(options: NewSession): Session {
  const { id, tenant, drill, policy, policyHash, atMs } = options;
  const people = [...options.people, ...dutyPeople(options)];
  const charts: Record<ChartKey, ChartState> = {};
  for (const concept of concepts) {
    for (const instance of concept.startsWith({ people, policy })) {
      const input = { instance, session: { id, people, policy }, message: null, atMs };
      const [made] = initialTransition(concept.machine, input as never);
      charts[`${concept.name}:${instance}`] = { value: made.value, context: made.context as ChartContext };
    }
  }
  return {
    version: 1,
    id,
    tenant,
    drill,
    policy,
    policyHash,
    people,
    createdAtMs: atMs,
    heldUntilMs: null,
    charts,
  };
}

const dutyPeople = ({ people, policy }: NewSession): readonly Person[] =>
  policy.duty
    .filter((entry) => people.every((person) => person.id !== entry.person))
    .map((entry) => ({ id: entry.person, role: 'duty' }));
