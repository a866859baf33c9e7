import type { RunProjection } from '../../project/projection.js';
import { choice, present, say, task } from '../say.js';
import { heldByAnother, type Scene } from '../scene.js';
import type { Task } from '../types.js';
import { actTask, decideTask, disposeTask, standDownTask } from './deciding.js';
import { handOverTask, takeOverTask } from './owner.js';
import { allowRingingTask, callTask, reportTask } from './phoning.js';

/** A picture is not yet a person who can talk. */
const wordTask = ({ p, isOwner }: Scene, run: RunProjection): Task =>
  task(
    'word',
    say('staff.word.title'),
    [
      choice(
        'together',
        say('staff.word.send'),
        { type: 'ladder.confirmTogether', client: p.client, run: run.id },
        { weight: 'main' },
      ),
    ],
    {
      why: say('staff.word.why'),
      dueAtMs: run.deadlines['word'] ?? null,
      urgency: isOwner ? 'now' : 'normal',
    },
  );

/** What an open run asks of this person. */
export function runTasks(scene: Scene): Task[] {
  const { p, care, me, isOwner, isCut } = scene;
  const { run } = care;
  if (run === null) return [];
  const mayReport = p.role === 'practitioner' || isOwner || run.helpers.includes(me);
  if (!mayReport) return run.offeredTo === me ? [takeOverTask(scene, run)] : [];
  // A person may decide before it is due, and again when the first act did not settle it.
  const mayDecide =
    ['undecided', 'waiting', 'settling'].includes(run.deciding) ||
    (run.deciding === 'idle' && run.phoning === 'open');
  // Ringing the client again is carried out by phoning.
  const isActing = run.deciding === 'acting' && run.decision !== 'ringClientAgain';
  const isRinging = run.phoning === 'open' && heldByAnother(scene) === null;
  const isBack = ['together', 'returning', 'byPhone'].includes(care.contact.state);
  return present([
    run.word === 'awaited' && wordTask(scene, run),
    isActing && actTask(scene, run),
    isRinging ? callTask(scene, run) : !isBack && !isCut && reportTask(scene, run),
    mayDecide && isOwner && decideTask(scene, run),
    // After the decision itself: asked first it would take the focus, and be read as the answer to it.
    run.mayStandDown && run.deciding !== 'idle' && isOwner && standDownTask(scene, run),
    !care.mayPhone && isOwner && !isBack && allowRingingTask(scene, run),
    !isOwner && takeOverTask(scene, run),
    disposeTask(scene, run),
    isOwner && handOverTask(scene, run),
  ]);
}
