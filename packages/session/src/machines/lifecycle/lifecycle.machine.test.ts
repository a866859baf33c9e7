import type { Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { aChart, deliver } from '../../testing/deliver.js';
import { lifecycleConcept } from './lifecycle.concept.js';

const open: Partial<Circumstances> = {
  gate: { media: 'open', live: 'open', missing: { media: ['location'], live: ['location', 'identity'] } },
};
const admit: Command = { type: 'person.admit', person: 'c1' };
const override: Command = { type: 'gate.override', reason: 'crisis' };
const answered: Emitted = { type: 'item.answered', rules: [], subject: { kind: 'item', id: 'location' } };

const fresh = (): ChartState => aChart(lifecycleConcept, 'session');
const say = (chart: ChartState, message: Command | Emitted, now: Partial<Circumstances> = {}) =>
  deliver(lifecycleConcept, chart, message, { now });
const kinds = (emitted: readonly Emitted[]): string[] => emitted.map((event) => event.type);
const at = (...messages: (Command | Emitted)[]): ChartState =>
  messages.reduce((chart, message) => say(chart, message).chart, fresh());
const live = (): ChartState => at(admit, { type: 'session.goLive' });

describe('the gate', () => {
  test('[G1 G3 H19] media opens when the named person is let in and the items are settled, in either order', () => {
    const letIn = say(fresh(), admit, open);
    expect([letIn.chart.value, kinds(letIn.emitted)]).toEqual(['gathering', ['person.admitted']]);
    const opened = say(letIn.chart, answered);
    expect(opened.chart.value).toBe('settingUp');
    expect(kinds(opened.emitted)).toEqual(['session.gathered', 'gate.mediaOpened', 'session.setUpStarted']);
    expect(say(fresh(), answered).chart.value).toBe('gathering');
    expect(say(say(fresh(), answered).chart, admit).chart.value).toBe('settingUp');
  });

  test('[G3 H19] a stranger is not let in', () => {
    expect(say(fresh(), { type: 'person.admit', person: 'c2' }).refused?.code).toBe('unknown-person');
  });

  test('[G4 H14] in a crisis the practitioner opens media with everything missing, and the reason is kept', () => {
    const { chart, emitted } = say(fresh(), override, open);
    expect(chart.value).toBe('settingUp');
    expect(kinds(emitted)).toEqual([
      'gate.overridden',
      'person.admitted',
      'gate.mediaOpened',
      'session.setUpStarted',
    ]);
    expect(emitted[0]).toMatchObject({ outcome: 'crisis', details: { threshold: 'media' } });
    expect(chart.context).toMatchObject({ admitted: ['c1'], overridden: { media: 'crisis', live: null } });
  });

  test('[G2 A08 H13] live is refused with what is missing, and passed by a settled gate or a second reason', () => {
    const settingUp = at(admit);
    const refused = say(settingUp, { type: 'session.goLive' }, open);
    expect(refused.refused).toEqual({
      type: 'refused',
      code: 'gate-open',
      missing: ['location', 'identity'],
    });
    expect(refused.chart.value).toBe('settingUp');
    const passed = say(settingUp, override, open);
    expect(passed.chart.context).toMatchObject({ overridden: { live: 'crisis' } });
    const overridden = {
      gate: { media: 'settled', live: 'overridden', missing: { media: [], live: ['identity'] } },
    } as const;
    expect(say(passed.chart, { type: 'session.goLive' }, overridden).emitted).toMatchObject([
      { type: 'session.wentLive', outcome: 'overridden' },
    ]);
  });

  test('[G2] an item that is asked again does not take a live session back', () => {
    expect(say(live(), answered, open).chart.value).toBe('live');
  });
});

describe('the end', () => {
  test('[G6 H21] neither ended nor closed over an open run or an open crisis', () => {
    for (const [now, code] of [
      [{ openRun: 'c1.r1' }, 'run-open'],
      [{ isCrisisOpen: true }, 'crisis-open'],
    ] as const) {
      expect(say(live(), { type: 'session.end' }, now).refused?.code).toBe(code);
      const closing = say(say(live(), { type: 'session.end' }).chart, {
        type: 'closing.disposed',
        rules: [],
        subject: null,
      }).chart;
      expect(say(closing, { type: 'session.close' }, now).refused?.code).toBe(code);
    }
  });

  test('[G8 H15] not closed, but ended, over a client who asked for someone', () => {
    const closing = say(live(), { type: 'session.end' }, { isHelpAsked: true }).chart;
    expect(closing.value).toBe('closing');
    const disposed = say(closing, { type: 'closing.disposed', rules: [], subject: null }).chart;
    expect(say(disposed, { type: 'session.close' }, { isHelpAsked: true }).refused?.code).toBe('help-open');
    expect(say(disposed, { type: 'session.close' }).chart.value).toBe('closed');
  });

  test('[G8 A48] closed needs a disposition', () => {
    const closing = say(live(), { type: 'session.end' });
    expect([closing.chart.value, kinds(closing.emitted)]).toEqual(['closing', ['session.ending']]);
    expect(say(closing.chart, { type: 'session.close' }).refused?.code).toBe('disposition-missing');
    const disposed = say(closing.chart, { type: 'closing.disposed', rules: [], subject: null }).chart;
    const closed = say(disposed, { type: 'session.close' });
    expect([closed.chart.value, kinds(closed.emitted)]).toEqual(['closed', ['session.closed']]);
  });

  test('[G7 A12] consent is taken back at any time before the end, even over an open run', () => {
    for (const chart of [fresh(), at(admit), live()]) {
      const { chart: after, emitted } = say(
        chart,
        { type: 'consent.withdraw' },
        { openRun: 'c1.r1', isCrisisOpen: true },
      );
      expect([after.value, kinds(emitted)]).toEqual([
        'closing',
        ['consent.withdrawn', 'session.declined', 'session.ending'],
      ]);
    }
  });

  test('[G9] nothing leads out of closed', () => {
    const closing = say(say(live(), { type: 'session.end' }).chart, {
      type: 'closing.disposed',
      rules: [],
      subject: null,
    }).chart;
    const closed = say(closing, { type: 'session.close' }).chart;
    const all: Command[] = [
      admit,
      override,
      { type: 'session.goLive' },
      { type: 'session.end' },
      { type: 'session.close' },
      { type: 'consent.withdraw' },
    ];
    for (const message of all)
      expect(say(closed, message)).toEqual({ chart: closed, emitted: [], refused: null });
  });
});
