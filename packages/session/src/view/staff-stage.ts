import type { Scene } from './scene.js';
import type { Stage } from './types.js';

/** The call stands still although nobody searches: the client left, or a person closed the run. */
const isApart = ({ care }: Scene): boolean =>
  care.contact.state === 'apart' && ['settingUp', 'live'].includes(care.stage);

/** J17: the client waits outside of a joint meeting. */
const isOutside = ({ care }: Scene): boolean =>
  care.meeting?.isInside === false && ['settingUp', 'live'].includes(care.stage);

/** Where an open run has this person; null where contact is back and only a word is missing. */
function runStage({ care }: Scene): Stage | null {
  const { run } = care;
  if (run === null) return care.contact.state === 'byPhone' ? 'phone' : null;
  if (run.status === 'exhausted') return 'exhausted';
  if (run.deciding !== 'idle' && run.deciding !== 'done') return 'deciding';
  if (run.phoning === 'open') return 'phone';
  return run.word === 'awaited' ? null : 'reconnecting';
}

/** Where this person is: the ladder goes before the session. */
export function stageOf(scene: Scene): Stage {
  const { p, care, device, isCut, isMediaLost } = scene;
  const isPractitioner = p.role === 'practitioner';
  if (device.hasLeft !== 'no') return 'left';
  if (care.stage === 'closed') return 'closed';
  if (device.isSuperseded) return 'openElsewhere';
  const ladder = runStage(scene);
  if (ladder !== null) return ladder;
  if (care.stage === 'closing') return 'closing';
  if (!isPractitioner) return 'alerted';
  if (isOutside(scene) || isApart(scene)) return 'waiting';
  if (isMediaLost || care.contact.state === 'lost' || care.contact.state === 'returning')
    return isCut ? 'phone' : 'reconnecting';
  if (care.stage === 'gathering')
    return care.items.some(({ item, isSettled }) => item === 'practitionerPrivacy' && !isSettled)
      ? 'setUp'
      : 'waiting';
  return care.stage === 'live' ? 'live' : 'settlingIn';
}

/** Nothing that this person was alerted for waits for their answer. */
const hasAnswered = ({ care, me }: Scene): boolean =>
  !care.alerts.some(
    ({ person, state }) => person === me && ['sent', 'acknowledged', 'unanswered'].includes(state),
  );

/** The word for where this person is: three more than there are stages. */
export function placeOf(scene: Scene, stage: Stage): string {
  if (stage === 'waiting' && isOutside(scene)) return 'outside';
  if (stage === 'waiting' && isApart(scene)) return 'apart';
  return stage === 'alerted' && hasAnswered(scene) ? 'joined' : stage;
}
