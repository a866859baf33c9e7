import {
  ConsentSought,
  NoPlanReason,
  SafeguardingEnd,
  SafeguardingSubject,
  SafeguardingThreshold,
} from '@holdfast/protocol';
import { choice, oneOf, present, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Cannot, Choice, Field, Task } from '../types.js';
import { checklistTasks } from './checklist.js';
import { guardianTasks, rationale } from './guardian.js';

/** One action, from any state; whom it is about can be said better in the task that opens with it (A05). */
export const safeguardingAction = ({ p, care }: Scene): Choice | false =>
  care.safeguarding.state !== 'open' &&
  choice('safeguarding', say('staff.action.safeguarding'), {
    type: 'safeguarding.open',
    client: p.client,
    about: p.isMinor ? 'child' : 'adult',
  });

function aboutTask({ p, care }: Scene): Task {
  const { about } = care.safeguarding;
  const choices = SafeguardingSubject.options
    .filter((other) => other !== about)
    .map((other) =>
      choice(other, say(`safeguarding.about.${other}`), {
        type: 'safeguarding.open',
        client: p.client,
        about: other,
      }),
    );
  return task('safeguarding.about', say(`staff.safeguarding.about.${about ?? 'adult'}`), choices, {
    why: say('staff.safeguarding.about.why'),
  });
}

/** A person decides; said anew, it replaces what was said (A37). */
function decideTask(scene: Scene): Task {
  const { p, care } = scene;
  const { threshold, decidedBy } = care.safeguarding;
  const choices = SafeguardingThreshold.options.map((option) =>
    choice(
      option,
      say(`safeguarding.threshold.${option}`),
      {
        type: 'safeguarding.decide',
        client: p.client,
        threshold: option,
        consentSought: 'notNeeded',
        rationaleRef: 'none',
      },
      { fields: ['consentSought', 'rationaleRef'] },
    ),
  );
  const decided =
    threshold === null || decidedBy === null
      ? null
      : say(`staff.safeguarding.decided.${threshold}`, { name: nameOf(scene, decidedBy) });
  const title = say('staff.safeguarding.decide.title');
  // "Not sure" stays a question; a yes or a no makes room for what comes next, and can be said anew among what is done.
  const isDone = decided !== null && threshold !== 'unsure';
  return task('safeguarding.decide', isDone ? decided : title, choices, {
    why: isDone ? title : (decided ?? say('staff.safeguarding.decide.why')),
    text: care.texts.safeguarding,
    urgency: isDone ? 'done' : 'normal',
    fields: [oneOf('consentSought', 'safeguarding.consent', ConsentSought.options), rationale],
  });
}

/** The lead is alerted on a person's word only, or told by that person (A38). */
function leadTask(scene: Scene): Task | false {
  const { p, care } = scene;
  const { notified, lead, owed } = care.safeguarding;
  if (notified === 'accepted' || notified === 'told') return false;
  const notify = (way: 'alert' | 'inPerson', rest: Partial<Choice>): Choice =>
    choice(
      way,
      say(`staff.safeguarding.lead.${way}`),
      { type: 'safeguarding.notifyLead', client: p.client, way },
      rest,
    );
  const choices = present([
    notified === 'notYet' && notify('alert', { weight: 'main' }),
    notify('inPerson', { confirm: say('staff.safeguarding.lead.confirm') }),
  ]);
  const why =
    lead === null
      ? say(`staff.safeguarding.lead.${notified}`)
      : say('staff.safeguarding.lead.acknowledged', { name: nameOf(scene, lead) });
  const isOwed = owed.includes('lead') && notified === 'notYet';
  return task('safeguarding.lead', say('staff.safeguarding.lead.title'), choices, {
    why,
    urgency: isOwed ? 'now' : 'normal',
  });
}

/** When, where and how it is safe to be in touch: words for the vault, never shown to the client again (A25). */
function planTask({ p, care, words }: Scene): Task {
  const { contactPlan } = care.safeguarding;
  const plan: Field = {
    kind: 'personal',
    name: 'safeContact',
    label: say('staff.personal.safeContact'),
    required: true,
    input: 'text',
    current: words.safeContact ?? null,
  };
  const choices = [
    choice(
      'set',
      say('staff.safeguarding.plan.set'),
      { type: 'safeguarding.setContactPlan', client: p.client, plan: 'set' },
      { fields: ['safeContact'], weight: 'main' },
    ),
    choice(
      'notNeeded',
      say('staff.safeguarding.plan.notNeeded'),
      { type: 'safeguarding.setContactPlan', client: p.client, plan: 'notNeeded', because: 'contactIsSafe' },
      { fields: ['because'] },
    ),
  ];
  return task('safeguarding.plan', say('staff.safeguarding.plan.title'), choices, {
    why: say(`staff.safeguarding.plan.${contactPlan === 'none' ? 'why' : `is.${contactPlan}`}`),
    fields: [plan, oneOf('because', 'safeguarding.noPlan', NoPlanReason.options)],
    urgency: contactPlan === 'none' ? 'normal' : 'done',
  });
}

/** The referral in writing: whose it is, and by when. */
function followUpTask(scene: Scene): Task | false {
  const { p, care, me } = scene;
  if (care.safeguarding.followUp === 'set') return false;
  const people = [...new Set([me, p.practitioner, care.safeguarding.lead ?? me])];
  const owner: Field = {
    kind: 'choice',
    name: 'owner',
    label: say('followUp.owner'),
    options: people.map((person) => ({
      value: person,
      label: say('person.name', { name: nameOf(scene, person) }),
    })),
    required: true,
  };
  const add = choice(
    'add',
    say('followUp.add'),
    {
      type: 'closing.addFollowUp',
      followUp: `sg${care.closing.followUps.length + 1}.${me}`,
      kind: 'safeguardingReferral',
      owner: me,
      dueOn: '2000-01-01',
    },
    { fields: ['owner', 'dueOn'] },
  );
  return task('safeguarding.followUp', say('followUp.kind.safeguardingReferral'), [add], {
    why: say('staff.safeguarding.followUp.why'),
    fields: [owner, { kind: 'date', name: 'dueOn', label: say('followUp.dueOn'), required: true }],
  });
}

/** The service's list of help goes to the client only by a way that they marked as safe (A54). */
function referralsTask({ p, care }: Scene): Task | false {
  const { referrals, safeChannels } = care.safeguarding;
  if (referrals.length === 0 || safeChannels.length === 0) return false;
  const choices = safeChannels.map((channel) =>
    choice(
      channel,
      say(`staff.referrals.by.${channel}`),
      { type: 'safeguarding.sendReferrals', client: p.client, channel },
      { confirm: say('staff.referrals.confirm') },
    ),
  );
  return task('safeguarding.referrals', say('staff.referrals.title'), choices, {
    why: say('staff.referrals.why'),
  });
}

function settleTask({ p, care }: Scene): Task | false {
  const { owed, notified } = care.safeguarding;
  if (owed.length > 0) return false;
  const ends = SafeguardingEnd.options.filter((end) => end !== 'handedToLead' || notified === 'accepted');
  const choices = ends.map((reason) =>
    choice(
      reason,
      say(`safeguarding.end.${reason}`),
      { type: 'safeguarding.settle', client: p.client, reason },
      { confirm: say('staff.safeguarding.settle.confirm') },
    ),
  );
  return task('safeguarding.settle', say('staff.safeguarding.settle.title'), choices, {
    why: say('staff.safeguarding.settle.why'),
  });
}

/** What an open pathway asks of this person, and what is left of it. */
export function safeguardingTasks(scene: Scene): Task[] {
  const { care } = scene;
  if (care.safeguarding.state !== 'open') return guardianTasks(scene);
  return present([
    decideTask(scene),
    leadTask(scene),
    planTask(scene),
    ...checklistTasks(scene, 'safeguarding'),
    aboutTask(scene),
    ...guardianTasks(scene),
    followUpTask(scene),
    referralsTask(scene),
    settleTask(scene),
  ]);
}

/** Why the pathway cannot be settled yet, what is missing, and what may not be sent. */
export function cannotSettle({ care }: Scene): Cannot[] {
  const { state, owed, referrals, safeChannels } = care.safeguarding;
  if (state !== 'open') return [];
  // S8: a way that was marked is held back for now; that none is marked would not be true.
  const isHeldBack = care.hasExited || care.privacy.step !== 'none';
  return present([
    owed.length > 0 && {
      command: 'safeguarding.settle' as const,
      because: say('cannot.safeguarding.settle'),
      missing: owed.map((name) => say(`safeguarding.owed.${name}`)),
    },
    referrals.length > 0 &&
      safeChannels.length === 0 && {
        command: 'safeguarding.sendReferrals' as const,
        because: say(isHeldBack ? 'cannot.referrals.now' : 'cannot.referrals'),
        missing: [],
      },
  ]);
}
