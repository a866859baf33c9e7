import {
  ITEM_RULES,
  PreferredWay,
  UNASKED_FLAGS,
  type Answer,
  type AnswerFlags,
  type AnswerMethod,
  type ItemName,
  type Personal,
  type VaultKey,
} from '@holdfast/protocol';
import { choice, oneOf, say, task } from '../say.js';
import type { Choice, Field, Task } from '../types.js';

type Teller = 'client' | 'practitioner';

/** Personal fields that an answer cannot do without; the others are welcome. */
const NEEDED: readonly VaultKey[] = [
  'callBackNumber',
  'address',
  'contactName',
  'contactNumber',
  'backUpChannel',
];
const NUMBERS: readonly VaultKey[] = ['callBackNumber', 'contactNumber'];
const METHODS: readonly AnswerMethod[] = ['nameAndBirthDate', 'document', 'knownFromBefore'];
/** Statements that go with an answer without being asked for each time. */
const OPTIONAL: readonly (keyof AnswerFlags)[] = [
  'othersPresent',
  'hasCamera',
  'hasMicrophone',
  'isGuardiansNumber',
  'isGuardian',
  'mayTellPlace',
  'mayTellRisk',
  'mayTellCare',
];
/** Asked only where a guardian may be in the picture (H30). */
const OF_GUARDIANS: readonly (keyof AnswerFlags)[] = ['isGuardiansNumber', 'isGuardian'];

export interface ItemTaskOptions {
  readonly item: ItemName;
  readonly teller: Teller;
  readonly isSettled: boolean;
  readonly urgency: Task['urgency'];
  /** Text version to agree to, for consent and limits (A12). */
  readonly text: string | undefined;
  /** Whose number it is, is asked: of minors, and where nothing may go to a guardian. */
  readonly asksOfGuardians: boolean;
  /** What the vault holds of this client, as far as this person may read it. */
  readonly words: Personal;
  /** What this device measured of itself; only for `device`, only where the client answers (D07, E11). */
  readonly measured?: AnswerFlags;
}

/** A place that is known already is asked by yes or no (C11); the words of a place are given anew only for another one. */
const asksSamePlace = (item: ItemName, words: Personal): boolean =>
  item === 'location' && words.address !== undefined;

/** D06: a wish has a day on which it is asked again. */
const preferenceFields = (): Field[] => [
  oneOf('way', 'way', PreferredWay.options),
  { kind: 'date', name: 'reviewOn', label: say('reviewOn.label'), required: true },
];

function fieldsOf({ item, teller, asksOfGuardians, words }: ItemTaskOptions): Field[] {
  const rule = ITEM_RULES[item];
  const personal = (rule.personal as VaultKey[]).map((name): Field => ({
    kind: 'personal',
    name,
    label: say(`${teller}.personal.${name}`),
    required: NEEDED.includes(name),
    input: NUMBERS.includes(name) ? 'tel' : 'text',
    current: asksSamePlace(item, words) ? null : (words[name] ?? null),
  }));
  const asked = rule.flags.filter(
    (name) => !UNASKED_FLAGS.includes(name) && (asksOfGuardians || !OF_GUARDIANS.includes(name)),
  );
  const flags = asked.map((name): Field => ({
    kind: 'flag',
    name,
    label: say(`${teller}.flag.${name}`),
    required: !OPTIONAL.includes(name),
  }));
  return [
    ...personal,
    ...flags,
    ...(item === 'identity' ? [oneOf('method', 'method', METHODS)] : []),
    ...(item === 'preferences' ? preferenceFields() : []),
  ];
}

/** The answers of an item, each a choice of its own (A14): none is ticked beforehand (H13). */
function choicesOf(options: ItemTaskOptions, fields: readonly Field[]): Choice[] {
  const { item, teller, text, words, measured } = options;
  const same = choice(
    'same',
    say(`${teller}.answer.location.same`),
    { type: 'item.answer', item: 'location', answer: 'confirmed', flags: { samePlace: true } },
    { weight: 'main' },
  );
  const isSame = asksSamePlace(item, words);
  const answers = ITEM_RULES[item].answers
    .filter((answer) => teller === 'practitioner' || answer !== 'notSafeToAsk')
    .map((answer: Answer) => {
      const withFields = answer === 'confirmed' || (item === 'device' && answer === 'no');
      return choice(
        answer,
        say(`${teller}.answer.${item}.${answer}`),
        {
          type: 'item.answer',
          item,
          answer,
          ...(answer === 'confirmed' && text !== undefined ? { textVersion: text } : {}),
          ...(measured === undefined ? {} : { flags: measured }),
        },
        {
          weight: answer === 'confirmed' && !isSame ? 'main' : 'other',
          fields: withFields ? fields.map((field) => field.name) : [],
        },
      );
    });
  return isSame ? [same, ...answers] : answers;
}

/** A set-up item as something to do; a settled one stays in the list and can be opened again. */
export function itemTask(options: ItemTaskOptions): Task {
  const { item, teller, isSettled, urgency, words } = options;
  const title = say(`${teller}.item.${item}.title`);
  const why = say(`${teller}.item.${item}.why`);
  if (isSettled) {
    const change = choice('change', say('item.change'), { type: 'item.reopen', item });
    return task(`item.${item}`, title, [change], { why, item, urgency: 'done' });
  }
  const fields = fieldsOf(options);
  const { address } = words;
  const asked =
    item === 'location' && address !== undefined ? say(`${teller}.item.location.last`, { address }) : why;
  return task(`item.${item}`, title, choicesOf(options, fields), { why: asked, item, fields, urgency });
}
