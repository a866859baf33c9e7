import {
  Command,
  EVENT_KINDS,
  PLAN_GROUPS,
  PLAN_REVIEWS,
  referencePolicy,
  VAULT_KEYS,
  type PlanReview,
} from '@holdfast/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { aDevice } from '../../testing/a-projection.js';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import type { View } from '../../view/types.js';
import { view } from '../../view/view.js';
import type { PlanContext } from './plan-state.js';

const client = CLIENT;
const raise: Command = { type: 'plan.raise', client, because: 'presentation' };
const reviewed = (review: PlanReview): Command => ({
  type: 'plan.review',
  client,
  review,
  outcome: 'reviewed',
});
const planOf = (walk: Walk) => walk.session.charts['plan:c1']?.context as PlanContext;
const screen = (walk: Walk, person: string = PRACTITIONER): View => {
  const held = project(walk.session, person);
  if (held === null) throw new Error('nobody');
  return view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
};
const taskIds = (walk: Walk, person: string = PRACTITIONER) => screen(walk, person).tasks.map(({ id }) => id);
const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 5, 1);

describe('what a raised plan asks for', () => {
  test('[I25][A13] the practitioner raises it, in any state until the end; then three reviews are owed', () => {
    for (const start of [
      () => aWalk(),
      () => aWaitingSession(),
      () => aLiveSession(),
      () => aLiveSession().cut().by(400_000),
    ]) {
      const walk = start().say(PRACTITIONER, raise);
      expect([walk.lastRefusal, walk.value('plan:c1')]).toEqual([null, 'due']);
      for (const [index, review] of PLAN_REVIEWS.entries()) {
        expect(walk.say(PRACTITIONER, reviewed(review)).lastRefusal).toBeNull();
        expect(walk.value('plan:c1')).toBe(index === 2 ? 'reviewed' : 'due');
      }
    }
  });

  test('[I25][A13] nothing that the client, the software or time does raises it: no score, a person', () => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client });
    walk.say(PRACTITIONER, { type: 'crisis.open', client }).cut().by(600_000);
    expect(walk.value('plan:c1')).toBe('quiet');
    for (const person of [CLIENT, DUTY[0]]) {
      walk.say(person, raise);
      expect([walk.lastRefusal?.code, walk.value('plan:c1')]).toEqual(['not-allowed', 'quiet']);
    }
  });

  test('[I25][A13] a review that was not done has a reason, or is not taken', () => {
    const walk = aLiveSession().say(PRACTITIONER, raise);
    const notDone: Command = { type: 'plan.review', client, review: 'crisisRoutes', outcome: 'notDone' };
    expect(walk.say(PRACTITIONER, notDone).lastRefusal?.code).toBe('bad-answer');
    walk.say(PRACTITIONER, { ...notDone, reason: 'clientDeclined' });
    expect([walk.lastRefusal, planOf(walk).reviews.crisisRoutes]).toEqual([
      null,
      { outcome: 'notDone', reason: 'clientDeclined' },
    ]);
  });

  test('[I26][A13] in every order of the three, the session is closed only after the last', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...PLAN_REVIEWS], { minLength: 3 }),
        fc.boolean(),
        (order, isSkipped) => {
          const walk = aLiveSession().say(PRACTITIONER, raise).say(PRACTITIONER, { type: 'session.end' });
          walk.say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
          for (const review of order) {
            walk.say(PRACTITIONER, { type: 'session.close' });
            expect(walk.lastRefusal).toMatchObject({ code: 'pathway-open', missing: ['plan'] });
            expect(screen(walk).cannot.map(({ because }) => because.key)).toContain('cannot.planDue');
            const skip: Command = {
              type: 'plan.review',
              client,
              review,
              outcome: 'notDone',
              reason: 'notNow',
            };
            walk.by(DAY_MS).say(PRACTITIONER, isSkipped ? skip : reviewed(review));
          }
          expect(walk.say(PRACTITIONER, { type: 'session.close' }).lastRefusal).toBeNull();
        },
      ),
      { numRuns: 12 },
    );
  });

  test('[I26] who was alerted can settle what is owed when the practitioner is not there', () => {
    const walk = aLiveSession().say(PRACTITIONER, raise).say(PRACTITIONER, { type: 'crisis.open', client });
    walk.say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
    expect(taskIds(walk, DUTY[0])).toEqual(expect.arrayContaining(['plan.review.crisisRoutes']));
    expect(walk.say(DUTY[0], reviewed('crisisRoutes')).lastRefusal).toBeNull();
  });
});

describe('reminders', () => {
  const at = (planReviewedOn: string | null, startsAtMs: number | null = null) =>
    aWalk({ atMs: NOW_MS, appointment: { planReviewedOn, startsAtMs } }).join(PRACTITIONER);
  const prompt = (walk: Walk) => planOf(walk).prompt;

  test('[I27][C08] set-up says when there is no plan, on the practitioner’s screen only', () => {
    const walk = at(null).join(CLIENT);
    expect(prompt(walk)).toBe('none');
    expect(screen(walk).tasks.find(({ id }) => id === 'plan')?.title.key).toBe('plan.prompt.none.title');
    expect(screen(walk).facts.find(({ id }) => id === 'plan')?.note?.key).toBe('fact.plan.none');
    expect(JSON.stringify(screen(walk, CLIENT))).not.toMatch(/"[^"]*\bplan\b/);
  });

  test('[I27][C04] the last review is shown; older than the policy’s days it prompts, to the day', () => {
    const days = referencePolicy.durations.planStaleAfterMs / DAY_MS;
    const on = (ago: number) => new Date(NOW_MS - ago * DAY_MS).toISOString().slice(0, 10);
    expect([prompt(at(on(1))), prompt(at(on(days))), prompt(at(on(days + 1)))]).toEqual([
      null,
      null,
      'stale',
    ]);
    expect(prompt(at(on(days), NOW_MS + DAY_MS))).toBe('stale');
    expect(screen(at(on(1))).facts.find(({ id }) => id === 'plan')?.note?.params).toEqual({ date: on(1) });
    expect(screen(at(on(400))).tasks.find(({ id }) => id === 'plan')?.title.key).toBe(
      'plan.prompt.stale.title',
    );
  });

  test('[I27][C04] a crisis, or a client who could not be reached, prompts; a person answers it, with a reason', () => {
    const incidents: ((walk: Walk) => Walk)[] = [
      (walk) => walk.say(PRACTITIONER, { type: 'crisis.open', client }),
      (walk) => walk.cut().by(600_000),
    ];
    for (const happens of incidents) {
      const walk = happens(aLiveSession({ appointment: { planReviewedOn: '1970-01-01' } }));
      expect([prompt(walk), walk.kinds.includes('plan.prompted')]).toEqual(['afterIncident', true]);
      walk.forget().say(PRACTITIONER, { type: 'plan.putOff', client, because: 'laterSession' });
      expect([prompt(walk), walk.events[0]?.outcome]).toEqual([null, 'laterSession']);
      expect(
        walk.say(PRACTITIONER, { type: 'plan.putOff', client, because: 'laterSession' }).lastRefusal?.code,
      ).toBe('not-now');
    }
  });

  test('[I27][C04] a review is a new date; three that were passed over are none', () => {
    const outcome = (isDone: boolean) => {
      const walk = at(null).say(PRACTITIONER, raise);
      for (const review of PLAN_REVIEWS)
        walk.say(
          PRACTITIONER,
          isDone
            ? reviewed(review)
            : ({ ...reviewed(review), outcome: 'notDone', reason: 'notNow' } as Command),
        );
      return planOf(walk).reviewedOn;
    };
    expect([outcome(true), outcome(false)]).toEqual(['2026-06-01', null]);
  });

  test('[I27][C03] the check of consent leads to the plan', () => {
    const walk = aWaitingSession();
    const link = screen(walk)
      .tasks.find(({ item }) => item === 'consent')
      ?.choices.find(({ id }) => id === 'plan');
    if (link === undefined) throw new Error('no link');
    expect(walk.say(PRACTITIONER, link.command).lastRefusal).toBeNull();
    expect(planOf(walk).because).toBe('withConsent');
  });
});

describe('what is in it, and whose it is', () => {
  const due = () => aLiveSession().say(PRACTITIONER, raise);
  const content = (
    has: Partial<Record<(typeof PLAN_GROUPS)[number], boolean>>,
    more?: string[],
  ): Command => ({
    type: 'plan.recordContent',
    client,
    flags: {
      triggers: false,
      copingAndSupports: false,
      providerResponse: false,
      emergencyProtocol: false,
      ...has,
    },
    ...(more === undefined ? {} : { more }),
  });
  const missing = (walk: Walk) => {
    const held = project(walk.session, PRACTITIONER);
    return held?.role === 'practitioner' ? held.care.plan?.missing : undefined;
  };

  test('[I28][C06] of the four groups those that are missing are named, each for itself', () => {
    expect(missing(due())).toBeNull();
    for (const group of PLAN_GROUPS) {
      const walk = due().say(PRACTITIONER, content({ [group]: true }));
      expect(missing(walk)).toEqual(PLAN_GROUPS.filter((other) => other !== group));
      expect(screen(walk).facts.filter(({ id }) => id.startsWith('planMissing')).length).toBe(3);
    }
    const { copingAndSupports: _, ...three } = (
      content({}) as Extract<Command, { type: 'plan.recordContent' }>
    ).flags;
    expect(Command.safeParse({ ...content({}), flags: three }).success).toBe(false);
  });

  test('[I28][C07] any order, more items, the client’s order: the SDK takes no word of the plan', () => {
    const more = ['theDog', 'morningWalk', 'aunt'];
    const early = aLiveSession()
      .say(PRACTITIONER, content({ triggers: true }, more))
      .say(PRACTITIONER, raise);
    const late = due()
      .say(PRACTITIONER, reviewed('crisisRoutes'))
      .say(PRACTITIONER, content({ triggers: true }, more));
    expect([planOf(early).more, planOf(late).more]).toEqual([more, more]);
    expect(VAULT_KEYS.filter((key) => /plan/i.test(key))).toEqual([]);
    expect(Command.safeParse({ ...content({}), text: 'words' }).success).toBe(false);
    expect(Command.safeParse(content({}, ['words with spaces'])).success).toBe(false);
  });

  test('[I28][C05] no kind of crisis is built into the plan', () => {
    const codes = JSON.stringify([
      PLAN_GROUPS,
      PLAN_REVIEWS,
      EVENT_KINDS.filter((kind) => kind.startsWith('plan.')),
    ]);
    expect(codes).not.toMatch(/suicid|harm|overdose|psychos|violence/i);
  });

  test('[I29][C02] that the client took part and agreed is recorded, each for itself, with where the host keeps it', () => {
    const walk = due().forget();
    walk.say(PRACTITIONER, {
      type: 'plan.agree',
      client,
      flags: { tookPart: true, agreed: false },
      planRef: 'plan-7',
    });
    expect(walk.events).toMatchObject([
      { kind: 'plan.agreed', details: { tookPart: true, agreed: false, planRef: 'plan-7' } },
    ]);
  });

  test('[I30][C18] a copy goes by a channel that the client marked safe, or not at all', () => {
    const copy = (way: 'safeChannel' | 'notGiven'): Command => ({ type: 'plan.giveCopy', client, way });
    const offered = (walk: Walk) =>
      screen(walk)
        .tasks.find(({ id }) => id === 'plan.copy')
        ?.choices.map(({ id }) => id);
    const safe = due();
    expect(offered(safe)).toEqual(['safeChannel', 'notGiven']);
    expect(safe.say(PRACTITIONER, copy('safeChannel')).lastRefusal).toBeNull();
    for (const told of [
      { ...ANSWERS.backUpChannel, flags: { usesVoice: true, isSafeChannel: false } },
      { type: 'item.answer', item: 'backUpChannel', answer: 'none' } as const,
      { type: 'item.reopen', item: 'backUpChannel' } as const,
    ]) {
      const walk = due().say(PRACTITIONER, told);
      expect(offered(walk)).toEqual(['notGiven']);
      expect(walk.say(PRACTITIONER, copy('safeChannel')).lastRefusal?.code).toBe('channel-not-safe');
      expect([planOf(walk).copy, walk.say(PRACTITIONER, copy('notGiven')).lastRefusal]).toEqual([null, null]);
    }
  });

  test('[I31][C19] a template is one of the service’s codes, and no other', () => {
    const policy = { ...referencePolicy, planTemplates: ['short', 'long'] };
    const walk = aLiveSession({ policy }).say(PRACTITIONER, raise).forget();
    const field = screen(walk).tasks.find(({ id }) => id === 'plan.template')?.fields[0];
    expect(field?.kind === 'choice' && field.options.map(({ value }) => value)).toEqual(['short', 'long']);
    walk.say(PRACTITIONER, { type: 'plan.useTemplate', client, template: 'another' });
    expect(walk.lastRefusal?.code).toBe('bad-answer');
    walk.say(PRACTITIONER, { type: 'plan.useTemplate', client, template: 'long' });
    expect([planOf(walk).template, walk.events.at(-1)?.kind]).toEqual(['long', 'plan.templateChosen']);
  });

  test('[I25][B01] among colleagues there is no plan', () => {
    const walk = aWalk({ appointment: { type: 'supervision' } });
    expect(walk.session.charts['plan:c1']).toBeUndefined();
    expect(walk.say(PRACTITIONER, raise).lastRefusal?.code).toBe('not-now');
  });
});
