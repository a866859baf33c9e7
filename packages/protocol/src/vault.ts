import * as z from 'zod/mini';
import { isParticipant, type Role } from './actors.js';
import { Id } from './ids.js';

/**
 * Personal data lives here and nowhere else: one vault a session, readable by role, encrypted at rest by the
 * authority, erased after close. Machines, events, errors and logs hold references only.
 */
export const VAULT_KEYS = [
  'name',
  'callBackNumber',
  'callerName',
  'address',
  'addressUnit',
  'entryNotes',
  'contactName',
  'contactNumber',
  'contactMayBeTold',
  'backUpChannel',
  'safeContact',
  'staffNote',
  'safeWord',
  'localRoute',
] as const;
/** One of {@link VAULT_KEYS}. */
export const VaultKey = z.enum(VAULT_KEYS);
/** What the schema {@link VaultKey} lets through. */
export type VaultKey = z.infer<typeof VaultKey>;

/** What one person's entries are. Values are shown, never interpreted. At most 500 characters each. */
export const VaultText = z.string().check(z.minLength(1), z.maxLength(500));
/** One person's words, by key. Values are shown, never interpreted. */
export const Personal = z.partialRecord(VaultKey, VaultText);
/** What the schema {@link Personal} lets through. */
export type Personal = z.infer<typeof Personal>;

/** One entry: whose it is, what, and the words. */
export const VaultEntry = z.strictObject({ owner: Id, key: VaultKey, value: VaultText });
/** What the schema {@link VaultEntry} lets through. */
export type VaultEntry = z.infer<typeof VaultEntry>;

/** Entries as a device holds them: by owner, only the keys that its person may see. */
export type VaultView = Readonly<Record<Id, Personal>>;

const OWN: readonly VaultKey[] = [
  'name',
  'callBackNumber',
  'address',
  'addressUnit',
  'entryNotes',
  'backUpChannel',
];

/** Of each other, staff read the name and the last note to the colleagues, and no number (A31, E20). */
const OF_COLLEAGUES: readonly VaultKey[] = ['name', 'staffNote'];

/** Of a participant: who they are, and where a needed one is called back. */
const OF_PARTICIPANTS: readonly VaultKey[] = ['name', 'callBackNumber'];

/**
 * Which keys of whose entries a role may read. A client never reads back the emergency contact (H05: someone may
 * look on), nobody reads a colleague's number (E20), the duty role reads only when it was alerted (`isAlerted`).
 */
export function readableKeys(
  reader: { readonly id: Id; readonly role: Role; readonly isAlerted: boolean },
  owner: { readonly id: Id; readonly role: Role },
): readonly VaultKey[] {
  if (reader.role === 'client')
    return reader.id === owner.id
      ? OWN
      : owner.role === 'practitioner' || owner.role === 'fellowClient' || isParticipant(owner.role)
        ? ['name']
        : [];
  // Who the client is, and who else is there, is told by people in the room (H26).
  if (isParticipant(reader.role))
    return reader.id === owner.id || owner.role === 'practitioner' ? ['name'] : [];
  if (isParticipant(owner.role) && (reader.role === 'practitioner' || reader.isAlerted))
    return OF_PARTICIPANTS;
  if (reader.role === 'practitioner') return owner.role === 'client' ? VAULT_KEYS : OF_COLLEAGUES;
  if (!reader.isAlerted) return reader.id === owner.id ? ['name'] : [];
  return owner.role === 'client' ? VAULT_KEYS : OF_COLLEAGUES;
}
