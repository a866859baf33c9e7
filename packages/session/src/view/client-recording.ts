import type { ClientProjection } from '../project/client-projection.js';
import { choice, say, task } from './say.js';
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
      text: recording.textVersion,
      urgency: isGiven ? 'done' : 'normal',
    }),
  ];
}

const withdrawal = (): Choice =>
  choice('recordingOff', say('client.recording.withdraw'), { type: 'recording.withdraw' });

/** In one action from anywhere, as long as there is something to take back. */
export const recordingActions = ({ recording }: ClientProjection): Choice[] =>
  recording.grants.client ? [{ ...withdrawal(), weight: 'main' }] : [];

/**
 * Whether it runs, wherever it may run at all; where it never may, it is said once, at the beginning. Nobody can rule out
 * a recording outside of our control, and that is said as well (H06).
 */
export function ownRecordingNotices({ recording }: ClientProjection, stage: Stage): Notice[] {
  const isStart = stage === 'settlingIn';
  const isShown = isStart || (!recording.isProhibited && TALKING.includes(stage));
  if (!isShown) return [];
  const notice = (id: string, key: string): Notice => ({ id, level: 'status', message: say(key) });
  const state = notice('recording', `client.recording.is.${recording.state}`);
  return isStart ? [state, notice('recordingOutside', 'client.recording.outside')] : [state];
}
