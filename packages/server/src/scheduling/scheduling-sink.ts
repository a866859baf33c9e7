import type { AuditEvent, Code, Id, Instant } from '@holdfast/protocol';
import type { Sink } from '../sinks/sink.js';

/** What happened, as a calendar needs it (B08). Ids, codes, instants and dates: no names, no words, no pathway. */
export type SchedulingChange =
  | { readonly what: 'moved'; readonly startsAtMs: Instant }
  | { readonly what: 'cancelled'; readonly reason: Code }
  /** The client came: how late, null without a time. */
  | { readonly what: 'arrived'; readonly lateByMs: number | null }
  | { readonly what: 'late'; readonly startsAtMs: Instant | null }
  /** A person said that the client did not come. */
  | { readonly what: 'noShow' }
  | { readonly what: 'begun' }
  | { readonly what: 'closed' }
  /** Something is owed after the session, by a member of staff, on a day. */
  | {
      readonly what: 'followUpDue';
      readonly followUp: Id;
      readonly kind: Code | null;
      readonly owner: Id;
      /** `YYYY-MM-DD`. */
      readonly dueOn: string;
    }
  | { readonly what: 'followUpHandedOver'; readonly followUp: Id; readonly owner: Id }
  | { readonly what: 'followUpSettled'; readonly followUp: Id };

/** A change with its place: `id` tells a repeat apart. */
export type SchedulingNote = SchedulingChange & {
  /** The same in a repeat. */
  readonly id: Id;
  /** Of the session. */
  readonly tenant: Id;
  /** The host's reference. */
  readonly session: Id;
  /** A rehearsal: not for anybody's calendar. */
  readonly drill: boolean;
  /** When it happened, on the authority's clock. */
  readonly atMs: Instant;
};

type Change = (event: AuditEvent) => SchedulingChange;

const numberIn = ({ details }: AuditEvent, name: string): number | null => {
  const value = details[name];
  return typeof value === 'number' ? value : null;
};
const textIn = ({ details }: AuditEvent, name: string): string => String(details[name] ?? '');

/** The record has a day as a number, 20250131, or as text. */
const dayIn = (event: AuditEvent): string =>
  textIn(event, 'dueOn').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
const aboutOf = ({ subject }: AuditEvent): Id => subject?.id ?? '';

const CHANGES: Readonly<Partial<Record<AuditEvent['kind'], Change>>> = {
  'appointment.moved': (event) => ({ what: 'moved', startsAtMs: numberIn(event, 'startsAtMs') ?? 0 }),
  'appointment.cancelled': ({ outcome }) => ({ what: 'cancelled', reason: outcome ?? 'unknown' }),
  'attendance.arrived': (event) => ({ what: 'arrived', lateByMs: numberIn(event, 'lateByMs') }),
  'attendance.late': (event) => ({ what: 'late', startsAtMs: numberIn(event, 'startsAtMs') }),
  'attendance.noShowOpened': () => ({ what: 'noShow' }),
  'session.wentLive': () => ({ what: 'begun' }),
  'session.closed': () => ({ what: 'closed' }),
  'followUp.opened': (event) => ({
    what: 'followUpDue',
    followUp: aboutOf(event),
    kind: event.outcome,
    owner: textIn(event, 'owner'),
    dueOn: dayIn(event),
  }),
  'followUp.handedOver': (event) => ({
    what: 'followUpHandedOver',
    followUp: aboutOf(event),
    owner: textIn(event, 'to'),
  }),
  'followUp.settled': (event) => ({ what: 'followUpSettled', followUp: aboutOf(event) }),
};

const noteOf = (event: AuditEvent): SchedulingNote[] => {
  const change = CHANGES[event.kind];
  if (change === undefined) return [];
  const { id, tenant, session, drill, occurredAtMs } = event;
  return [{ id, tenant, session, drill, atMs: occurredAtMs, ...change(event) }];
};

/**
 * Tells the host's calendar what it needs: a sink like every other, fed from the record by the same feeder, at least once
 * and in order, over crashes as well. Where `tell` throws, the same notes come again. Give it beside the audit sinks.
 */
export function schedulingSink(options: {
  /** Default `scheduling`. Keep it over restarts. */
  readonly name?: Code;
  readonly tell: (notes: readonly SchedulingNote[]) => void | Promise<void>;
}): Sink {
  return {
    name: options.name ?? 'scheduling',
    async write(events) {
      const notes = events.flatMap(noteOf);
      if (notes.length > 0) await options.tell(notes);
    },
    close: async () => {},
  };
}
