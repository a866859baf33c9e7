import { OverrideReason, type Command } from '@holdfast/protocol';
import { choice, oneOf, present, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Choice, Field, Task } from '../types.js';

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

const rationale: Field = {
  kind: 'reference',
  name: 'rationaleRef',
  label: say('rationaleRef.label'),
  required: true,
};

/** A crisis ends in one of four ways, and a person says which (H21). */
function crisisTask({ p, care, me }: Scene): Task {
  const { client } = p;
  const { escalation, acceptedBy } = care.crisis;
  const end = (
    exit: Extract<Command, { type: 'crisis.resolve' }>['exit'],
    fields: readonly string[],
  ): Choice =>
    choice(
      exit,
      say(`crisis.exit.${exit}`),
      { type: 'crisis.resolve', client, exit },
      { fields, confirm: say('crisis.exit.confirm') },
    );
  const offer = choice(
    'offer',
    say('staff.crisis.offer'),
    { type: 'crisis.offerEscalation', client },
    { weight: 'main' },
  );
  const accept = choice(
    'accept',
    say('staff.crisis.accept'),
    { type: 'crisis.acceptEscalation', client },
    { weight: 'main' },
  );
  const choices = present([
    escalation === 'none' && offer,
    escalation === 'offered' && p.role === 'duty' && accept,
    end('helpOnScene', []),
    escalation === 'accepted' && end('handOverAccepted', []),
    p.role === 'practitioner' && end('clientSafe', ['rationaleRef']),
    { ...end('overridden', ['reason']), weight: 'danger' as const },
  ]);
  return task('crisis', say('staff.crisis.title'), choices, {
    why: say(`staff.crisis.${escalation === 'accepted' && acceptedBy === me ? 'yours' : escalation}`),
    fields: [rationale, oneOf('reason', 'reason', OverrideReason.options)],
    urgency: 'now',
  });
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
  return present([
    crisis.state === 'open' && crisisTask(scene),
    risk.isActive && crisis.state !== 'open' && lowerTask(scene),
  ]);
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
