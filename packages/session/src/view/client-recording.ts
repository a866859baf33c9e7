import type { ClientProjection } from '../project/projection.js';
import { choice, present, say, task } from './say.js';
import type { Choice, Notice, Stage, Task } from './types.js';

const TALKING: readonly Stage[] = ['settlingIn', 'live', 'reconnecting', 'phone'];

/** The client's own grant: asked once, no answer is needed, and it can be taken back at any time (E15). */
export function ownGrantTasks({ recording }: ClientProjection, stage: Stage): Task[] {
  if (recording.isProhibited || !['waiting', 'settlingIn', 'live'].includes(stage)) return [];
  const isGiven = recording.grants.client;
  const grant = choice('grant', say('client.recording.grant'), {
    type: 'recording.grant',
    textVersion: recording.textVersion,
  });
  return [
    task('recording', say('client.recording.title'), [isGiven ? withdrawal() : grant], {
      why: say('client.recording.why'),
      urgency: isGiven ? 'done' : 'normal',
    }),
  ];
}

const withdrawal = (): Choice =>
  choice('recordingOff', say('client.recording.withdraw'), { type: 'recording.withdraw' });

/** In one action from anywhere, as long as there is something to take back. */
export const recordingActions = ({ recording }: ClientProjection): Choice[] =>
  recording.grants.client ? [{ ...withdrawal(), weight: 'main' }] : [];

/** Whether it runs, always; and that nobody can rule out a recording outside of our control (H06). */
export function ownRecordingNotices({ recording }: ClientProjection, stage: Stage): Notice[] {
  if (!TALKING.includes(stage)) return [];
  const isOff = recording.state === 'off';
  const message = say(`client.recording.is.${recording.state}`);
  return present([
    { id: 'recording', level: 'status', message },
    isOff &&
      stage === 'settlingIn' && {
        id: 'recordingOutside',
        level: 'status',
        message: say('client.recording.outside'),
      },
  ] satisfies (Notice | false)[]);
}
