import {
  ITEM_RULES,
  UNASKED_FLAGS,
  type Answer,
  type AnswerFlags,
  type ItemName,
  type Personal,
  type VaultKey,
} from '@holdfast/protocol';
import { choice, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Choice, Field, Task } from '../types.js';
import { answerFields, asksFlag, fieldsWith } from './item-fields.js';

type Teller = 'client' | 'practitioner';

/** Personal fields that an answer cannot do without; the others are welcome. */
const NEEDED: readonly VaultKey[] = [
  'callBackNumber',
  'address',
  'contactName',
  'contactNumber',
  'backUpChannel',
  'localRoute',
];
const NUMBERS: readonly VaultKey[] = ['callBackNumber', 'contactNumber'];
/** Statements that go with an answer without being asked for each time. */
const OPTIONAL: readonly (keyof AnswerFlags)[] = [
  'othersPresent',
  'hasCamera',
  'hasMicrophone',
  'isGuardianNearby',
  'isGuardian',
  'mayTellPlace',
  'mayTellRisk',
  'mayTellCare',
];
/** Asked only where a guardian may be in the picture (H30). */
const OF_GUARDIANS: readonly (keyof AnswerFlags)[] = ['isGuardianNearby', 'isGuardian'];

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
  /** The staff screen that it stands on; null for the client. */
  readonly scene: Scene | null;
  /** Nobody here can answer it, or open it again. */
  readonly isFixed?: boolean;
  /** What this device measured of itself; only for `device`, only where the client answers (D07, E11). */
  readonly measured?: AnswerFlags;
}

/** A place that is known already is asked by yes or no (C11); the words of a place are given anew only for another one. */
const asksSamePlace = (item: ItemName, words: Personal): boolean =>
  item === 'location' && words.address !== undefined;

function fieldsOf({ item, teller, asksOfGuardians, words, scene }: ItemTaskOptions): Field[] {
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
    (name) =>
      !UNASKED_FLAGS.includes(name) &&
      asksFlag(name, teller) &&
      (asksOfGuardians || !OF_GUARDIANS.includes(name)),
  );
  const flags = asked.map((name): Field => ({
    kind: 'flag',
    name,
    label: say(`${teller}.flag.${name}`),
    required: !OPTIONAL.includes(name),
  }));
  return [...personal, ...flags, ...answerFields(item, scene)];
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
    .map((answer: Answer) =>
      choice(
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
          fields: fieldsWith(item, answer, fields),
        },
      ),
    );
  return isSame ? [same, ...answers] : answers;
}

/** A set-up item as something to do; a settled one stays in the list and can be opened again. */
export function itemTask(options: ItemTaskOptions): Task {
  const { item, teller, isSettled, urgency, words, isFixed = false } = options;
  const text = options.text ?? null;
  const title = say(`${teller}.item.${item}.title`);
  const why = say(`${teller}.item.${item}.why`);
  if (isSettled) {
    const change = choice('change', say('item.change'), { type: 'item.reopen', item });
    return task(`item.${item}`, title, isFixed ? [] : [change], { why, item, text, urgency: 'done' });
  }
  const fields = fieldsOf(options);
  const { address } = words;
  const isShown = item === 'location' || item === 'locationConfirmed';
  const asked = isShown && address !== undefined ? say(`${teller}.item.${item}.last`, { address }) : why;
  return task(`item.${item}`, title, choicesOf(options, fields), { why: asked, item, text, fields, urgency });
}
