import type { ItemName } from '@holdfast/protocol';
import type { ItemProjection } from '../project/projection.js';
import { present, say } from './say.js';
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
      care.mayRing ? fine(say('fact.number.mayRing')) : caution(say('fact.number.mustNotRing')),
      care.mayRing ? tel(words.callBackNumber) : null,
    ),
    care.mayRing &&
      fact('message', null, mayLeave ? fine(say('fact.message.may')) : caution(say('fact.message.mustNot'))),
    words.callerName !== undefined && fact('callerName', words.callerName),
  ]);
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
  const isConfirmed = itemOf(scene, 'locationConfirmed')?.answer === 'confirmed';
  const atMs = itemOf(scene, 'locationConfirmed')?.atMs ?? null;
  const status =
    isConfirmed && atMs !== null
      ? fine(say('fact.address.confirmed', { atMs }))
      : caution(say('fact.address.unconfirmed'));
  return present([
    fact('address', address, status),
    // C10: help finds a house, not a flat, unless the flat is written down.
    address !== undefined &&
      fact(
        'addressUnit',
        addressUnit,
        addressUnit === undefined ? caution(say('fact.addressUnit.missing')) : none,
      ),
    entryNotes !== undefined && fact('entryNotes', entryNotes),
  ]);
}

/** The emergency contact: permission and safety first; "not safe" shows no number at all (E09, E14, H05). */
function contactFacts(scene: Scene): ShownFact[] {
  const { words } = scene;
  const item = itemOf(scene, 'emergencyContact');
  const answer = item?.answer ?? null;
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
    dutyLine !== null && fact('dutyLine', dutyLine, none, tel(dutyLine)),
  ]);
}
