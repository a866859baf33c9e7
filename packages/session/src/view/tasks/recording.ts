import type { RecordingProjection } from '../../project/recording.js';
import { choice, present, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Notice, Task } from '../types.js';

const isRunning = ({ state }: RecordingProjection): boolean => state === 'starting' || state === 'on';

/** The practitioner starts it with both grants; whoever acts stops it. */
export function recordingTasks({ p, care }: Scene): Task[] {
  const { recording, stage } = care;
  if (recording.isProhibited || stage === 'closed') return [];
  const start = choice(
    'start',
    say('recording.start'),
    { type: 'recording.start' },
    { confirm: say('recording.start.confirm') },
  );
  const stop = choice('stop', say('recording.stop'), { type: 'recording.stop' }, { weight: 'main' });
  const { client, management } = recording.grants;
  const isCalm = !care.pause.isPaused && care.privacy.step === 'none';
  const isOff = recording.state === 'off' && ['settingUp', 'live'].includes(stage);
  const isReady = client && management && isOff && isCalm;
  // B3: to start it is the practitioner's decision, whoever reads this; V3: in a pause or while closing nobody's.
  const whose = p.role === 'practitioner' ? 'none' : 'none.duty';
  const agreed = isReady || isRunning(recording) ? whose : 'none.notNow';
  const missing = client ? (management ? agreed : 'management') : management ? 'client' : 'both';
  return [
    task(
      'recording',
      say('recording.title'),
      present([
        p.role === 'practitioner' && isReady && start,
        isRunning(recording) && ['practitioner', 'duty'].includes(p.role) && stop,
      ]),
      { why: say(`recording.missing.${missing}`) },
    ),
  ];
}

/** Management's own grant, on a page of their own (E15). */
export function grantTasks(recording: RecordingProjection | null): Task[] {
  if (recording === null || recording.isProhibited) return [];
  const grant = choice(
    'grant',
    say('recording.grant.management'),
    { type: 'recording.grant', textVersion: recording.textVersion },
    { confirm: say('recording.grant.management.confirm') },
  );
  const withdraw = choice('withdraw', say('recording.withdraw'), { type: 'recording.withdraw' });
  const isGiven = recording.grants.management;
  if (!isGiven && !recording.mayGrant) return [];
  return [
    task('recordingGrant', say('recording.grant.management.title'), [isGiven ? withdraw : grant], {
      why: say('recording.grant.management.why'),
      text: recording.textVersion,
      urgency: isGiven ? 'done' : 'normal',
    }),
  ];
}

/** Whether it runs, wherever it may run at all; and what the recorder could not do. */
export function recordingNotices({ care }: Scene): Notice[] {
  const { recording } = care;
  if (recording.isProhibited) return [];
  const message = say(`recording.is.${recording.state}`);
  return present<Notice>([
    { id: 'recording', level: recording.state === 'stopping' ? 'alert' : 'status', message },
    recording.failed !== null && {
      id: 'recordingFailed',
      level: 'alert',
      message: say(`recording.failed.${recording.failed}`),
    },
  ]);
}
