import {
  PLAN_GROUPS,
  PlanPutOffReason,
  PlanReason,
  PlanSkipReason,
  type Command,
  type PlanReview,
} from '@holdfast/protocol';
import type { PlanProjection } from '../../project/plan-projection.js';
import { choice, oneOf, present, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Choice, Field, Task } from '../types.js';

type Raise = Extract<Command, { type: 'plan.raise' }>;
const BECAUSE = { none: 'noPlan', stale: 'planIsOld', afterIncident: 'afterIncident' } as const;

const raise = (client: string, because: Raise['because'], rest: Partial<Choice> = {}): Choice =>
  choice('raise', say('plan.raise'), { type: 'plan.raise', client, because }, rest);

/** There is no plan, it is old, or something has happened: a reminder, which a person answers either way (C04, C08). */
function promptTask(client: string, prompt: NonNullable<PlanProjection['prompt']>): Task {
  const putOff = choice(
    'putOff',
    say('plan.putOff'),
    { type: 'plan.putOff', client, because: 'notNeeded' },
    { fields: ['because'] },
  );
  return task(
    'plan',
    say(`plan.prompt.${prompt}.title`),
    [raise(client, BECAUSE[prompt], { weight: 'main' }), putOff],
    {
      why: say(`plan.prompt.${prompt}.why`),
      fields: [oneOf('because', 'plan.putOff.because', PlanPutOffReason.options)],
    },
  );
}

/** Nothing reminds, and the practitioner may still ask for it (A13). */
const raiseTask = (client: string): Task =>
  task('plan', say('plan.raise.title'), [raise(client, 'presentation', { fields: ['because'] })], {
    why: say('plan.raise.why'),
    fields: [oneOf('because', 'plan.because', PlanReason.options)],
  });

/** One of the three reviews, done or passed over with a reason (A13). */
function reviewTask(client: string, review: PlanReview): Task {
  const done = choice(
    'reviewed',
    say('plan.review.done'),
    { type: 'plan.review', client, review, outcome: 'reviewed' },
    { weight: 'main' },
  );
  const notDone = choice(
    'notDone',
    say('plan.review.notDone'),
    { type: 'plan.review', client, review, outcome: 'notDone', reason: 'notNow' },
    { fields: ['reason'] },
  );
  return task(`plan.review.${review}`, say(`plan.review.${review}`), [done, notDone], {
    why: say('plan.review.why'),
    fields: [oneOf('reason', 'plan.skip', PlanSkipReason.options)],
  });
}

const flag = (name: string, label: string): Field => ({
  kind: 'flag',
  name,
  label: say(label),
  required: true,
});

/** What is in it: four groups, each by yes or no; the words stay with the client and the host (C06, C07). */
function contentTask(client: string): Task {
  const content = choice(
    'content',
    say('plan.content.send'),
    {
      type: 'plan.recordContent',
      client,
      flags: { triggers: false, copingAndSupports: false, providerResponse: false, emergencyProtocol: false },
    },
    { weight: 'main', fields: [...PLAN_GROUPS] },
  );
  return task('plan.content', say('plan.content.title'), [content], {
    why: say('plan.content.why'),
    fields: PLAN_GROUPS.map((group) => flag(group, `plan.group.${group}`)),
  });
}

/** Made together and agreed (C02), and where the host keeps it. */
function agreeTask(client: string): Task {
  const agree = choice(
    'agree',
    say('plan.agree.send'),
    {
      type: 'plan.agree',
      client,
      flags: { tookPart: false, agreed: false },
    },
    { weight: 'main', fields: ['tookPart', 'agreed', 'planRef'] },
  );
  return task('plan.agree', say('plan.agree.title'), [agree], {
    why: say('plan.agree.why'),
    fields: [
      flag('tookPart', 'plan.agree.tookPart'),
      flag('agreed', 'plan.agree.agreed'),
      { kind: 'reference', name: 'planRef', label: say('plan.agree.planRef'), required: false },
    ],
  });
}

/** A copy by the channel that the client marked safe, or not at all (C18). */
function copyTask(client: string, mayGiveCopy: boolean): Task {
  const give = choice('safeChannel', say('plan.copy.safeChannel'), {
    type: 'plan.giveCopy',
    client,
    way: 'safeChannel',
  });
  const keep = choice('notGiven', say('plan.copy.notGiven'), {
    type: 'plan.giveCopy',
    client,
    way: 'notGiven',
  });
  return task('plan.copy', say('plan.copy.title'), present([mayGiveCopy && give, keep]), {
    why: say(mayGiveCopy ? 'plan.copy.why' : 'plan.copy.noChannel'),
  });
}

/** A template of the service, by its code: what is in it is the host's (C19). */
function templateTask(client: string, templates: readonly string[]): Task {
  const use = choice(
    'use',
    say('plan.template.send'),
    {
      type: 'plan.useTemplate',
      client,
      template: templates[0] ?? 'none',
    },
    { fields: ['template'] },
  );
  return task('plan.template', say('plan.template.title'), [use], {
    fields: [oneOf('template', 'plan.template', templates)],
  });
}

/** The safety plan as things to do: a reminder, then what is owed; the rest once planning has begun. */
export function planTasks({ p, care }: Scene): Task[] {
  const { plan, stage } = care;
  if (plan === null || stage === 'closed') return [];
  const { client } = p;
  const reviews = plan.owed.map((review) => reviewTask(client, review));
  if (p.role !== 'practitioner') return reviews;
  if (plan.state === 'quiet' || plan.prompt !== null)
    return present([
      plan.prompt === null ? stage !== 'closing' && raiseTask(client) : promptTask(client, plan.prompt),
    ]);
  return present([
    plan.template === null && plan.templates.length > 0 && templateTask(client, plan.templates),
    ...reviews,
    plan.missing === null && contentTask(client),
    plan.agreement === null && agreeTask(client),
    plan.copy === null && copyTask(client, plan.mayGiveCopy),
  ]);
}

/** C03: the plan is talked about where consent is; the item of consent leads to it. */
export function withPlan({ p, care }: Scene, tasks: readonly Task[]): Task[] {
  if (care.plan === null || care.plan.state === 'due') return [...tasks];
  const link = choice('plan', say('plan.withConsent'), {
    type: 'plan.raise',
    client: p.client,
    because: 'withConsent',
  });
  return tasks.map((one) => (one.item === 'consent' ? { ...one, choices: [...one.choices, link] } : one));
}
