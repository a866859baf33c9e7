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

/** What a person is in this session. */
export const ROLES = ['practitioner', 'client', ...STAFF_ROLES] as const;
/** One of {@link ROLES}. */
export const Role = z.enum(ROLES);
/** What the schema {@link Role} lets through. */
export type Role = z.infer<typeof Role>;

/** Whether people of this role talk in the session. The policy's staff act on a plain page and have no media of their own. */
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
export const Person = z.strictObject({ id: Id, role: Role });
/** What the schema {@link Person} lets through. */
export type Person = z.infer<typeof Person>;
