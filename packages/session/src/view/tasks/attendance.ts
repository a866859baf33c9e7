import { choice, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Notice, Task } from '../types.js';

const WAITED_FOR: readonly string[] = ['gathering', 'settingUp', 'live'];

/** Not appearing may be a matter of safety: a person opens it, and decides what is done (C24). */
export function attendanceTasks({ p, care }: Scene): Task[] {
  const { state } = care.attendance;
  const isMissing = state === 'late' || state === 'unscheduled' || state === 'noShow';
  if (!isMissing || care.run !== null || !WAITED_FOR.includes(care.stage)) return [];
  const open = choice(
    'openNoShow',
    say('staff.noShow.send'),
    { type: 'attendance.openNoShow', client: p.client },
    { confirm: say('staff.noShow.confirm') },
  );
  return [task('noShow', say('staff.noShow.title'), [open], { why: say(`staff.noShow.${state}`) })];
}

/** The client is late: to know, without a command of its own. */
export const lateNotice = ({ care }: Scene): Notice | false =>
  care.attendance.state === 'late' &&
  care.attendance.startsAtMs !== null &&
  WAITED_FOR.includes(care.stage) && {
    id: 'late.client',
    level: 'status',
    message: say('notice.clientLate', { startsAtMs: care.attendance.startsAtMs }),
  };
