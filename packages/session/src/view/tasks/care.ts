import { choice, oneOf, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Task } from '../types.js';

/** Somebody asked for a person: that is answered by a person. */
export function helpTasks({ p, care }: Scene): Task[] {
  if (!care.help.isAsked) return [];
  const answer = choice(
    'answer',
    say('staff.help.send'),
    { type: 'help.answer', client: p.client },
    { weight: 'main' },
  );
  const dueAtMs = care.help.deadlines['answer'] ?? null;
  return [
    task('help', say('staff.help.title'), [answer], { why: say('staff.help.why'), dueAtMs, urgency: 'now' }),
  ];
}

const LOWER_REASONS = ['planAgreed', 'clientSafe', 'raisedByMistake'] as const;

/** Lowering is a decision with a reason; it takes nothing back that was already started (design). */
function lowerTask({ p }: Scene): Task {
  const lower = choice(
    'lower',
    say('staff.risk.lower'),
    { type: 'risk.lower', client: p.client, reason: 'planAgreed' },
    { fields: ['reason'], confirm: say('staff.risk.confirm') },
  );
  return task('risk', say('staff.risk.title'), [lower], {
    why: say('staff.risk.why'),
    fields: [oneOf('reason', 'risk.reason', LOWER_REASONS)],
  });
}

export function careTasks(scene: Scene): Task[] {
  const { risk, crisis } = scene.care;
  return risk.isActive && crisis.state !== 'open' ? [lowerTask(scene)] : [];
}

/** Alerts to this person: one by one, acknowledged and then taken. */
export function alertTasks(scene: Scene): Task[] {
  const { care, me, p } = scene;
  return care.alerts
    .filter((alert) => alert.person === me && ['sent', 'acknowledged', 'unanswered'].includes(alert.state))
    .map((alert) => {
      const acknowledge = choice(
        'acknowledge',
        say('staff.alert.acknowledge'),
        { type: 'alert.acknowledge', alert: alert.id },
        { weight: 'main' },
      );
      const accept = choice(
        'accept',
        say('staff.alert.accept'),
        { type: 'alert.accept', alert: alert.id },
        { weight: 'main' },
      );
      return task(
        `alert.${alert.id}`,
        say(`alert.${alert.cause}`, { name: nameOf(scene, p.client) }),
        [alert.state === 'acknowledged' ? accept : acknowledge],
        {
          why: say(alert.state === 'acknowledged' ? 'staff.alert.acceptWhy' : 'staff.alert.acknowledgeWhy'),
          dueAtMs: Object.values(alert.deadlines)[0] ?? null,
          urgency: 'now',
        },
      );
    });
}
