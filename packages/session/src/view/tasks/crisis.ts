import {
  CrisisHarm,
  OverrideReason,
  type Command,
  type CrisisFact,
  type Id,
  type ItemName,
} from '@holdfast/protocol';
import { choice, oneOf, present, say, task } from '../say.js';
import { isAway, nameOf, type Scene } from '../scene.js';
import type { Choice, Field, Notice, Task } from '../types.js';
import { checklistTasks } from './checklist.js';
import { itemTask } from './items.js';

const rationale: Field = {
  kind: 'reference',
  name: 'rationaleRef',
  label: say('rationaleRef.label'),
  required: true,
};

type Exit = Extract<Command, { type: 'crisis.resolve' }>['exit'];

/** A crisis ends in one of four ways, and a person says which (H21). */
function exitsOf({ p, care }: Scene): Choice[] {
  const end = (exit: Exit, fields: readonly string[]): Choice =>
    choice(
      exit,
      say(`crisis.exit.${exit}`),
      { type: 'crisis.resolve', client: p.client, exit },
      { fields, confirm: say('crisis.exit.confirm') },
    );
  return present([
    end('helpOnScene', []),
    care.crisis.escalation === 'accepted' && end('handOverAccepted', []),
    p.role === 'practitioner' && end('clientSafe', ['rationaleRef']),
    { ...end('overridden', ['reason']), weight: 'danger' as const },
  ]);
}

/** C7: who may ask for the next person: whose crisis it is, who asked, and who came. */
const mayAskAgain = ({ care: { crisis }, me }: Scene): boolean =>
  [crisis.owner, crisis.offeredBy, crisis.joinedBy].includes(me);

/** The hand-over: one step at a time, each said by a person; only the acceptance moves the crisis. */
function handOverOf(scene: Scene): Choice[] {
  const { p, me, care } = scene;
  const { client } = p;
  const { escalation, handOver, owner, joinedBy } = care.crisis;
  const step = (id: string, command: Command, weight: Choice['weight'] = 'main'): Choice =>
    choice(id, say(`staff.crisis.${id}`), command, { weight });
  const isAccepted = escalation === 'accepted';
  const isGoingOn = escalation !== 'none' && escalation !== 'offered';
  const offer: Command = { type: 'crisis.offerEscalation', client };
  return present([
    escalation === 'none' && step('offer', offer),
    escalation === 'offered' && me !== owner && step('join', { type: 'crisis.joinEscalation', client }),
    escalation === 'joined' && step('brief', { type: 'crisis.briefEscalation', client }),
    escalation === 'briefed' &&
      me === joinedBy &&
      step('accept', { type: 'crisis.acceptEscalation', client }),
    isAccepted && handOver === 'none' && step('introduce', { type: 'crisis.introduceClient', client }),
    isAccepted &&
      handOver !== 'senderReleased' &&
      step('release', { type: 'crisis.releaseSender', client }, 'other'),
    isGoingOn && mayAskAgain(scene) && step('offerOn', offer, 'other'),
  ]);
}

/** Who has come to it, or has taken it over. */
const whoCame = ({ care: { crisis } }: Scene): Id | null =>
  crisis.escalation === 'accepted' ? crisis.owner : crisis.joinedBy;
/** Of whom it is said where the hand-over stands: until somebody comes, whose crisis it is. */
const whoHasIt = (scene: Scene): Id | null =>
  scene.care.crisis.escalation === 'offered' ? scene.care.crisis.owner : whoCame(scene);

/** C10: whoever came is not there any more. Who may ask for the next person is told to; nobody is asked by itself. */
export function crisisNotice(scene: Scene): Notice | false {
  const { care, me, p } = scene;
  const who = whoCame(scene);
  // Of the practitioner it is said already, also without a crisis.
  if (care.crisis.state !== 'open' || who === null || who === me || who === p.practitioner) return false;
  if (!isAway(care, who)) return false;
  const mayAsk = mayAskAgain(scene);
  return {
    id: 'crisis.gone',
    level: mayAsk ? 'alert' : 'status',
    message: say(`notice.crisis.gone${mayAsk ? '.ask' : ''}`, { name: nameOf(scene, who) }),
  };
}

function crisisTask(scene: Scene): Task {
  const { escalation } = scene.care.crisis;
  const who = whoHasIt(scene);
  const isMine = who === scene.me && escalation !== 'none';
  const why = say(`staff.crisis.why.${escalation}${isMine ? '.you' : ''}`, {
    name: who === null ? '' : nameOf(scene, who),
  });
  return task('crisis', say('staff.crisis.title'), [...handOverOf(scene), ...exitsOf(scene)], {
    why,
    text: scene.care.texts.crisis,
    fields: [rationale, oneOf('reason', 'reason', OverrideReason.options)],
    urgency: 'now',
  });
}

/** What the practitioner writes down when the place or the number has changed: the answer of the item itself. */
function changedOf(scene: Scene, item: CrisisFact): Pick<Task, 'fields' | 'choices'> {
  const { p, care, words } = scene;
  if (p.role !== 'practitioner') return { fields: [], choices: [] };
  const { fields, choices } = itemTask({
    item,
    teller: 'practitioner',
    isSettled: false,
    urgency: 'now',
    text: undefined,
    asksOfGuardians: p.isMinor || care.safeguarding.isGuardianException,
    words,
    scene,
  });
  const changed = choices
    .filter(({ id }) => id === 'confirmed')
    .map((one) => ({ ...one, id: 'changed', label: say(`staff.crisis.${item}.changed`) }));
  return { fields, choices: changed.map((one) => ({ ...one, weight: 'other' as const })) };
}

/** A28: asked again, first of all, and one tap when nothing has changed. */
function factTask(scene: Scene, fact: CrisisFact): Task | null {
  const { p, care } = scene;
  if (care.crisis[fact].state !== 'asked') return null;
  const isGiven = care.items.some(
    ({ item, isSettled, answer }) => item === fact && isSettled && answer !== null,
  );
  const { fields, choices } = changedOf(scene, fact);
  // The practitioner's tap on the place settles the item that reads it back, too; others confirm it for the crisis only.
  const command: Command =
    fact === 'location' && p.role === 'practitioner' && isAsked(scene, 'locationConfirmed')
      ? { type: 'item.answer', item: 'locationConfirmed', answer: 'confirmed' }
      : { type: 'crisis.confirmFact', client: p.client, fact };
  const same = choice('unchanged', say(`staff.crisis.${fact}.unchanged`), command, { weight: 'main' });
  const all = present([isGiven && same, ...choices]);
  if (all.length === 0) return null;
  // What is read back stands where it is asked, however far away the card of facts is.
  const known = scene.words[fact === 'location' ? 'address' : 'callBackNumber'];
  return task(`crisis.${fact}`, say(`staff.crisis.${fact}.title`), all, {
    why: known === undefined ? say(`staff.crisis.${fact}.why`) : say(`staff.crisis.${fact}.is`, { known }),
    fields,
    urgency: 'now',
  });
}

const isAsked = ({ care }: Scene, name: ItemName): boolean => care.items.some(({ item }) => item === name);

/** Items that an open crisis asks in its own task: not drawn twice. */
export const askedInCrisis = ({ care, p }: Scene): readonly ItemName[] =>
  p.role === 'practitioner' && care.crisis.state === 'open' && care.crisis.location.state === 'asked'
    ? ['locationConfirmed']
    : [];

/** Who may come to harm chooses the lists; it is no score, and can be said again (E17, A30). */
function harmTask({ p, care }: Scene): Task {
  const { harm } = care.crisis;
  const choices = CrisisHarm.options
    .filter((to) => to !== harm)
    .map((to) => choice(to, say(`crisis.harm.${to}`), { type: 'crisis.setHarm', client: p.client, to }));
  return task('crisis.harm', say('staff.crisis.harm.title'), choices, {
    why: say(`staff.crisis.harm.why.${harm}`),
  });
}

const NAMES_OTHERS: readonly string[] = ['others', 'both'];

/** Everything that an open crisis asks of this person. */
export function crisisTasks(scene: Scene): Task[] {
  const { crisis } = scene.care;
  if (crisis.state !== 'open') return [];
  return present([
    factTask(scene, 'location'),
    factTask(scene, 'callBackNumber'),
    crisisTask(scene),
    harmTask(scene),
    ...(NAMES_OTHERS.includes(crisis.harm) ? checklistTasks(scene, 'crisisOthers') : []),
    ...checklistTasks(scene, 'crisis'),
  ]);
}
