import type { Id } from '@holdfast/protocol';
import type { Care } from '../../project/projection.js';
import { choice, oneOf, present, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Field, Task } from '../types.js';

type FollowUp = Care['closing']['followUps'][number];

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
  scene.care.closing.followUps.map((followUp) => followUpTask(scene, followUp));

/** Where the reasons of each pathway are written down (F2, A20): asked once it is over, never a condition. */
export const rationaleTasks = ({ care }: Scene): Task[] =>
  care.closing.unreasoned.map(({ id, pathway }) =>
    task(
      `rationale.${id}`,
      say(`pathway.${pathway}`),
      [
        choice(
          'give',
          say('rationale.send'),
          { type: 'closing.giveRationale', pathway: id, rationaleRef: 'none' },
          { fields: ['rationaleRef'] },
        ),
      ],
      {
        why: say('rationale.why'),
        fields: [
          { kind: 'reference', name: 'rationaleRef', label: say('rationaleRef.label'), required: true },
        ],
      },
    ),
  );
