import { choice, present, say, task } from '../say.js';
import { heldByAnother, nameOf, type Scene } from '../scene.js';
import type { Choice, Task } from '../types.js';

/** By phone is not an end: nobody else sees a phone call end (design, "The ladder"). */
export function phoneTasks(scene: Scene): Task[] {
  const { p, care } = scene;
  if (care.contact.state !== 'byPhone') return [];
  const { client } = p;
  const holder = heldByAnother(scene)?.by ?? null;
  const cut = choice('cut', say('staff.phone.cut'), { type: 'call.cut', client }, { weight: 'danger' });
  const move = choice('move', say('staff.phone.move'), { type: 'call.moveToVideo', client });
  const still = (label: string, weight: Choice['weight']): Choice =>
    choice('still', say(label), { type: 'call.stillTogether', client }, { weight });
  const isBackOnVideo = care.contact.isMediaUp;
  if (holder !== null) {
    const name = nameOf(scene, holder);
    const why = say(isBackOnVideo ? 'staff.phone.heldVideoIsBack' : 'staff.phone.heldWhy', { name });
    const choices = [isBackOnVideo && move, still('staff.phone.mine', 'other'), cut];
    return [task('phone', say('staff.phone.heldTitle', { name }), present(choices), { why })];
  }
  const answerDueAtMs = care.contact.deadlines['answer'] ?? null;
  const choices = [still('staff.phone.still', 'main'), cut, isBackOnVideo && move];
  return [
    task('phone', say('staff.phone.title'), present(choices), {
      why: say(isBackOnVideo ? 'staff.phone.videoIsBack' : 'staff.phone.why'),
      dueAtMs: answerDueAtMs,
      urgency: answerDueAtMs === null ? 'normal' : 'now',
    }),
  ];
}

/**
 * Cut off from the session server with the client gone: the ring is this person's own to do, now (H08, H31). What
 * came of it names the run that will have opened meanwhile, so that it counts when it is sent.
 */
export function ownTasks({ p, care, isCut, isMediaLost }: Scene): Task[] {
  if (!isCut) return [];
  const run = care.run?.id ?? care.nextRun;
  const attempt = care.run?.attempt ?? 1;
  const needsRing = isMediaLost && care.run?.phoning !== 'open' && care.contact.state !== 'byPhone';
  const reached = choice(
    'reachedByName',
    say('outcome.reachedByName'),
    { type: 'ladder.recordCall', client: p.client, run, attempt, outcome: 'reachedByName' },
    { weight: 'main' },
  );
  // V3: after a step of a person "nobody has been called yet" may not be true any more.
  const isFirst = care.run === null || (care.run.phoning === 'idle' && care.run.deciding === 'idle');
  const ring = task('ownCall', say('staff.ownCall.title'), [reached], {
    why: say(isFirst ? 'staff.ownCall.why' : 'staff.ownCall.again'),
    urgency: 'now',
  });
  const duty = task('ownDuty', say('staff.ownDuty.title'), [], {
    why: say('staff.ownDuty.why'),
    urgency: 'now',
  });
  return present([
    needsRing && care.mayRing && ring,
    (isMediaLost || care.run !== null || care.risk.isActive || care.crisis.state === 'open') && duty,
  ]);
}
