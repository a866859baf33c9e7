import { ALERT_CAUSES, type AlertCause, type EventKind } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { actor, calm, deliver } from '../../testing/deliver.js';
import { alertConcept } from './alert.concept.js';
import { alertListOf } from './alert-list.js';

const ABOUT = 'c1.x1';

const anAlert = (cause: AlertCause, about = ABOUT): ChartState => {
  const told = { alert: `${about}.${cause}.duty-1`, about, cause, client: 'c1', person: 'duty-1' };
  const kept = { sentAtMs: 0, isDelivered: true, repeats: 0, stoodDownAtMs: null };
  const deadlines = { acknowledge: 30_000 };
  return { value: 'sent', context: { ...told, ...kept, deadlines } };
};

/** A5: the events by which what it was sent for is over. */
const OVER_BY: Readonly<Partial<Record<AlertCause, readonly EventKind[]>>> = {
  decidingSilent: ['deciding.decided', 'deciding.stoodDown'],
  actSilent: ['deciding.acted', 'deciding.decided', 'deciding.stoodDown'],
  wordMissing: ['run.wordGiven'],
  phoneSilent: ['call.stillTogether', 'call.cut', 'call.movedToVideo'],
  helpAsked: ['help.answered'],
  helpSilent: ['help.answered'],
  escalation: ['crisis.escalationJoined', 'crisis.escalationAccepted', 'crisis.resolved'],
  safeguarding: ['safeguarding.leadTold', 'safeguarding.settled'],
  discreetSignal: ['privacy.acknowledged'],
  privacySilent: ['privacy.stepTaken', 'privacy.resolved'],
  consult: ['consult.ended'],
};
/** What ends an alert about it, whatever its cause. */
const ALWAYS: readonly EventKind[] = ['run.ended', 'session.closed'];
const EVENTS: readonly EventKind[] = [...new Set([...ALWAYS, ...Object.values(OVER_BY).flat()])];

const heard = (type: EventKind, about: string): Emitted => ({
  type,
  rules: [],
  subject: { kind: 'run', id: about },
});
/** By somebody whom the alert was not sent to. */
const after = (chart: ChartState, event: Emitted): unknown =>
  deliver(alertConcept, chart, event, { by: actor('p1') }).chart.value;

test.each(ALERT_CAUSES)('[A5] an alert of %s is over by what settles it, and by nothing else', (cause) => {
  const over = EVENTS.filter((type) => after(anAlert(cause), heard(type, ABOUT)) === 'stoodDown');
  const expected = [...ALWAYS, ...(OVER_BY[cause] ?? [])];
  expect(new Set(over)).toEqual(new Set(expected));
  // What settles another matter is nothing to it; only the session's end is everything's.
  const byOther = EVENTS.filter((type) => after(anAlert(cause), heard(type, 'c1.x2')) === 'stoodDown');
  expect(byOther).toEqual(['session.closed']);
});

test.each(EVENTS)('[A5] %s is on the record as what stood it down', (type) => {
  const [cause = 'helpAsked'] = Object.entries(OVER_BY).find(([, events]) => events.includes(type)) ?? [];
  const { chart, emitted } = deliver(alertConcept, anAlert(cause as AlertCause), heard(type, ABOUT), {
    atMs: 7000,
  });
  expect(emitted).toMatchObject([{ type: 'alert.stoodDown', rules: ['A5'], details: { by: type } }]);
  expect(chart.context).toMatchObject({ deadlines: {}, stoodDownAtMs: 7000 });
});

test('[A5] a crisis speaks of its client: every alert that was sent for it is over with it', () => {
  const ofClient = (type: EventKind, id: string): Emitted => ({
    type,
    rules: [],
    subject: { kind: 'client', id },
  });
  for (const type of OVER_BY.escalation ?? []) {
    expect(after(anAlert('escalation'), ofClient(type, 'c1'))).toBe('stoodDown');
    expect(after(anAlert('escalation'), ofClient(type, 'c9'))).toBe('sent');
  }
  expect(after(anAlert('helpAsked'), ofClient('help.answered', 'c1'))).toBe('sent');
});

test('[A5][Q8] the next step of broken privacy ends the silence before it, and that of no other matter', () => {
  const step = (about: string): Emitted => ({ ...heard('privacy.stepTaken', 'c1'), details: { about } });
  expect(after(anAlert('privacySilent', 'c1.v1.w2'), step('c1.v1'))).toBe('stoodDown');
  expect(after(anAlert('privacySilent', 'c1.v1.w2'), step('c1.v2'))).toBe('sent');
  expect(
    after(anAlert('helpAsked', 'c1.v1.w2'), { ...heard('help.answered', 'x'), details: { about: 'c1.v1' } }),
  ).toBe('sent');
});

test.each(['crisis.escalationJoined', 'crisis.escalationAccepted'] as const)(
  '[A3] %s by the person who was alerted takes their own alert',
  (type) => {
    const own = deliver(alertConcept, anAlert('escalation'), heard(type, ABOUT), { by: actor('duty-1') });
    expect(own.chart.value).toBe('accepted');
  },
);

test('[L17][A5] a person who takes the run over has taken what they were alerted for; only the old owner’s silence is over', () => {
  const changed = (about: string) => heard('run.ownerChanged', about);
  const oldSilence = ALERT_CAUSES.filter((cause) => after(anAlert(cause), changed(ABOUT)) === 'stoodDown');
  expect(new Set(oldSilence)).toEqual(new Set(['decidingSilent', 'actSilent', 'wordMissing']));
  expect(after(anAlert('actSilent'), changed('c1.x2'))).toBe('sent');
  const own = deliver(alertConcept, anAlert('helpAsked'), changed(ABOUT), { by: actor('duty-1') });
  expect(own.chart.value).toBe('accepted');
});

test('[A3] one acceptance of the same matter stands the others down; the same person is not asked twice', () => {
  const accepted = (details: NonNullable<Emitted['details']>, alert = 'other'): Emitted => ({
    type: 'alert.accepted',
    rules: [],
    subject: { kind: 'alert', id: alert },
    details,
  });
  const chart = anAlert('helpAsked');
  const same = { about: ABOUT, cause: 'helpAsked', person: 'duty-2' };
  expect(after(chart, accepted(same))).toBe('stoodDown');
  expect(after(chart, accepted({ ...same, cause: 'helpSilent' }))).toBe('sent');
  expect(after(chart, accepted({ ...same, about: 'c1.x2' }))).toBe('sent');
  expect(after(chart, accepted({ ...same, cause: 'helpSilent', person: 'duty-1' }))).toBe('accepted');
  expect(after(chart, accepted(same, `${ABOUT}.helpAsked.duty-1`))).toBe('sent');
});

test('[P5] an absence is over when the practitioner is there again, or somebody else leads', () => {
  const alive = (id: string): Emitted => ({
    type: 'person.alive',
    rules: [],
    subject: { kind: 'person', id },
  });
  const leads = (from: string): Emitted => ({ ...heard('lead.changed', 'p2'), details: { from } });
  for (const event of [alive('p1'), leads('p1')])
    expect(
      deliver(alertConcept, anAlert('practitionerGone', 'p1.a1'), event, { by: actor('p1') }).emitted,
    ).toMatchObject([{ type: 'alert.stoodDown', rules: ['A5'], details: { by: event.type } }]);
  for (const cause of ['practitionerGone', 'practitionerLeft'] as const) {
    expect(after(anAlert(cause, 'p1.a1'), alive('p1'))).toBe('stoodDown');
    expect(after(anAlert(cause, 'p1.a1'), alive('c1'))).toBe('sent');
    expect(after(anAlert(cause, 'c1.r1'), alive('p1')), 'a run is its own matter').toBe('sent');
    expect(after(anAlert(cause, 'p1.a1'), leads('p1'))).toBe('stoodDown');
    expect(after(anAlert(cause, 'p1.a1'), leads('p3'))).toBe('sent');
  }
  expect(after(anAlert('helpAsked', 'p1.a1'), alive('p1'))).toBe('sent');
  expect(after(anAlert('helpAsked', 'p1.a1'), leads('p1'))).toBe('sent');
});

describe('[A6] asked for again when everybody on the list was alerted', () => {
  const again = (cause: AlertCause, about = ABOUT): Emitted => ({
    ...heard('help.asked', 'c1'),
    alert: { cause, client: 'c1', about },
  });
  const before = (value: string): ChartState => {
    const stoodDown = { stoodDownAtMs: value === 'stoodDown' ? 500 : null };
    return { value, context: { ...anAlert('helpAsked').context, ...stoodDown } };
  };

  test.each(['unanswered', 'accepted', 'stoodDown'])('the last one, %s, stands again', (value) => {
    const { chart, emitted } = deliver(alertConcept, before(value), again('helpAsked'));
    expect(chart).toMatchObject({ value: 'unanswered', context: { stoodDownAtMs: null, deadlines: {} } });
    expect(emitted).toMatchObject([{ type: 'alert.unanswered', outcome: 'askedAgain' }]);
    for (const other of [again('helpSilent'), again('helpAsked', 'c1.x2')])
      expect(deliver(alertConcept, before(value), other)).toMatchObject({
        chart: before(value),
        emitted: [],
      });
  });

  test.each(['unanswered', 'accepted', 'stoodDown'])('of a loud run, %s: the run is told', (value) => {
    const chart = { value, context: { ...before(value).context, about: 'c1.r1' } };
    const told = deliver(alertConcept, chart, again('helpAsked', 'c1.r1'), { now: { openRun: 'c1.r1' } });
    expect(told.chart).toEqual(chart);
    expect(told.emitted).toMatchObject([{ type: 'alert.listExhausted', details: { attempt: 0 } }]);
  });

  test.each(['accepted', 'stoodDown'])('every other one, %s, stands again, but for a loud run', (value) => {
    const exhausted = (attempt: number): Emitted => ({
      ...heard('alert.listExhausted', 'c1.x1.helpAsked.duty-2'),
      details: { about: ABOUT, cause: 'helpAsked', attempt },
    });
    expect(after(before(value), exhausted(2))).toBe('unanswered');
    expect(after(before(value), exhausted(0))).toBe(value);
  });
});

test('[A1][H22][M1] safeguarding has its own list first, advice the person who was named; every other the duty list', () => {
  const asked = { ...calm, consulted: 'supervisor-1' };
  const lists = Object.fromEntries(ALERT_CAUSES.map((cause) => [cause, alertListOf(asked, cause).join(' ')]));
  const duty = 'duty-1 duty-2';
  const usual = Object.fromEntries(ALERT_CAUSES.map((cause) => [cause, duty]));
  const lead = `safeguarding-1 ${duty}`;
  expect(lists).toEqual({ ...usual, safeguarding: lead, privacy: lead, consult: `supervisor-1 ${duty}` });
  expect(alertListOf({ ...calm, consulted: null }, 'consult').join(' ')).toBe(duty);
  expect(alertListOf({ ...calm, consulted: 'duty-2' }, 'consult')).toEqual(['duty-2', 'duty-1']);
});

test.each(['sent', 'acknowledged', 'unanswered', 'accepted', 'stoodDown'])(
  '[A2][A3] %s: only whom it was sent to answers it, and what was said already is no news',
  (value) => {
    const chart = { ...anAlert('helpAsked'), value };
    const answers = { 'alert.acknowledge': 'alert.acknowledged', 'alert.accept': 'alert.accepted' } as const;
    for (const type of ['alert.acknowledge', 'alert.accept'] as const) {
      const said = { type, alert: `${ABOUT}.helpAsked.duty-1` };
      const byOther = deliver(alertConcept, chart, said, { by: actor('duty-2') });
      expect(byOther).toMatchObject({ chart, emitted: [], refused: { code: 'not-allowed' } });
      const isKnown =
        ['accepted', 'stoodDown'].includes(value) ||
        (value === 'acknowledged' && type === 'alert.acknowledge');
      const byOwn = deliver(alertConcept, chart, said, { by: actor('duty-1') });
      expect(byOwn.refused).toBeNull();
      expect(byOwn.emitted.map((event) => event.type)).toEqual(isKnown ? [] : [answers[type]]);
      if (isKnown) expect(byOwn.chart).toEqual(chart);
    }
  },
);

test.each([
  ['sent', 'acknowledge', 'alert.unanswered'],
  ['acknowledged', 'accept', 'alert.unanswered'],
  ['unanswered', 'repeat', 'alert.listExhausted'],
] as const)(
  '[A4][A6] %s: the end of its own clock is heard, that of another is not',
  (value, own, heardOf) => {
    const chart = { ...anAlert('helpAsked'), value };
    for (const deadline of ['acknowledge', 'accept', 'repeat']) {
      const { emitted } = deliver(alertConcept, chart, { type: 'deadline.passed', deadline } as never);
      expect(emitted.map(({ type }) => type)).toEqual(deadline === own ? [heardOf] : []);
    }
  },
);
