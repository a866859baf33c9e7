import { referencePolicy } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { project } from '../project/project.js';
import { aDevice } from '../testing/a-projection.js';
import {
  aLiveSession,
  aWaitingSession,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '../testing/a-session.js';
import type { Task, View } from './types.js';
import { view } from './view.js';

const client = CLIENT;
const seen = (walk: Walk, person: string): View => {
  const held = project(walk.session, person);
  if (held === null) throw new Error('nobody');
  return view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
};
const steps = (shown: View): readonly Task[] => shown.tasks.filter(({ id }) => id.startsWith('checklist.'));
const { opening, closing } = referencePolicy.checklists;
const anEnd = (walk: Walk): Walk => walk.say(PRACTITIONER, { type: 'session.end' });
const aCrisis = (): Walk =>
  aLiveSession()
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' })
    .say(PRACTITIONER, { type: 'risk.lower', client, reason: 'clientSafe' });

describe('opening and closing', () => {
  test('[T3][A44][B06] the opening is shown one step after the other: who is here, can we hear, what if we drop', () => {
    const walk = aLiveSession();
    const walked: string[] = [];
    for (const step of opening) {
      const open = steps(seen(walk, PRACTITIONER)).filter(({ urgency }) => urgency !== 'done');
      expect(open).toHaveLength(1);
      const [next] = open;
      expect(next?.why).toMatchObject({ params: { number: walked.length + 1, count: opening.length } });
      const done = next?.choices.find(({ id }) => id === 'done');
      expect(done?.command).toMatchObject({ type: 'checklist.record', list: 'opening', step });
      if (done !== undefined) walk.say(PRACTITIONER, done.command);
      expect(walk.lastRefusal).toBeNull();
      walked.push(step);
    }
    expect(walked).toEqual(
      expect.arrayContaining(['whoIsHere', 'canHear', 'whatIfWeDrop', 'consentStillHolds']),
    );
    expect(steps(seen(walk, PRACTITIONER)).every(({ urgency }) => urgency === 'done')).toBe(true);
  });

  test('[T2][T3] it is not shown before, nor to anybody else, nor where something is more pressing', () => {
    expect(steps(seen(aWaitingSession(), PRACTITIONER))).toEqual([]);
    const risky = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client });
    for (const walk of [
      risky,
      aLiveSession().cut().by(5000),
      aCrisis().say(PRACTITIONER, { type: 'crisis.open', client }),
    ])
      expect(steps(seen(walk, PRACTITIONER)).filter(({ id }) => id.startsWith('checklist.opening'))).toEqual(
        [],
      );
    expect(steps(seen(aLiveSession(), CLIENT))).toEqual([]);
  });

  test('[T3][A44] the closing list comes with the end, and the session closes without it', () => {
    const walk = anEnd(aLiveSession());
    expect(steps(seen(walk, PRACTITIONER)).map(({ id }) => id)).toEqual([`checklist.closing.${closing[0]}`]);
    walk.say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
    expect(seen(walk, PRACTITIONER).tasks.map(({ id }) => id)).toContain('close');
  });
});

describe('what is owed', () => {
  test('[F1][F2][X8] [F9][A20] follow-ups and missing references are asked in closing; a reference that nobody gave or handed over stops the close', () => {
    const walk = anEnd(aCrisis()).say(PRACTITIONER, {
      type: 'closing.dispose',
      disposition: 'endedAsPlanned',
    });
    const ids = seen(walk, PRACTITIONER).tasks.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['rationale.crisis1', 'followUp.after.crisis1']));
    expect(ids).not.toContain('close');
    expect(seen(walk, PRACTITIONER).cannot).toMatchObject([
      { because: { key: 'cannot.rationaleMissing' }, missing: [{ key: 'pathway.crisis' }] },
    ]);
    const owed = seen(walk, PRACTITIONER).tasks.find(({ id }) => id === 'rationale.crisis1');
    expect(owed).toMatchObject({
      urgency: 'now',
      why: { key: 'rationale.decided', params: { atMs: 60_000 } },
      choices: [{ id: 'give' }, { id: 'handOver' }],
    });
    for (const way of owed?.choices ?? []) {
      const after = walk.fork().say(PRACTITIONER, way.command);
      expect([after.lastRefusal, seen(after, PRACTITIONER).tasks.some(({ id }) => id === 'close')]).toEqual([
        null,
        true,
      ]);
    }
    expect(seen(walk, PRACTITIONER).notices.map(({ id }) => id)).toContain('supervision');
  });

  test('[X7] what the policy wants settled first is what to do now, and the close says what is missing', () => {
    const policy = { ...referencePolicy, settleBeforeClose: ['afterIncident'] };
    const walk = aLiveSession({ policy })
      .say(PRACTITIONER, { type: 'crisis.open', client })
      .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'clientSafe', rationaleRef: 'note-1' });
    // G6: it holds back the close, and never the end: in session nobody could settle it.
    const before = seen(walk, PRACTITIONER);
    expect([before.actions.map(({ id }) => id).includes('end'), before.cannot]).toEqual([true, []]);
    anEnd(walk).say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
    const shown = seen(walk, PRACTITIONER);
    expect(shown.tasks.filter(({ urgency }) => urgency === 'now').map(({ id }) => id)).toEqual([
      'followUp.after.crisis1',
    ]);
    expect(shown.cannot).toMatchObject([
      { because: { key: 'cannot.followUpOpen' }, missing: [{ key: 'followUp.kind.afterIncident' }] },
    ]);
  });
});

describe('looking back', () => {
  test('[F3][F7][A55] a supervisor sees what was walked and when, and settles it', () => {
    const walk = aCrisis();
    const shown = seen(walk, 'supervisor-1');
    expect([shown.stage, shown.headline.key, shown.whoActs]).toEqual([
      'review',
      'review.open.headline',
      'nobody',
    ]);
    expect(shown.facts).toMatchObject([
      {
        label: { key: 'pathway.crisis' },
        value: null,
        note: { params: { openedAtMs: 60_000, endedAtMs: 60_000 } },
      },
    ]);
    expect(shown.tasks.flatMap(({ choices }) => choices.map(({ command }) => command.type))).toEqual([
      'supervision.settle',
    ]);
    walk.say('supervisor-1', { type: 'supervision.settle', pathway: 'crisis1', rationaleRef: 'note-1' });
    expect(seen(walk, 'supervisor-1').headline.key).toBe('review.read.headline');
  });

  test('[F7][E23][A47] management sees issues and near misses, the supervisor near misses, nobody who said them', () => {
    const walk = aCrisis()
      .say(CLIENT, { type: 'nearMiss.flag', kind: 'overheard' })
      .say(DUTY[0], { type: 'issue.report', kind: 'words' });
    const labels = (person: string) => seen(walk, person).facts.map(({ label }) => label.key);
    expect(labels('management-1')).toEqual(['nearMiss.kind.overheard', 'issue.kind.words']);
    expect(labels('supervisor-1')).toEqual(['pathway.crisis', 'nearMiss.kind.overheard']);
    const held = project(walk.session, 'management-1');
    const review = held !== null && 'review' in held ? held.review : null;
    expect(review?.walked).toBeNull();
    expect(JSON.stringify([review?.nearMisses, review?.issues])).not.toMatch(/c1|duty-1/);
  });

  test('[F7][V6] who is alerted acts on it first; a duty person and the lead have nothing to look back at', () => {
    const walk = aCrisis();
    for (const person of [...DUTY, 'safeguarding-1'])
      expect(project(walk.session, person)).toMatchObject({ review: null });
    expect(seen(walk, 'safeguarding-1').stage).toBe('waiting');
  });
});

describe('anybody, at any time', () => {
  const stages: Readonly<Record<string, () => Walk>> = {
    waiting: aWaitingSession,
    live: aLiveSession,
    'in a run': () => aLiveSession().cut().by(310_000),
    ended: () => anEnd(aLiveSession()),
  };
  for (const [name, start] of Object.entries(stages)) {
    test(`[F4][F5][A47][E23] near miss and issue are apart from what is to be done: ${name}`, () => {
      for (const person of [CLIENT, PRACTITIONER, 'supervisor-1']) {
        const shown = seen(start(), person);
        expect(shown.reports.map(({ id }) => id)).toEqual(['nearMiss', 'issue']);
        expect(shown.reports.every(({ thanks, urgency }) => thanks !== null && urgency === 'normal')).toBe(
          true,
        );
        const asksReference = shown.reports.some(({ fields }) =>
          fields.some(({ kind }) => kind === 'reference'),
        );
        expect(asksReference).toBe(person !== CLIENT);
      }
    });
  }

  test('[F6][A50][E28] feedback is offered on the closed screen only, can be skipped, and goes when it is given', () => {
    const walk = aLiveSession();
    const feedback = () => seen(walk, CLIENT).tasks.filter(({ id }) => id === 'feedback');
    expect(feedback()).toEqual([]);
    anEnd(walk);
    const [asked] = feedback();
    expect(asked?.fields.every(({ required }) => !required)).toBe(true);
    const skip = asked?.choices.find(({ id }) => id === 'skip');
    expect(skip?.command).toMatchObject({ safety: 'skipped', nextSteps: 'skipped' });
    if (skip !== undefined) walk.say(CLIENT, skip.command);
    expect([walk.lastRefusal, feedback()]).toEqual([null, []]);
  });
});

test("[F8][E26] a policy whose review is overdue is said on every staff screen that acts, and on no client's", () => {
  const policy = { ...referencePolicy, reviewOn: '1970-01-01' };
  const isSaid = (walk: Walk, person: string) =>
    seen(walk, person).notices.some(({ id }) => id === 'policyReview');
  const walk = aLiveSession({ policy });
  expect(isSaid(walk, PRACTITIONER)).toBe(false);
  walk.nowMs = 86_400_000;
  expect([isSaid(walk, PRACTITIONER), isSaid(walk, CLIENT)]).toEqual([true, false]);
});

test('[V2][D04][H23] set-up has no clock: a first session may take as long as it takes', () => {
  const walk = aWaitingSession({ appointment: { isFirst: true } }).forget();
  expect(seen(walk, CLIENT).deadlines).toEqual([]);
  walk.by(8 * 3_600_000);
  expect(walk.events).toEqual([]);
  for (const person of [CLIENT, PRACTITIONER]) {
    const shown = seen(walk, person);
    expect([shown.deadlines, shown.tasks.filter(({ dueAtMs }) => dueAtMs !== null)]).toEqual([[], []]);
  }
});

test('[F7][F3] a duty person who is on the supervisor list too looks back when nothing is to be acted on', () => {
  const staff = { ...referencePolicy.staff, supervisor: [{ person: DUTY[0] }] };
  const walk = aLiveSession({ policy: { ...referencePolicy, staff } })
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
  expect(seen(walk, DUTY[0]).stage).toBe('alerted');
  walk
    .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' })
    .say(DUTY[0], { type: 'supervision.settle', pathway: 'crisis1', rationaleRef: 'note-1' });
  expect([walk.lastRefusal, seen(walk, DUTY[0]).stage]).toEqual([null, 'review']);
});
