import { choice, present, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Choice, Notice, Stage, Task } from '../types.js';

const ENDED: readonly string[] = ['closing', 'closed'];

/** A pause that is the practitioner's to end; that of an open pathway ends with its steps (U3). */
export function pauseTasks(scene: Scene): Task[] {
  const { p, care } = scene;
  const { isPaused, reasons, isClientReady, isOverdue, deadlines } = care.pause;
  const isHeld = reasons.includes('privacy') && !['none', 'ended'].includes(care.privacy.step);
  if (!isPaused || isHeld || p.role !== 'practitioner' || ENDED.includes(care.stage)) return [];
  const end = choice(
    'end',
    say('staff.pause.end'),
    { type: 'pause.end', client: p.client },
    { weight: 'main' },
  );
  const why = present([
    // R9: whoever else asked for it, what was agreed before the gap is asked again first.
    reasons.includes('recheck') && 'recheck',
    isClientReady && 'ready',
    reasons.includes('overwhelmed') && 'overwhelmed',
    reasons.includes('participant') && 'participant',
    'needed',
  ])[0];
  return [
    task('pause', say('staff.pause.title'), [end], {
      why: say(`staff.pause.why.${String(why)}`, { name: nameOf(scene, p.client) }),
      dueAtMs: deadlines['remind'] ?? null,
      urgency: isOverdue || isClientReady || reasons.includes('recheck') ? 'now' : 'normal',
    }),
  ];
}

const noticeKey = ({ isOverdue, reasons }: Scene['care']['pause']): string =>
  isOverdue
    ? 'staff.pause.overdue'
    : reasons.includes('recheck')
      ? 'staff.pause.restored'
      : 'staff.pause.notice';

/** Between the practitioner and the client; where contact is lost or by phone, that is what the screen says. */
export const isShownPaused = ({ p, care }: Scene, stage: Stage): boolean =>
  p.role === 'practitioner' && care.pause.isPaused && (stage === 'settlingIn' || stage === 'live');

/** On every staff screen: neither side sees or hears the other. */
export const pauseNotice = ({ care }: Scene): Notice | false =>
  care.pause.isPaused && {
    id: 'pause',
    level: 'status',
    message: say(noticeKey(care.pause)),
  };

/** In one press, from anywhere before the end. */
export const pauseAction = ({ p, care }: Scene): Choice | false =>
  p.role === 'practitioner' &&
  !care.pause.isPaused &&
  ['settingUp', 'live'].includes(care.stage) &&
  choice('pause', say('staff.action.pause'), { type: 'pause.start', client: p.client, reason: 'needed' });
