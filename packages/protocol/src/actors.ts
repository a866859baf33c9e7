import * as z from 'zod/mini';
import { Id } from './ids.js';

/**
 * Staff whom the policy names, a list a role, in the order in which they are alerted (E29). `duty` is on call;
 * `safeguardingLead` answers for safeguarding; `supervisor` reviews; `management` owns the policy and grants recording.
 */
export const STAFF_ROLES = ['duty', 'safeguardingLead', 'supervisor', 'management'] as const;
/** One of {@link STAFF_ROLES}. */
export const StaffRole = z.enum(STAFF_ROLES);
/** What the schema {@link StaffRole} lets through. */
export type StaffRole = z.infer<typeof StaffRole>;

/**
 * Others who take part beside client and practitioner (D05): family, a friend or a guardian; an interpreter; who watches;
 * who learns; a supervisor who sits in. Each has an identity and a consent of their own. Who sits in may be on the policy's
 * supervisor list, too: both hold, and the second from the close on (J20).
 */
export const PARTICIPANT_ROLES = [
  'supporter',
  'interpreter',
  'observer',
  'trainee',
  'liveSupervisor',
] as const;
/** One of {@link PARTICIPANT_ROLES}. */
export const ParticipantRole = z.enum(PARTICIPANT_ROLES);
/** What the schema {@link ParticipantRole} lets through. */
export type ParticipantRole = z.infer<typeof ParticipantRole>;

/** Whether people of this role take part as a third, beside client and practitioner. */
export const isParticipant = (role: Role): role is ParticipantRole =>
  PARTICIPANT_ROLES.some((known) => known === role);

/** Whether people of this role are of the service: who leads, their colleagues, and the policy's staff. */
export const isOfService = (role: Role): boolean =>
  role !== 'client' && role !== 'fellowClient' && !isParticipant(role);

/**
 * What a person is in this session. A host names no `colleague`: of several practitioners one leads, and each of the others
 * is a colleague for as long as they do not (rule D1). A `fellowClient` is the client of another session of the same joint
 * meeting: they speak in their own session, and here only their name and whether they are in the room are known (J14).
 */
export const ROLES = [
  'practitioner',
  'client',
  ...PARTICIPANT_ROLES,
  ...STAFF_ROLES,
  'colleague',
  'fellowClient',
] as const;
/** One of {@link ROLES}. */
export const Role = z.enum(ROLES);
/** What the schema {@link Role} lets through. */
export type Role = z.infer<typeof Role>;

/**
 * Whether media of people of this role makes contact: the client's and the practitioner's. Participants are seen and heard
 * beside them, and their media says nothing of contact. The policy's staff act on a plain page and have none of their own.
 */
export const hasMedia = (role: Role): boolean => role === 'client' || role === 'practitioner';

/**
 * Where an input comes from. A fact is admitted only from a source that may state it
 * (see `permissions.ts`): a device speaks for its own connection and its own person only.
 */
export const SOURCES = ['device', 'server', 'worker', 'clock', 'host'] as const;
/** One of {@link SOURCES}. */
export const Source = z.enum(SOURCES);
/** What the schema {@link Source} lets through. */
export type Source = z.infer<typeof Source>;

/** Who or what stands behind an input or an event. */
export const Actor = z.strictObject({
  /** The person, or null when the software itself acts. */
  person: z.nullable(Id),
  role: z.nullable(Role),
  source: Source,
  /** The device that spoke, when it was one. */
  device: z.nullable(Id),
});
/** What the schema {@link Actor} lets through. */
export type Actor = z.infer<typeof Actor>;

/** A member of a session. The name lives in the vault, never here. */
export const Person = z.strictObject({
  id: Id,
  role: Role,
  /** Client and practitioner cannot understand each other without this participant (an interpreter, some supporters). Default false. */
  isNeeded: z.optional(z.boolean()),
});
/** What the schema {@link Person} lets through. */
export type Person = z.infer<typeof Person>;
