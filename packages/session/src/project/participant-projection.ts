import { Id, Instant, ParticipantRole, Personal, Role } from '@holdfast/protocol';
import * as z from 'zod/mini';
import { Nearness } from './client-projection.js';

/**
 * What the device of another participant holds: where they are, what is asked of themselves, and who is there (J7; H26).
 *
 * The shape has no place for the client's items, words, risk, run, pathways or alerts, nor for why somebody waits outside:
 * what is not in the shape cannot leak by a forgotten filter.
 */
export const ParticipantProjection = z.strictObject({
  role: ParticipantRole,
  version: z.literal(1),
  person: Id,
  client: Id,
  practitioner: Id,
  drill: z.boolean(),
  /** The version of the text that they are asked to agree to. */
  texts: z.strictObject({ participation: z.string() }),
  /** Names that this person may read, by owner. */
  vault: z.record(Id, Personal),
  stage: z.enum(['gathering', 'settingUp', 'live', 'ended']),
  /** `outside`: they were let in and wait again; never why. */
  place: z.enum(['door', 'room', 'outside', 'left', 'removed']),
  /** The practitioner said that they know who this is. */
  isIdentified: z.boolean(),
  /** They agreed to the text, and did not take it back. */
  hasConsented: z.boolean(),
  mediaAllowed: z.boolean(),
  /** Picture and sound are off for everybody; never why. */
  isPaused: z.boolean(),
  /** Outside only the practitioner and themselves: who is in the room is for those in it. */
  people: z.array(z.strictObject({ id: Id, role: Role, presence: Nearness })),
});
/** What the schema {@link ParticipantProjection} lets through. */
export type ParticipantProjection = z.infer<typeof ParticipantProjection>;

/** A participant, for staff. */
export const ParticipantCare = z.strictObject({
  id: Id,
  role: ParticipantRole,
  isNeeded: z.boolean(),
  state: z.enum(['invited', 'waiting', 'admitted', 'held', 'left', 'removed']),
  /** What must be settled before they are let in. */
  missing: z.array(z.enum(['identity', 'consent', 'clientAgrees'])),
  clientSays: z.enum(['notAsked', 'agrees', 'refuses']),
  heldBecause: z.nullable(z.enum(['practitioner', 'privacy', 'crisis', 'safeguarding'])),
  /** A needed one who was lost, and what was done about it. */
  callBack: z.nullable(
    z.strictObject({
      /** Nobody said yet how to go on without them. */
      isMissed: z.boolean(),
      sinceMs: z.nullable(Instant),
      lostBy: z.nullable(z.enum(['silence', 'left', 'withdrew'])),
      calls: z.number(),
      isWaitedFor: z.boolean(),
      isOverdue: z.boolean(),
      way: z.nullable(z.enum(['plainWording', 'threeWayPhone'])),
      deadlines: z.record(z.string(), Instant),
    }),
  ),
});
/** What the schema {@link ParticipantCare} lets through. */
export type ParticipantCare = z.infer<typeof ParticipantCare>;
