import type { AuditEvent, Code, Id, Instant } from '@holdfast/protocol';
import type { Sink } from './sink.js';

/** What waits for the practitioner, where waiting costs; each goes to the duty role by itself when nobody answers. */
export type AttentionCause =
  'contactLost' | 'toRing' | 'toDecide' | 'toReport' | 'toConfirm' | 'askedForSomeone' | 'signal';

/** That something waits for the practitioner of a session, for the host's push to another device of theirs (H33). */
export interface AttentionNote {
  /** Tells a repeat apart. */
  readonly id: Id;
  /** Of the session. */
  readonly tenant: Id;
  /** Whose practitioner it is, the host knows; of several the one who leads (`lead.changed`). */
  readonly session: Id;
  /** A rehearsal. */
  readonly drill: boolean;
  /** For the host's choice of words. A push may be seen by others: let it say only that the page wants somebody. */
  readonly cause: AttentionCause;
  /** When it began to wait, on the authority's clock. */
  readonly atMs: Instant;
}

const CAUSES: Readonly<Partial<Record<AuditEvent['kind'], AttentionCause>>> = {
  'contact.lost': 'contactLost',
  'phoning.opened': 'toRing',
  'deciding.opened': 'toDecide',
  'deciding.reopened': 'toDecide',
  'deciding.actDue': 'toReport',
  'run.wordDue': 'toConfirm',
  'call.checkDue': 'toConfirm',
  'help.asked': 'askedForSomeone',
  'privacy.signalled': 'signal',
};

const noteOf = (event: AuditEvent): AttentionNote[] => {
  const cause = CAUSES[event.kind];
  if (cause === undefined) return [];
  const { id, tenant, session, drill, occurredAtMs } = event;
  return [{ id, tenant, session, drill, cause, atMs: occurredAtMs }];
};

/**
 * Tells the host when something waits for a practitioner, so that it can push to another device of theirs: their page may be
 * in a muted tab, or behind "do not disturb" (H33). A sink like every other: from the record, at least once and in order.
 * Nothing waits for it; who does not answer is passed by as ever.
 */
export function attentionSink(options: {
  /** Default `attention`. Keep it over restarts. */
  readonly name?: Code;
  readonly tell: (notes: readonly AttentionNote[]) => void | Promise<void>;
}): Sink {
  return {
    name: options.name ?? 'attention',
    async write(events) {
      const notes = events.flatMap(noteOf);
      if (notes.length > 0) await options.tell(notes);
    },
    close: async () => {},
  };
}
