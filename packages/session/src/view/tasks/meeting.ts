import type { MeetingProjection } from '../../project/meeting.js';
import { choice, present, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Notice, Task } from '../types.js';

type Fellow = MeetingProjection['fellows'][number];

/** J15: each client is asked about each other, while the other does not hear it. */
function fellowTask(scene: Scene, { id: fellow, clientSays }: Fellow): Task {
  const agrees = choice('agrees', say('staff.meeting.agrees'), { type: 'meeting.clientAgrees', fellow });
  const refuses = choice('refuses', say('staff.meeting.refuses'), { type: 'meeting.clientRefuses', fellow });
  return task(
    `meeting.${fellow}`,
    say('staff.meeting.fellow', { name: nameOf(scene, fellow) }),
    present([clientSays !== 'agrees' && agrees, clientSays !== 'refuses' && refuses]),
    { why: say(`staff.meeting.says.${clientSays}`), urgency: clientSays === 'notAsked' ? 'normal' : 'done' },
  );
}

/** J15, J16: in or outside, by the practitioner's decision; what is missing stands there. */
function placeTask({ care }: Scene, { isInside, missing, because }: MeetingProjection): Task | null {
  if (!['settingUp', 'live'].includes(care.stage)) return null;
  const [first] = missing;
  const bringIn = choice(
    'bringIn',
    say('staff.meeting.bringIn'),
    { type: 'meeting.bringIn' },
    { weight: 'main' },
  );
  const setApart = choice('setApart', say('staff.meeting.setApart'), { type: 'meeting.setApart' });
  const outside = say(
    first === undefined ? `staff.meeting.outside.${because ?? 'notYet'}` : `staff.meeting.missing.${first}`,
  );
  return task(
    'meeting',
    say('staff.meeting.title'),
    present([isInside && setApart, !isInside && first === undefined && bringIn]),
    { why: isInside ? say('staff.meeting.inside') : outside, urgency: isInside ? 'done' : 'normal' },
  );
}

/** A joint meeting: the practitioner's to settle, in the session of each client. */
export function meetingTasks(scene: Scene): Task[] {
  const { p, care } = scene;
  if (p.role !== 'practitioner' || care.meeting === null || ['closing', 'closed'].includes(care.stage))
    return [];
  const place = placeTask(scene, care.meeting);
  return [
    ...(place === null ? [] : [place]),
    ...care.meeting.fellows.map((fellow) => fellowTask(scene, fellow)),
  ];
}

/** On every staff screen: who else hears what is said, and that this client does not (J14, J17). */
export const meetingNotices = (scene: Scene): Notice[] => {
  const { meeting } = scene.care;
  if (meeting === null) return [];
  const heard = meeting.isInside ? meeting.fellows.filter(({ isInside }) => isInside) : [];
  return heard.map(({ id }) => ({
    id: `meeting.${id}`,
    level: 'status',
    message: say('notice.fellowInside', { name: nameOf(scene, id) }),
  }));
};
