import { Disposition } from '@holdfast/protocol';
import { choice, oneOf, present, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Cannot, Task } from '../types.js';
import { pacedTasks } from './checklist.js';
import { followUpTasks, newFollowUpTask, rationaleTasks } from './follow-ups.js';

/** How it ended, what is still owed, and only then closed (A48). */
export function closingTasks(scene: Scene): Task[] {
  const { care } = scene;
  if (care.stage !== 'closing') return [];
  const { disposition } = care.closing;
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
    ...rationaleTasks(scene),
    ...followUpTasks(scene),
    newFollowUpTask(scene),
    ...(scene.p.role === 'practitioner' ? pacedTasks(scene, 'closing') : []),
    cannotClose(scene).length === 0 &&
      task('close', say('closing.close.title'), [close], { why: say('closing.close.why') }),
  ]);
}

/** The service's opening, while there is time for it: nobody reads it out in a crisis or with risk active (A44, B06). */
export function openingTasks(scene: Scene): Task[] {
  const { p, care } = scene;
  const isCalm = care.run === null && care.crisis.state !== 'open' && !care.risk.isActive;
  return p.role === 'practitioner' && care.stage === 'live' && isCalm ? pacedTasks(scene, 'opening') : [];
}

/** Why the session cannot be ended or closed now (H21). */
export function cannotClose({ care }: Scene): Cannot[] {
  const { stage, run, crisis, safeguarding, help, closing, setUp } = care;
  if (stage === 'closed') return [];
  const command = stage === 'closing' ? 'session.close' : 'session.end';
  return present([
    run !== null && { command, because: say('cannot.runOpen'), missing: [] },
    crisis.state === 'open' && { command, because: say('cannot.crisisOpen'), missing: [] },
    stage === 'closing' &&
      safeguarding.state === 'open' && { command, because: say('cannot.safeguardingOpen'), missing: [] },
    care.privacy.step !== 'none' &&
      care.privacy.step !== 'ended' && { command, because: say('cannot.privacyOpen'), missing: [] },
    stage === 'closing' &&
      care.signal.isUnseen && { command, because: say('cannot.signalUnseen'), missing: [] },
    // Settled or handed over while closing: to end the session never waits for it (G6, X7).
    stage === 'closing' &&
      closing.owed.length > 0 && {
        command,
        because: say('cannot.followUpOpen'),
        missing: closing.owed.map((kind) => say(`followUp.kind.${kind}`)),
      },
    care.plan?.state === 'due' && { command, because: say('cannot.planDue'), missing: [] },
    stage === 'closing' && help.isAsked && { command, because: say('cannot.helpOpen'), missing: [] },
    stage === 'closing' &&
      setUp.isAlternativeOwed && { command, because: say('cannot.alternativeMissing'), missing: [] },
    stage === 'closing' &&
      closing.disposition === null && { command, because: say('cannot.dispositionMissing'), missing: [] },
    stage === 'closing' &&
      closing.reasonsOwed.length > 0 && {
        command,
        because: say('cannot.rationaleMissing'),
        missing: closing.unreasoned
          .filter(({ id }) => closing.reasonsOwed.includes(id))
          .map(({ pathway }) => say(`pathway.${pathway}`)),
      },
  ]);
}
