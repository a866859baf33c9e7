import type { ItemName } from '@holdfast/protocol';
import type { ItemProjection } from '../project/projection.js';
import { setUpFacts } from './set-up-facts.js';
import { present, say } from './say.js';
import { callBackFacts } from './tasks/participants.js';
import type { Scene } from './scene.js';
import type { Message, ShownFact } from './types.js';

const itemOf = ({ care }: Scene, name: ItemName): ItemProjection | undefined =>
  care.items.find(({ item }) => item === name);

type Status = Pick<ShownFact, 'note' | 'isCaution'>;

const none: Status = { note: null, isCaution: false };
const fine = (note: Message): Status => ({ note, isCaution: false });
const caution = (note: Message): Status => ({ note, isCaution: true });

const fact = (
  id: string,
  value: string | null | undefined,
  status: Status = none,
  href: string | null = null,
): ShownFact => ({
  id,
  label: say(`fact.${id}`),
  value: value ?? null,
  ...status,
  href,
});

/** A link only where ringing is allowed; spaces and brackets are for people. */
const tel = (number: string | undefined): string | null =>
  number === undefined ? null : `tel:${number.replaceAll(/[^+\d]/g, '')}`;

/** C9: asked again in a crisis, the number can be rung meanwhile, and is marked as not checked (A28, A32). */
const ringable = ({ care }: Scene): Status =>
  care.crisis.callBackNumber.state === 'asked'
    ? caution(say('fact.number.unchecked'))
    : fine(say('fact.number.mayRing'));

/** The number with its flags (D14, H03): no link where it must not be rung. */
function numberFacts(scene: Scene): ShownFact[] {
  const { words, care } = scene;
  const number = itemOf(scene, 'callBackNumber');
  if (number?.answer === 'none') return [fact('number', null, caution(say('fact.number.none')))];
  const mayLeave = number?.flags.safeToLeaveMessage === true;
  return present([
    fact(
      'number',
      words.callBackNumber,
      care.mayRing ? ringable(scene) : caution(say('fact.number.mustNotRing')),
      care.mayRing ? tel(words.callBackNumber) : null,
    ),
    care.mayRing &&
      fact('message', null, mayLeave ? fine(say('fact.message.may')) : caution(say('fact.message.mustNot'))),
    words.callerName !== undefined && fact('callerName', words.callerName),
  ]);
}

/** Read back in this session, or since the crisis was opened; anything else is marked as unverified (H04). */
function placeStatus(scene: Scene): Status {
  const { location } = scene.care.crisis;
  if (location.state === 'asked') return caution(say('fact.address.unchecked'));
  const item = itemOf(scene, 'locationConfirmed');
  const atMs = (item?.answer === 'confirmed' ? item.atMs : null) ?? location.atMs;
  return atMs === null
    ? caution(say('fact.address.unconfirmed'))
    : fine(say('fact.address.confirmed', { atMs }));
}

/** Whose number it is, and that it was not read back yet (D14, H20). */
function ownerFacts(scene: Scene): ShownFact[] {
  const number = itemOf(scene, 'callBackNumber');
  if (number?.answer !== 'confirmed') return [];
  return present([
    number.flags.isOwnNumber === false && fact('numberOwner', null, caution(say('fact.numberOwner.other'))),
    number.flags.wasReadBack !== true && fact('readBack', null, caution(say('fact.readBack.missing'))),
  ]);
}

/** With raised risk: how help in person gets to this place (D15). */
function localRouteFacts(scene: Scene): ShownFact[] {
  const item = itemOf(scene, 'localRoute');
  if (item === undefined || item.state === 'notApplicable') return [];
  return item.answer === 'confirmed'
    ? [fact('localRoute', scene.words.localRoute)]
    : [fact('localRoute', null, caution(say('fact.localRoute.missing')))];
}

/** Where the client is, and whether it was read back in this session (A10, H04). */
function placeFacts(scene: Scene): ShownFact[] {
  const { address, addressUnit, entryNotes } = scene.words;
  // C11: help is not sent to a place that the client has left.
  if (itemOf(scene, 'location')?.movedAtMs != null)
    return [
      fact('address', null, caution(say('fact.address.moved'))),
      fact('oldAddress', address, caution(say('fact.oldAddress.moved'))),
    ];
  const status = placeStatus(scene);
  return present([
    fact('address', address, status),
    // C10: help finds a house, not a flat, unless the flat is written down.
    address !== undefined &&
      fact(
        'addressUnit',
        addressUnit,
        addressUnit === undefined ? caution(say('fact.addressUnit.missing')) : none,
      ),
    address !== undefined &&
      fact(
        'entryNotes',
        entryNotes,
        entryNotes === undefined ? caution(say('fact.entryNotes.missing')) : none,
      ),
  ]);
}

/** What the contact may be told, kind by kind: what was not agreed is not to be said (H28). */
const SCOPES = ['mayTellPlace', 'mayTellRisk', 'mayTellCare'] as const;

/** The emergency contact: permission and safety first; "not safe" shows no number at all (E09, E14, H05). */
function contactFacts(scene: Scene): ShownFact[] {
  const { words } = scene;
  const item = itemOf(scene, 'emergencyContact');
  const answer = item?.answer ?? null;
  if (answer === 'confirmed' && scene.care.safeguarding.isContactGuarded)
    return [fact('contact', null, caution(say('fact.contact.guardian')))];
  if (answer !== 'confirmed')
    return [fact('contact', null, caution(say(`fact.contact.${answer ?? 'open'}`)))];
  const status =
    item?.flags.agreedWhileAlone === true
      ? fine(say('fact.contact.agreedAlone'))
      : caution(say('fact.contact.notAlone'));
  return present([
    fact('contact', words.contactName, status),
    fact('contactNumber', words.contactNumber, none, tel(words.contactNumber)),
    fact(
      'contactMayBeTold',
      words.contactMayBeTold,
      words.contactMayBeTold === undefined ? caution(say('fact.contactMayBeTold.missing')) : none,
    ),
    ...SCOPES.map((scope) =>
      fact(
        scope,
        null,
        item?.flags[scope] === true ? fine(say('fact.scope.may')) : caution(say('fact.scope.mustNot')),
      ),
    ),
  ]);
}

/** Agreed in the safeguarding pathway, and what can be offered there: the host's own list, in the host's words (A54). */
function safeguardingFacts({ words, care }: Scene): ShownFact[] {
  const { state, referrals } = care.safeguarding;
  return present([
    words.safeContact !== undefined && fact('safeContact', words.safeContact),
    ...(state === 'open' ? referrals : []).map((code): ShownFact => ({
      id: `referral.${code}`,
      label: say('fact.referral'),
      value: null,
      ...fine(say(`referral.${code}`)),
      href: null,
    })),
  ]);
}

/** What staff need in front of them when they act. */
export function factsOf(scene: Scene): ShownFact[] {
  const { words, device } = scene;
  const isSafe = itemOf(scene, 'backUpChannel')?.flags.isSafeChannel;
  const dutyLine = device.actionCard?.dutyLine ?? null;
  return present([
    ...numberFacts(scene),
    ...ownerFacts(scene),
    ...placeFacts(scene),
    ...localRouteFacts(scene),
    ...contactFacts(scene),
    words.backUpChannel !== undefined &&
      fact(
        'backUpChannel',
        words.backUpChannel,
        isSafe === true ? fine(say('fact.backUpChannel.safe')) : caution(say('fact.backUpChannel.notSafe')),
      ),
    ...safeguardingFacts(scene),
    ...setUpFacts(scene),
    ...callBackFacts(scene),
    dutyLine !== null && fact('dutyLine', dutyLine, none, tel(dutyLine)),
  ]);
}
