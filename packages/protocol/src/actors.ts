import * as z from 'zod/mini';
import { Id } from './ids.js';

/** What a person is in this session. `duty` is the service's staff on call, alerted by name. */
export const ROLES = ['practitioner', 'client', 'duty'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/**
 * Where an input comes from. A fact is admitted only from a source that may state it
 * (see `permissions.ts`): a device speaks for its own connection and its own person only.
 */
export const SOURCES = ['device', 'server', 'worker', 'clock', 'host'] as const;
export const Source = z.enum(SOURCES);
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
export type Actor = z.infer<typeof Actor>;

/** A member of a session. The name lives in the vault, never here. */
export const Person = z.strictObject({ id: Id, role: Role });
export type Person = z.infer<typeof Person>;
