import * as z from 'zod/mini';
import { Adjustments } from './adjustments.js';
import { Code, Id, Instant } from './ids.js';
import { PreferredWay } from './items.js';

/** Kinds of sessions: each has its own items and gate in the policy (B01, B03). */
export const SESSION_TYPES = ['therapy', 'assessment', 'supervision', 'training', 'practiceRoom'] as const;
/** One of {@link SESSION_TYPES}. */
export const SessionType = z.enum(SESSION_TYPES);
/** What the schema {@link SessionType} lets through. */
export type SessionType = z.infer<typeof SessionType>;

/** A day of the calendar, `YYYY-MM-DD`. */
export const CalendarDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

/** What the host knows of a session before it begins; frozen into it. */
export const Appointment = z.strictObject({
  type: SessionType,
  /** The first session of this client: identity is checked in full (E04), and there is more to agree. */
  isFirst: z.boolean(),
  /** The client is a minor: a guardian's consent is asked for (E05). */
  isMinor: z.boolean(),
  /** When it was to begin; null without a time. Lateness and no-show count from here (C24). */
  startsAtMs: z.nullable(Instant),
  /** What the host asserts of the practitioner, like `videoTherapyTraining` (A46). */
  claims: z.array(Code).check(z.maxLength(20)),
  /** When the client's safety plan was last reviewed; null when there is none (C04, C08). */
  planReviewedOn: z.nullable(CalendarDate),
  /** How the client would rather meet, for this kind of session, and when to ask again; null when it is not known (D06). */
  preference: z.nullable(z.strictObject({ way: PreferredWay, reviewOn: CalendarDate })),
  /** The joint meeting of which this session is one client's part; absent for a session of one client (J14). */
  meeting: z.optional(
    z.strictObject({
      id: Id,
      /** Every session of the meeting, this one too. */
      sessions: z.array(Id).check(z.minLength(2), z.maxLength(5)),
    }),
  ),
  /** What makes the session fit this client; null without any (A41, A42). */
  adjustments: z.nullable(Adjustments),
});
/** What the schema {@link Appointment} lets through. */
export type Appointment = z.infer<typeof Appointment>;

/** What a host that says nothing means: a first therapy session of an adult, without a time. */
export const usualAppointment: Appointment = {
  type: 'therapy',
  isFirst: true,
  isMinor: false,
  startsAtMs: null,
  claims: [],
  planReviewedOn: null,
  preference: null,
  adjustments: null,
};
