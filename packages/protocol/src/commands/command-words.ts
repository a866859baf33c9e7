import type { VaultKey } from '../vault.js';
import type { CommandType } from './command.js';

/**
 * Commands that carry words about the client, beside the answers of set-up items: which keys of the vault. The edge
 * takes the words out and puts a reference in their place (H18).
 */
export const COMMAND_WORDS: Readonly<Partial<Record<CommandType, readonly VaultKey[]>>> = {
  'safeguarding.setContactPlan': ['safeContact'],
};
