import {
  STAFF_ROLES,
  type Appointment,
  type Id,
  type Instant,
  type Person,
  type Policy,
} from '@holdfast/protocol';
import { firstMove } from './chart-moves.js';
import { concepts } from './concepts.js';
import type { ChartKey, ChartState, Session } from './session.js';

/** What a session begins with. */
export interface NewSession {
  /** Unique within its tenant. */
  readonly id: Id;
  /** Which of the host's organisations it belongs to. */
  readonly tenant: Id;
  /** A rehearsal; needs a drill policy (A27). */
  readonly drill: boolean;
  /** What the host knows beforehand. Its type must be one that the policy holds. */
  readonly appointment: Appointment;
  /** Checked by `checkPolicy`; frozen into the session. */
  readonly policy: Policy;
  /** `hashOf(policy)`. */
  readonly policyHash: string;
  /** One practitioner and one client. The policy's staff are added where they are missing. */
  readonly people: readonly Person[];
  /** Now, on the authority's clock. */
  readonly atMs: Instant;
}

/** A new session: every chart in its first state. */
export function createSession(options: NewSession): Session {
  const { id, tenant, drill, appointment, policy, policyHash, atMs } = options;
  const people = [...options.people, ...staffPeople(options)];
  const about = { id, people, policy, appointment };
  const charts: Record<ChartKey, ChartState> = {};
  for (const concept of concepts) {
    for (const instance of concept.startsWith(about)) {
      const input = { instance, session: about, message: null, atMs };
      charts[`${concept.name}:${instance}`] = firstMove(concept.machine, input).chart;
    }
  }
  return {
    version: 2,
    id,
    tenant,
    drill,
    appointment,
    policy,
    policyHash,
    people,
    createdAtMs: atMs,
    heldUntilMs: null,
    charts,
  };
}

/** Who is on several lists has the role of the first; `rolesOf` knows the others. */
function staffPeople({ people, policy }: NewSession): readonly Person[] {
  const listed = STAFF_ROLES.flatMap((role) =>
    policy.staff[role].map(({ person }): Person => ({ id: person, role })),
  );
  return listed.filter(
    ({ id }, index) =>
      people.every((person) => person.id !== id) && listed.findIndex((other) => other.id === id) === index,
  );
}
