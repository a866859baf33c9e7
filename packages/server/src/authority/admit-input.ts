import {
  hasMedia,
  ITEM_RULES,
  isCommandType,
  mayCommand,
  mayState,
  type Command,
  type Fact,
  type Id,
  type Person,
  type Personal,
  type RefusalCode,
  type VaultKey,
} from '@holdfast/protocol';
import type { VaultChange } from './work.js';

export type AdmittedInput =
  | { readonly ok: true; readonly body: Command | Fact; readonly vault: VaultChange | null }
  | { readonly ok: false; readonly code: RefusalCode };

/** Who speaks, and in which session. */
export interface Speaker {
  readonly person: Person;
  readonly device: Id;
  readonly client: Id;
  /** Words about the client that are there already. */
  readonly held: Personal;
}

/**
 * The edge: whether this device may say this at all (design, "Who may do what"). The state of the session decides
 * later. Takes the words out of an answer, so that nothing behind this point holds personal data (H18).
 *
 * @param answerRef The reference that stands for the words from here on.
 */
export function admitInput(
  speaker: Speaker,
  body: Command | Fact,
  personal: Personal | undefined,
  answerRef: Id,
): AdmittedInput {
  if (!isCommand(body))
    return personal === undefined ? admitFact(speaker, body) : { ok: false, code: 'malformed' };
  if (!mayCommand(speaker.person.role, body.type)) return { ok: false, code: 'not-allowed' };
  if ('client' in body && body.client !== speaker.client) return { ok: false, code: 'unknown-person' };
  if (body.type !== 'item.answer')
    return personal === undefined ? { ok: true, body, vault: null } : { ok: false, code: 'malformed' };
  return admitAnswer(speaker, body, personal, answerRef);
}

const isCommand = (body: Command | Fact): body is Command => isCommandType(body.type);

/** A device speaks for its own connection and its own person only. */
function admitFact({ person, device, client }: Speaker, fact: Fact): AdmittedInput {
  const isOwn =
    mayState('device', fact.type) &&
    (!('person' in fact) || fact.person === person.id) &&
    (!('device' in fact) || fact.device === device);
  if (!isOwn) return { ok: false, code: 'not-allowed' };
  if (fact.type === 'media.reported' || fact.type === 'media.observed') {
    if (!hasMedia(person.role)) return { ok: false, code: 'not-allowed' };
    if (fact.client !== client) return { ok: false, code: 'unknown-person' };
  }
  return { ok: true, body: fact, vault: null };
}

function admitAnswer(
  { person, client, held }: Speaker,
  command: Extract<Command, { type: 'item.answer' }>,
  personal: Personal | undefined,
  ref: Id,
): AdmittedInput {
  const rule = ITEM_RULES[command.item];
  if (!rule.answeredBy.some((role) => role === person.role)) return { ok: false, code: 'not-allowed' };
  const { answerRef: _, ...said } = command;
  const keys = Object.keys(personal ?? {});
  if (!keys.every((key) => rule.personal.includes(key))) return { ok: false, code: 'bad-answer' };
  if (personal !== undefined && keys.length > 0) {
    const forgets = rule.personal as readonly VaultKey[];
    return { ok: true, body: { ...said, answerRef: ref }, vault: { owner: client, forgets, adds: personal } };
  }
  // "Confirmed" without words confirms those that are there: what was agreed before the session.
  if (command.answer === 'confirmed' && rule.personal.length > 0) {
    const isThere = rule.personal.some((key) => held[key as VaultKey] !== undefined);
    // A confirmed number that nobody knows cannot be rung (H03).
    return isThere
      ? { ok: true, body: { ...said, answerRef: ref }, vault: null }
      : { ok: false, code: 'bad-answer' };
  }
  // "There is none" and "not safe" leave no older words behind.
  const isTakenBack = rule.personal.length > 0 && ['none', 'no', 'notSafe'].includes(command.answer);
  const vault = isTakenBack
    ? { owner: client, forgets: rule.personal as readonly VaultKey[], adds: {} }
    : null;
  return { ok: true, body: said, vault };
}
