import { Disposition } from '@holdfast/protocol';
import { choice, oneOf, present, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Cannot, Field, Task } from '../types.js';

const FOLLOW_UPS = ['callClient', 'writeToReferrer', 'bookNextSession', 'tellThemHowItEnded'] as const;

function followUpTask(scene: Scene): Task {
  const { p, care, me } = scene;
  const people = [...new Set([me, p.practitioner, ...care.duty])];
  const owner: Field = {
    kind: 'choice',
    name: 'owner',
    label: say('followUp.owner'),
    options: people.map((person) => ({
      value: person,
      label: say('person.name', { name: nameOf(scene, person) }),
    })),
    required: true,
  };
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
      owner,
      { kind: 'date', name: 'dueOn', label: say('followUp.dueOn'), required: true },
    ],
  });
}

/** How it ended, what is still owed, and only then closed (A48). */
export function closingTasks(scene: Scene): Task[] {
  const { care } = scene;
  if (care.stage !== 'closing') return [];
  const { disposition, followUps } = care.closing;
  const dispose = choice(
    'dispose',
    say('closing.dispose.send'),
    { type: 'closing.dispose', disposition: 'endedAsPlanned' },
    { fields: ['disposition'], weight: 'main' },
  );
  const close = choice(
    'close',
    say('closing.close.send'),
    { type: 'session.close' },
    { weight: 'main', confirm: say('closing.close.confirm') },
  );
  return present([
    task('closing', say('closing.dispose.title'), [dispose], {
      why: say(disposition === null ? 'closing.dispose.why' : `closing.disposed.${disposition}`),
      fields: [oneOf('disposition', 'disposition', Disposition.options)],
      urgency: disposition === null ? 'now' : 'done',
    }),
    ...followUps.map((followUp) =>
      task(`followUp.${followUp.id}`, say(`followUp.kind.${followUp.kind}`), [], {
        why: say('followUp.by', { name: nameOf(scene, followUp.owner), date: followUp.dueOn }),
        urgency: 'done',
      }),
    ),
    followUpTask(scene),
    cannotClose(scene).length === 0 &&
      task('close', say('closing.close.title'), [close], { why: say('closing.close.why') }),
  ]);
}

/** Why the session cannot be ended or closed now (H21). */
export function cannotClose({ care }: Scene): Cannot[] {
  const { stage, run, crisis, help, closing, setUp } = care;
  if (stage === 'closed') return [];
  const command = stage === 'closing' ? 'session.close' : 'session.end';
  return present([
    run !== null && { command, because: say('cannot.runOpen'), missing: [] },
    crisis.state === 'open' && { command, because: say('cannot.crisisOpen'), missing: [] },
    stage === 'closing' && help.isAsked && { command, because: say('cannot.helpOpen'), missing: [] },
    stage === 'closing' &&
      setUp.isAlternativeOwed && { command, because: say('cannot.alternativeMissing'), missing: [] },
    stage === 'closing' &&
      closing.disposition === null && { command, because: say('cannot.dispositionMissing'), missing: [] },
  ]);
}
