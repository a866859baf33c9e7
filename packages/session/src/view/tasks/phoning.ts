import { CallOutcome, OverrideReason } from '@holdfast/protocol';
import type { RunProjection } from '../../project/projection.js';
import { choice, oneOf, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Task } from '../types.js';

/** The protocol never rings: a person does, and says what came of it (H31). */
export function callTask({ p, care, isOwner }: Scene, run: RunProjection): Task {
  const choices = CallOutcome.options.map((outcome) =>
    choice(
      outcome,
      say(`outcome.${outcome}`),
      { type: 'ladder.recordCall', client: p.client, run: run.id, attempt: run.attempt, outcome },
      { weight: outcome === 'reachedByName' ? 'main' : 'other' },
    ),
  );
  // H32: without a voice channel the attempt is a message by the agreed channel; the outcomes are the same.
  const way = care.mayRing ? 'call' : 'message';
  return task('call', say(`staff.${way}.title`, { attempt: run.attempt }), choices, {
    why: say(`staff.${way}.why`),
    dueAtMs: run.deadlines['attempt'] ?? null,
    urgency: isOwner ? 'now' : 'normal',
  });
}

/** Reached in another way, or later than the step: a person's report counts whenever it arrives (design). */
export function reportTask({ p }: Scene, run: RunProjection): Task {
  const reached = choice('reachedByName', say('outcome.reachedByName'), {
    type: 'ladder.recordCall',
    client: p.client,
    run: run.id,
    attempt: run.attempt,
    outcome: 'reachedByName',
  });
  return task('report', say('staff.report.title'), [reached]);
}

export function allowRingingTask({ p }: Scene, run: RunProjection): Task {
  const allow = choice(
    'allow',
    say('staff.allowRinging.allow'),
    { type: 'ladder.allowRinging', client: p.client, run: run.id, reason: 'clinicalJudgement' },
    { fields: ['reason'], weight: 'danger', confirm: say('staff.allowRinging.confirm') },
  );
  return task('allowRinging', say('staff.allowRinging.title'), [allow], {
    why: say('staff.allowRinging.why'),
    fields: [oneOf('reason', 'reason', OverrideReason.options)],
  });
}
