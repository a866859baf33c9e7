import { ITEM_RULES, PreferredWay, type Answer, type AnswerFlags, type ItemName } from '@holdfast/protocol';
import { oneOf, present, say } from '../say.js';
import type { Scene } from '../scene.js';
import type { Field } from '../types.js';

/** D06: a wish has a day on which it is asked again. */
const preferenceFields = (): Field[] => [
  oneOf('way', 'way', PreferredWay.options),
  { kind: 'date', name: 'reviewOn', label: say('reviewOn.label'), required: true },
];

/** What some answers ask for beside the flags: how, why, or where it is written down. */
export function answerFields(item: ItemName, scene: Scene | null): Field[] {
  if (scene === null) return [];
  const { identityMethods, suitabilityReasons } = scene.care.setUp;
  const { withReason = [], withRationale = [] } = ITEM_RULES[item];
  return present<Field>([
    item === 'identity' && oneOf('method', 'method', identityMethods),
    ...(item === 'preferences' ? preferenceFields() : []),
    withReason.length > 0 && oneOf('because', 'suitability.because', suitabilityReasons),
    withRationale.length > 0 && {
      kind: 'reference',
      name: 'rationaleRef',
      label: say('rationaleRef.label'),
      required: true,
    },
  ]);
}

/** Which of an item's fields go with which of its answers. */
export function fieldsWith(item: ItemName, answer: Answer, fields: readonly Field[]): string[] {
  const { withReason = [], withRationale = [] } = ITEM_RULES[item];
  const asksAll =
    answer === 'confirmed' ||
    (item === 'device' && answer === 'no') ||
    (item === 'suitability' && withReason.includes(answer));
  return fields
    .filter(({ name }) => {
      if (name === 'because') return withReason.includes(answer);
      if (name === 'rationaleRef') return withRationale.includes(answer);
      // How it was tried belongs to the doubt as well: the next proof is another one (A09).
      if (name === 'method') return ['confirmed', 'notSure', 'no'].includes(answer);
      return asksAll;
    })
    .map(({ name }) => name);
}

/** What is asked of one person and not of the other: nobody reads a number back to themselves (H20). */
export const asksFlag = (name: keyof AnswerFlags, teller: 'client' | 'practitioner'): boolean =>
  teller === 'practitioner' || name !== 'wasReadBack';
