import { CalendarDate, Code, Id, Instant, PLAN_GROUPS, PLAN_REVIEWS } from '@holdfast/protocol';
import * as z from 'zod/mini';

/** A client's safety plan, for the staff who may see it: what is owed and what is missing, never a word of it (C07). */
export const PlanProjection = z.strictObject({
  state: z.enum(['quiet', 'due', 'reviewed']),
  /** Why the practitioner is reminded of it (C04, C08). */
  prompt: z.nullable(z.enum(['none', 'stale', 'afterIncident'])),
  /** Day of the last review; null when there is no plan. */
  reviewedOn: z.nullable(CalendarDate),
  because: z.nullable(Code),
  raisedAtMs: z.nullable(Instant),
  /** Reviews that are still owed (A13). */
  owed: z.array(z.enum(PLAN_REVIEWS)),
  /** Groups that the plan lacks (C06); null while nobody has said what is in it. */
  missing: z.nullable(z.array(z.enum(PLAN_GROUPS))),
  /** What else is in it, by codes of the host, in the client's order (C07). */
  more: z.array(Code),
  /** Made together, and agreed (C02); null while nobody has said. */
  agreement: z.nullable(z.strictObject({ tookPart: z.boolean(), agreed: z.boolean() })),
  /** Where the host keeps it. */
  planRef: z.nullable(Id),
  copy: z.nullable(z.enum(['safeChannel', 'notGiven'])),
  /** The client marked a channel as safe: a copy may go there (C18). */
  mayGiveCopy: z.boolean(),
  template: z.nullable(Code),
  /** Templates of the service, by code (C19). */
  templates: z.array(Code),
});
/** What the schema {@link PlanProjection} lets through. */
export type PlanProjection = z.infer<typeof PlanProjection>;
