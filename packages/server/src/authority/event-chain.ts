import { createHash } from 'node:crypto';
import type {
  Actor,
  AuditEvent,
  EventDetails,
  EventKind,
  Id,
  Instant,
  ProtocolEvent,
  Subject,
} from '@holdfast/protocol';
import { chainEvent } from '@holdfast/protocol/audit';
import type { Session } from '@holdfast/session/authority';
import type { SessionRecord } from '../store/store.js';

/** The session server itself, as an actor. */
export const SERVER: Actor = { person: null, role: null, source: 'server', device: null };

/** An event that the authority states itself, beside those of `step`. */
export interface Note {
  readonly kind: EventKind;
  readonly rules: readonly string[];
  readonly subject: Subject | null;
  readonly actor: Actor;
  readonly outcome?: string;
  readonly details?: EventDetails;
}

/** A note as a protocol event. */
export const noteEvent = (
  { kind, rules, subject, actor, outcome, details }: Note,
  cause: Id,
  atMs: Instant,
): ProtocolEvent => ({
  kind,
  rules: [...rules],
  subject,
  actor,
  occurredAtMs: atMs,
  saidAtMs: null,
  cause,
  from: null,
  to: null,
  outcome: outcome ?? null,
  details: details ?? {},
});

/** Gives events their place in the session's record and in its hash chain, in order (A02, A51). */
export function chainEvents(
  session: Session,
  place: Pick<SessionRecord, 'lastSequence' | 'lastHash'>,
  events: readonly ProtocolEvent[],
  recordedAtMs: Instant,
): readonly AuditEvent[] {
  const { id, tenant, drill, policy, policyHash } = session;
  const prefix = createHash('sha256').update(`${tenant}/${id}`).digest('hex').slice(0, 24);
  let prevHash = place.lastHash;
  return events.map((event, index) => {
    const sequence = place.lastSequence + index + 1;
    const chained = chainEvent(
      {
        ...event,
        schemaVersion: 1,
        id: `ev-${prefix}-${sequence}`,
        tenant,
        session: id,
        sequence,
        recordedAtMs,
        policy: { id: policy.id, version: policy.version, hash: policyHash },
        drill,
      },
      prevHash,
    );
    prevHash = chained.hash;
    return chained;
  });
}
