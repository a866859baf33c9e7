import {
  COMMAND_WORDS,
  hasMedia,
  ITEM_RULES,
  isCommandType,
  mayCommand,
  mayState,
  SAFE_CONTACT_KEYS,
  type Command,
  type Fact,
  type Id,
  type Person,
  type Personal,
  type RefusalCode,
  type Role,
  type VaultKey,
} from '@holdfast/protocol';
import type { VaultChange } from './work.js';

export type AdmittedInput =
  | { readonly ok: true; readonly body: Command | Fact; readonly vault: VaultChange | null }
  | { readonly ok: false; readonly code: RefusalCode };

/** Who speaks, and in which session. */
export interface Speaker {
  readonly person: Person;
  /** Every role of theirs: in a small service one person is on several of the policy's lists. */
  readonly roles: readonly Role[];
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
  if (!speaker.roles.some((role) => mayCommand(role, body.type))) return { ok: false, code: 'not-allowed' };
  if ('client' in body && body.client !== speaker.client) return { ok: false, code: 'unknown-person' };
  if (body.type === 'item.answer') return admitAnswer(speaker, body, personal, answerRef);
  if (body.type === 'safeguarding.setContactPlan') return admitPlan(speaker, body, personal, answerRef);
  if (body.type === 'privacy.setSafeContact') return admitSafeContact(speaker, body, personal, answerRef);
  if (body.type === 'staffNote.send') return admitNote(speaker, body, personal);
  return personal === undefined ? { ok: true, body, vault: null } : { ok: false, code: 'malformed' };
}

/** A31: a note is words and nothing else; they take the place of the author's last one. */
function admitNote(
  { person }: Speaker,
  body: Extract<Command, { type: 'staffNote.send' }>,
  personal: Personal | undefined,
): AdmittedInput {
  const words = personal?.staffNote;
  if (personal === undefined || words === undefined || Object.keys(personal).length > 1)
    return { ok: false, code: 'bad-answer' };
  return { ok: true, body, vault: { owner: person.id, forgets: ['staffNote'], adds: { staffNote: words } } };
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

/** A plan that is set has its words, given now or before; a plan that is not needed has none. */
function admitPlan(
  { client, held }: Speaker,
  { answerRef: _, ...said }: Extract<Command, { type: 'safeguarding.setContactPlan' }>,
  personal: Personal | undefined,
  ref: Id,
): AdmittedInput {
  const words = COMMAND_WORDS[said.type] ?? [];
  const keys = Object.keys(personal ?? {});
  const isSet = said.plan === 'set';
  if (keys.length > 0 && !isSet) return { ok: false, code: 'malformed' };
  if (!keys.every((key) => words.some((known) => known === key))) return { ok: false, code: 'malformed' };
  if (!isSet) return { ok: true, body: said, vault: null };
  const body = { ...said, answerRef: ref };
  if (personal !== undefined && keys.length > 0)
    return { ok: true, body, vault: { owner: client, forgets: words, adds: personal } };
  return words.every((key) => held[key] !== undefined)
    ? { ok: true, body, vault: null }
    : { ok: false, code: 'bad-answer' };
}

/** Q11: a safe contact without words is none; the reference is set here and nowhere else. */
function admitSafeContact(
  { client }: Speaker,
  { answerRef: _, ...said }: Extract<Command, { type: 'privacy.setSafeContact' }>,
  personal: Personal | undefined,
  ref: Id,
): AdmittedInput {
  const isWhole = personal?.safeContact !== undefined && Object.keys(personal).length === 1;
  if (!isWhole) return { ok: false, code: 'bad-answer' };
  const vault = { owner: client, forgets: SAFE_CONTACT_KEYS, adds: personal };
  return { ok: true, body: { ...said, answerRef: ref }, vault };
}

type AnswerCommand = Extract<Command, { type: 'item.answer' }>;

/** What the authority alone may say of an answer is not taken from a device. */
function withoutOwn({ answerRef: _, ...said }: AnswerCommand): AnswerCommand {
  if (said.flags?.isComplete === undefined) return said;
  const { isComplete: __, ...flags } = said.flags;
  return { ...said, flags };
}

/** C10: whether a place has its unit and its way in beside the address, from which words there are; never the words. */
function withCompleteness(said: AnswerCommand, words: Personal): AnswerCommand {
  if (said.item !== 'location' || said.answer !== 'confirmed') return said;
  const isComplete = [words.address, words.addressUnit, words.entryNotes].every((word) => word !== undefined);
  return { ...said, flags: { ...said.flags, isComplete } };
}

function admitAnswer(
  { person, client, held }: Speaker,
  command: AnswerCommand,
  personal: Personal | undefined,
  ref: Id,
): AdmittedInput {
  const rule = ITEM_RULES[command.item];
  if (!rule.answeredBy.some((role) => role === person.role)) return { ok: false, code: 'not-allowed' };
  const keys = Object.keys(personal ?? {});
  const said = withCompleteness(withoutOwn(command), keys.length > 0 ? (personal ?? {}) : held);
  if (!keys.every((key) => rule.personal.includes(key))) return { ok: false, code: 'bad-answer' };
  if (personal !== undefined && keys.length > 0) {
    const forgets = rule.personal as readonly VaultKey[];
    return { ok: true, body: { ...said, answerRef: ref }, vault: { owner: client, forgets, adds: personal } };
  }
  // "Confirmed" without words confirms those that are there: what was agreed before the session.
  if (command.answer === 'confirmed' && rule.personal.length > 0) {
    const isThere =
      rule.mayBeWordless === true || rule.personal.some((key) => held[key as VaultKey] !== undefined);
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
