import { readableKeys, type Id, type Person, type Personal, type VaultView } from '@holdfast/protocol';
import type { VaultEntries } from './sealer.js';

/** The entries that one person may read: what their devices are sent, and nothing else. */
export function vaultViewFor(
  entries: VaultEntries,
  people: readonly Person[],
  reader: { readonly id: Id; readonly role: Person['role']; readonly isAlerted: boolean },
): VaultView {
  const view: Record<Id, Personal> = {};
  for (const owner of people) {
    const personal = entries[owner.id];
    if (personal === undefined) continue;
    const readable = readableKeys(reader, owner).filter((key) => personal[key] !== undefined);
    if (readable.length > 0)
      view[owner.id] = Object.fromEntries(readable.map((key) => [key, personal[key]])) as Personal;
  }
  return view;
}
