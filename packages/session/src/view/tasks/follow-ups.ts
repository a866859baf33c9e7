import type { Id } from '@holdfast/protocol';
import { RATIONALE, rationaleIdOf } from '../../machines/closing/follow-ups.js';
import type { Care } from '../../project/projection.js';
import { choice, oneOf, present, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Field, Task } from '../types.js';

type FollowUp = Care['closing']['followUps'][number];
type Unreasoned = Care['closing']['unreasoned'][number];

const FOLLOW_UPS = ['callClient', 'writeToReferrer', 'bookNextSession', 'tellThemHowItEnded'] as const;

const staffField = (scene: Scene, name: string, people: readonly Id[]): Field => ({
  kind: 'choice',
  name,
  label: say('followUp.owner'),
  options: people.map((person) => ({
    value: person,
    label: say('person.name', { name: nameOf(scene, person) }),
  })),
  required: true,
});

const staffOf = ({ p, care, me }: Scene): readonly Id[] => [...new Set([me, p.practitioner, ...care.duty])];

/** Something more to do after the session: it gets an owner and a date (X2). */
export function newFollowUpTask(scene: Scene): Task {
  const { care, me } = scene;
  const add = choice(
    'add',
    say('followUp.add'),
    {
      type: 'closing.addFollowUp',
      followUp: `f${care.closing.followUps.length + 1}.${me}`,
      kind: 'callClient',
      owner: me,
      dueOn: '2000-01-01',
    },
    { fields: ['kind', 'owner', 'dueOn'] },
  );
  return task('followUp', say('followUp.title'), [add], {
    why: say('followUp.why'),
    fields: [
      oneOf('kind', 'followUp.kind', FOLLOW_UPS),
      staffField(scene, 'owner', staffOf(scene)),
      { kind: 'date', name: 'dueOn', label: say('followUp.dueOn'), required: true },
    ],
  });
}

/** What is owed (X8): done, or handed to a named person; one that the policy wants settled first waits for somebody now. */
function followUpTask(scene: Scene, { id, kind, owner, dueOn, state }: FollowUp): Task {
  const title = say(`followUp.kind.${kind}`);
  const why = say(state === 'open' ? 'followUp.by' : `followUp.${state}`, {
    name: nameOf(scene, owner),
    date: dueOn,
  });
  if (state === 'settled') return task(`followUp.${id}`, title, [], { why, urgency: 'done' });
  const others = staffOf(scene).filter((person) => person !== owner);
  const [first] = others;
  const settle = choice('settle', say('followUp.settle'), { type: 'closing.settleFollowUp', followUp: id });
  const handOver =
    first !== undefined &&
    choice(
      'handOver',
      say('followUp.handOver'),
      { type: 'closing.handOverFollowUp', followUp: id, to: first },
      { fields: ['to'] },
    );
  const isOwed = state === 'open' && scene.care.closing.owed.includes(kind);
  return task(`followUp.${id}`, title, present([settle, handOver]), {
    why,
    fields: [staffField(scene, 'to', others)],
    urgency: isOwed ? 'now' : 'normal',
  });
}

export const followUpTasks = (scene: Scene): Task[] =>
  scene.care.closing.followUps
    .filter(({ kind }) => kind !== RATIONALE)
    .map((followUp) => followUpTask(scene, followUp));

/** The way to give the reference of the reasons, and the field for it. */
export const giveRationale = (pathway: Id) => ({
  choice: choice(
    'give',
    say('rationale.send'),
    { type: 'closing.giveRationale', pathway, rationaleRef: 'none' },
    { fields: ['rationaleRef'] },
  ),
  field: {
    kind: 'reference',
    name: 'rationaleRef',
    label: say('rationaleRef.label'),
    required: true,
  } as const satisfies Field,
});

/** Where the reasons of a pathway are written down (F9, A20): given, or handed over to a named person with its date. */
function rationaleTask(scene: Scene, { id, pathway, by, atMs }: Unreasoned): Task {
  const owed = scene.care.closing.followUps.find((followUp) => followUp.id === rationaleIdOf(id));
  const isHandedOver = owed?.state === 'handedOver';
  const others = staffOf(scene).filter((person) => person !== owed?.owner);
  const [first] = others;
  const { choice: give, field } = giveRationale(id);
  const handOver =
    owed !== undefined &&
    first !== undefined &&
    choice(
      'handOver',
      say('rationale.handOver'),
      { type: 'closing.handOverFollowUp', followUp: owed.id, to: first },
      { fields: ['to'] },
    );
  const decided = by !== null && atMs !== null && say('rationale.decided', { name: nameOf(scene, by), atMs });
  const why = isHandedOver
    ? say('followUp.handedOver', { name: nameOf(scene, owed.owner), date: owed.dueOn })
    : decided || say('rationale.why');
  return task(`rationale.${id}`, say(`pathway.${pathway}`), present([give, handOver]), {
    why,
    fields: present([field, handOver !== false && staffField(scene, 'to', others)]),
    urgency: isHandedOver ? 'normal' : 'now',
  });
}

export const rationaleTasks = (scene: Scene): Task[] =>
  scene.care.closing.unreasoned.map((one) => rationaleTask(scene, one));
