import {
  ITEM_RULES,
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
const OPTIONAL: readonly (keyof AnswerFlags)[] = ['othersPresent', 'hasCamera', 'hasMicrophone'];

export interface ItemTaskOptions {
  readonly item: ItemName;
  readonly teller: Teller;
  readonly isSettled: boolean;
  readonly urgency: Task['urgency'];
  /** Text version to agree to, for consent and limits (A12). */
  readonly text: string | undefined;
  /** What the vault holds of this client, as far as this person may read it. */
  readonly words: Personal;
  /** The staff screen that it stands on; null for the client. */
  readonly scene: Scene | null;
  /** Nobody here can answer it, or open it again. */
  readonly isFixed?: boolean;
}

function fieldsOf({ item, teller, words, scene }: ItemTaskOptions): Field[] {
  const rule = ITEM_RULES[item];
  const personal = (rule.personal as VaultKey[]).map((name): Field => ({
    kind: 'personal',
    name,
    label: say(`${teller}.personal.${name}`),
    required: NEEDED.includes(name),
    input: NUMBERS.includes(name) ? 'tel' : 'text',
    current: words[name] ?? null,
  }));
  const asked = rule.flags.filter((name) => asksFlag(name, teller));
  const flags = asked.map((name): Field => ({
    kind: 'flag',
    name,
    label: say(`${teller}.flag.${name}`),
    required: !OPTIONAL.includes(name),
  }));
  return [...personal, ...flags, ...answerFields(item, scene)];
}

/** The answers of an item, each a choice of its own (A14): none is ticked beforehand (H13). */
function choicesOf({ item, teller, text }: ItemTaskOptions, fields: readonly Field[]): Choice[] {
  return ITEM_RULES[item].answers
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
        },
        {
          weight: answer === 'confirmed' ? 'main' : 'other',
          fields: fieldsWith(item, answer, fields),
        },
      ),
    );
}

/** A set-up item as something to do; a settled one stays in the list and can be opened again. */
export function itemTask(options: ItemTaskOptions): Task {
  const { item, teller, isSettled, urgency, isFixed = false } = options;
  const title = say(`${teller}.item.${item}.title`);
  const why = say(`${teller}.item.${item}.why`);
  if (isSettled) {
    const change = choice('change', say('item.change'), { type: 'item.reopen', item });
    return task(`item.${item}`, title, isFixed ? [] : [change], { why, item, urgency: 'done' });
  }
  const fields = fieldsOf(options);
  return task(`item.${item}`, title, choicesOf(options, fields), { why, item, fields, urgency });
}
