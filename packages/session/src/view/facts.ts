import type { ItemName } from '@holdfast/protocol';
import type { ItemProjection } from '../project/projection.js';
import { present, say } from './say.js';
import type { Scene } from './scene.js';
import type { Message, ShownFact } from './types.js';

const itemOf = ({ care }: Scene, name: ItemName): ItemProjection | undefined =>
  care.items.find(({ item }) => item === name);

const fact = (
  id: string,
  value: string | null | undefined,
  note: Message | null = null,
  href: string | null = null,
): ShownFact => ({
  id,
  label: say(`fact.${id}`),
  value: value ?? null,
  note,
  href,
});

/** A link only where ringing is allowed; spaces and brackets are for people. */
const tel = (number: string | undefined): string | null =>
  number === undefined ? null : `tel:${number.replaceAll(/[^+\d]/g, '')}`;

/** The number with its flags (D14, H03): no link where it must not be rung. */
function numberFacts(scene: Scene): ShownFact[] {
  const { words, care } = scene;
  const number = itemOf(scene, 'callBackNumber');
  if (number?.answer === 'none') return [fact('number', null, say('fact.number.none'))];
  const mayLeave = number?.flags.safeToLeaveMessage === true;
  return present([
    fact(
      'number',
      words.callBackNumber,
      say(care.mayRing ? 'fact.number.mayRing' : 'fact.number.mustNotRing'),
      care.mayRing ? tel(words.callBackNumber) : null,
    ),
    care.mayRing && fact('message', null, say(mayLeave ? 'fact.message.may' : 'fact.message.mustNot')),
    words.callerName !== undefined && fact('callerName', words.callerName),
  ]);
}

/** Where the client is, and whether it was read back in this session (A10, H04). */
function placeFacts(scene: Scene): ShownFact[] {
  const { address, addressUnit, entryNotes } = scene.words;
  const isConfirmed = itemOf(scene, 'locationConfirmed')?.answer === 'confirmed';
  const atMs = itemOf(scene, 'locationConfirmed')?.atMs ?? null;
  const note =
    isConfirmed && atMs !== null ? say('fact.address.confirmed', { atMs }) : say('fact.address.unconfirmed');
  return present([
    fact('address', address, note),
    // C10: help finds a house, not a flat, unless the flat is written down.
    address !== undefined &&
      fact('addressUnit', addressUnit, addressUnit === undefined ? say('fact.addressUnit.missing') : null),
    entryNotes !== undefined && fact('entryNotes', entryNotes),
  ]);
}

/** The emergency contact: permission and safety first; "not safe" shows no number at all (E09, E14, H05). */
function contactFacts(scene: Scene): ShownFact[] {
  const { words } = scene;
  const item = itemOf(scene, 'emergencyContact');
  const answer = item?.answer ?? null;
  if (answer !== 'confirmed') return [fact('contact', null, say(`fact.contact.${answer ?? 'open'}`))];
  const note = say(
    item?.flags.agreedWhileAlone === true ? 'fact.contact.agreedAlone' : 'fact.contact.notAlone',
  );
  return present([
    fact('contact', words.contactName, note),
    fact('contactNumber', words.contactNumber, null, tel(words.contactNumber)),
    fact(
      'contactMayBeTold',
      words.contactMayBeTold,
      words.contactMayBeTold === undefined ? say('fact.contactMayBeTold.missing') : null,
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
    ...placeFacts(scene),
    ...contactFacts(scene),
    words.backUpChannel !== undefined &&
      fact(
        'backUpChannel',
        words.backUpChannel,
        say(isSafe === true ? 'fact.backUpChannel.safe' : 'fact.backUpChannel.notSafe'),
      ),
    dutyLine !== null && fact('dutyLine', dutyLine, null, tel(dutyLine)),
  ]);
}
