import { describe, expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import { anOpenRun, planned } from '../../testing/a-run.js';
import { aLiveSession, CLIENT, PRACTITIONER } from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import { deliver } from '../../testing/deliver.js';
import { runConcept } from './run.concept.js';

const client = CLIENT;
const run = 'c1.r2';
const heard = (type: Emitted['type'], rest: Partial<Emitted> = {}): Emitted => ({
  type,
  rules: [],
  subject: null,
  ...rest,
});
const kinds = (of: { readonly emitted: readonly { readonly type: string }[] }) =>
  of.emitted.map(({ type }) => type);

describe('[L8][L14] together by a person’s word while media is still gone, and then risk', () => {
  const word = { outcome: 'together', hasWord: true, isBack: false } as const;
  const risk = { ...planned({ isRiskActive: true }), contact: 'lost' };

  test.each([
    ['a decision is open', anOpenRun({ deciding: 'undecided' }, word)],
    ['nobody rang', anOpenRun({ deciding: 'acting', phoning: 'idle' }, word)],
  ])('%s: nobody is out, nobody is told so and nothing rings', (_, chart) => {
    const raised = deliver(runConcept, chart, heard('risk.raised'), { now: risk });
    expect(kinds(raised)).toEqual([]);
    expect(raised.chart.value).toEqual(chart.value);
  });
});

describe('[L3][L4] the wait ends where ringing is blocked', () => {
  test.each(['stopped', 'recovered'])('%s: nobody is lost, and no decision is owed', (outcome) => {
    const chart = anOpenRun({ phoning: 'idle' });
    const ended = heard('reconnecting.ended', { outcome });
    const { chart: after, emitted } = deliver(runConcept, chart, ended, { now: planned({ mayRing: false }) });
    expect([after.value, emitted]).toEqual([chart.value, []]);
  });

  test('a word in the wait: they are together, and nobody is asked to decide', () => {
    const unsafe = { ...ANSWERS.callBackNumber, flags: { safeToRing: false, safeToLeaveMessage: false } };
    const walk = aLiveSession().say(CLIENT, unsafe).cut().to(100_000);
    walk.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: 'c1.r1' });
    expect([walk.lastRefusal, walk.kinds.includes('deciding.opened')]).toEqual([null, false]);
  });
});

test('[L2][E2] lost again while the wait of a quick exit runs: the clock of the outage stays where it began', () => {
  const rung = { hasPhoned: true, attempt: 1, attemptOfPart: 1 };
  const context = { ...rung, cause: 'exit', outcome: 'left', lastContactMs: 0 } as const;
  const chart = anOpenRun(
    { reconnecting: 'waiting', phoning: 'attempting' },
    { ...context, deadlines: { wait: 300_000 } },
  );
  const again = heard('contact.lost', { outcome: 'again', details: { sinceMs: 700 } });
  expect(deliver(runConcept, chart, again).chart.context).toMatchObject({ lastContactMs: 0 });
  const gone = heard('person.gone', { subject: { kind: 'person', id: client }, details: { sinceMs: 700 } });
  const apart = { contact: 'apart', stage: 'live' };
  expect(deliver(runConcept, chart, gone, { now: apart }).chart.context).toMatchObject({ lastContactMs: 0 });
});

test('[L14][L18] a late word with a decision still open is kept as late', () => {
  const chart = anOpenRun(
    { deciding: 'undecided', word: 'awaited' },
    { isBack: true, deadlines: { word: 60_000 } },
  );
  const word = { type: 'ladder.confirmTogether', client, run } as const;
  const said = deliver(runConcept, chart, word, { atMs: 40_000, saidAtMs: 30_000 });
  expect(kinds(said)).toContain('run.wordGiven');
  const given = heard('run.wordGiven');
  const kept = deliver(runConcept, said.chart, given, { atMs: 40_000, saidAtMs: 30_000 }).chart;
  expect(kept.context).toMatchObject({ late: { report: 'together', saidAtMs: 30_000, atMs: 40_000 } });
});
