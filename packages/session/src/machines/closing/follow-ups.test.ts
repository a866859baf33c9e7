import type { Person } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Circumstances, Emitted, Message } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { aChart, calm, deliver } from '../../testing/deliver.js';
import { closingConcept } from './closing.concept.js';
import type { ClosingContext } from './closing.machine.js';
import { reasonsOwed, type FollowUp } from './follow-ups.js';

/** 2025-01-10, noon. */
const AT_MS = Date.UTC(2025, 0, 10, 12);
const fresh = (): ChartState => aChart(closingConcept, 'session');
const withFollowUps = (followUps: readonly FollowUp[]): ChartState => ({
  ...fresh(),
  context: { ...fresh().context, followUps } as never,
});
const after = (chart: ChartState, message: Message, now: Partial<Circumstances> = {}) =>
  deliver(closingConcept, chart, message, { atMs: AT_MS, now });
const owed = (chart: ChartState) => (chart.context as ClosingContext).followUps;
const heard = (type: Emitted['type'], subject: Emitted['subject'], rest: Partial<Emitted> = {}): Emitted => ({
  type,
  rules: [],
  subject,
  ...rest,
});

const run = { kind: 'run', id: 'c1.r1' } as const;
const client = { kind: 'client', id: 'c1' } as const;
const pathway = { kind: 'pathway', id: 'crisis.1' } as const;
const afterMs = calm.limits.incidentFollowUpMs;
const dayOf = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);

/** What is heard, and the follow-up that it opens: its id, kind, rule and date. */
const OPENED: readonly (readonly [string, Emitted, Partial<FollowUp>, string])[] = [
  [
    'who was told that something may be wrong is told how it ended, today',
    heard('deciding.acted', run, { outcome: 'reached' }),
    { id: 'tell.c1.r1', kind: 'tellThemHowItEnded', dueOn: '2025-01-10' },
    'X4',
  ],
  [
    'also when the act is reported after its run',
    heard('run.lateReport', run, { outcome: 'reached', details: { report: 'ladder.recordAct' } }),
    { id: 'tell.c1.r1', kind: 'tellThemHowItEnded', dueOn: '2025-01-10' },
    'X4',
  ],
  [
    'a meeting in person, on the day that was asked for',
    heard('channel.meetingAsked', client, { details: { meeting: 2, dueOn: '2025-02-03' } }),
    { id: 'meet.c1.2', kind: 'meetFaceToFace', dueOn: '2025-02-03' },
    'W6',
  ],
  [
    'looking back after a pathway',
    heard('supervision.opened', pathway),
    { id: 'after.crisis.1', kind: 'afterIncident', dueOn: dayOf(AT_MS + afterMs) },
    'F1',
  ],
  [
    'the reasons of a pathway',
    heard('pathway.ended', pathway),
    { id: 'why.crisis.1', kind: 'rationale', dueOn: dayOf(AT_MS + afterMs) },
    'F9',
  ],
];

test.each(OPENED)('[X2] %s', (_name, message, followUp, rule) => {
  const { chart, emitted } = after(fresh(), message);
  expect(owed(chart)).toEqual([{ owner: 'p1', state: 'open', ...followUp }]);
  expect(emitted).toMatchObject([
    {
      type: 'followUp.opened',
      rules: [rule],
      subject: { kind: 'followUp', id: followUp.id },
      outcome: followUp.kind,
      details: { owner: 'p1', dueOn: Number(followUp.dueOn?.replaceAll('-', '')) },
    },
  ]);
  // Once: heard again it is the same.
  expect(after(chart, message)).toMatchObject({ chart, emitted: [] });
});

test.each(OPENED)(
  '[X2] %s: an id of any length still fits, and one without a subject is the session’s',
  (_name, message) => {
    const idOf = (subject: Emitted['subject']) =>
      owed(after(fresh(), { ...message, subject }).chart)[0]?.id ?? '';
    expect(idOf({ kind: 'run', id: 'x'.repeat(64) })).toHaveLength(64);
    const ids = ['tell.session', 'after.session', 'why.session', 'meet.client.2'];
    expect(ids).toContain(idOf(null));
  },
);

test.each([
  ['nobody was reached', heard('deciding.acted', run, { outcome: 'noAnswer' })],
  [
    'nobody was reached, said late',
    heard('run.lateReport', run, { outcome: 'noAnswer', details: { report: 'ladder.recordAct' } }),
  ],
  [
    'a late report of something else',
    heard('run.lateReport', run, { outcome: 'reached', details: { report: 'ladder.recordCall' } }),
  ],
  ['the reasons are known', heard('pathway.ended', pathway, { details: { rationaleRef: 'note-7' } })],
])('[X4][F9] %s: nothing is owed', (_name, message) => {
  expect(after(fresh(), message)).toMatchObject({ chart: fresh(), emitted: [] });
});

test('[X2] of a closed session nothing new is owed but a meeting that was asked for', () => {
  const opened = OPENED.filter(
    ([, message]) => after(fresh(), message, { stage: 'closed' }).emitted.length > 0,
  );
  expect(opened.map(([, { type }]) => type)).toEqual(['deciding.acted', 'channel.meetingAsked']);
});

test('[F1] one looking back that is still owed stands for all; a settled one does not', () => {
  const incident = (state: FollowUp['state']): FollowUp => ({
    id: 'after.crisis.0',
    kind: 'afterIncident',
    owner: 'p1',
    dueOn: '2025-01-10',
    state,
  });
  const opens = (state: FollowUp['state']) =>
    after(withFollowUps([incident(state)]), heard('supervision.opened', pathway)).emitted.length;
  expect([opens('open'), opens('handedOver'), opens('settled')]).toEqual([0, 0, 1]);
  const others = withFollowUps([{ ...incident('open'), kind: 'callClient' }]);
  expect(after(others, heard('supervision.opened', pathway)).emitted).toHaveLength(1);
});

test('[F1][F9] whoever acted owes it, if they are of the staff; else whoever leads', () => {
  for (const type of ['supervision.opened', 'pathway.ended'] as const) {
    const ownerOf = (owner: string | number) =>
      owed(after(fresh(), heard(type, pathway, { details: { owner } })).chart)[0]?.owner;
    expect([ownerOf('duty-2'), ownerOf('c1'), ownerOf('x9'), ownerOf(7)]).toEqual([
      'duty-2',
      'p1',
      'p1',
      'p1',
    ]);
  }
  const told = after(fresh(), heard('deciding.acted', run, { outcome: 'reached' }), { runOwner: 'duty-1' });
  expect(owed(told.chart)[0]?.owner).toBe('duty-1');
});

test('[X2] clients and whoever came along with them are no staff: nothing is owed by them', () => {
  const people: readonly Person[] = [
    { id: 'c1', role: 'client' },
    { id: 'c2', role: 'fellowClient' },
    { id: 'n1', role: 'interpreter' },
    { id: 'p1', role: 'practitioner' },
    { id: 'duty-1', role: 'duty' },
  ];
  expect((aChart(closingConcept, 'session', people).context as ClosingContext).staff).toEqual([
    'p1',
    'duty-1',
  ]);
});

const rationale: FollowUp = {
  id: 'why.crisis.1',
  kind: 'rationale',
  owner: 'p1',
  dueOn: '2025-01-10',
  state: 'open',
};
const other: FollowUp = { ...rationale, id: 'f1', kind: 'callClient' };

test('[F9] where the reasons are is settled by naming it, also when it was handed over, and by nothing else', () => {
  const given = heard('pathway.rationaleGiven', pathway);
  for (const state of ['open', 'handedOver'] as const) {
    const { chart, emitted } = after(withFollowUps([other, { ...rationale, state }]), given);
    expect(emitted).toMatchObject([
      { type: 'followUp.settled', rules: ['F9'], subject: { kind: 'followUp', id: rationale.id } },
    ]);
    expect(owed(chart)).toEqual([other, { ...rationale, state: 'settled' }]);
    expect(after(chart, given)).toMatchObject({ chart, emitted: [] });
  }
  const ofSession = after(
    withFollowUps([{ ...rationale, id: 'why.session' }]),
    heard('pathway.rationaleGiven', null),
  );
  expect(owed(ofSession.chart)[0]?.state).toBe('settled');
  const elsewhere = heard('pathway.rationaleGiven', { kind: 'pathway', id: 'crisis.2' });
  expect(after(withFollowUps([rationale]), elsewhere).emitted).toEqual([]);
  const settle = (followUp: string) =>
    after(withFollowUps([other, rationale]), { type: 'closing.settleFollowUp', followUp });
  expect(settle(rationale.id)).toMatchObject({ emitted: [], refused: { code: 'rationale-missing' } });
  expect(settle('f1').emitted).toMatchObject([{ type: 'followUp.settled', rules: ['X8'] }]);
  expect(settle('f9')).toMatchObject({ emitted: [], refused: null });
});

test('[X8] handed over to one of the staff who does not owe it yet: it alone, and it is on the record', () => {
  const handOver = (to: string, followUp = 'f1') =>
    after(withFollowUps([other, rationale]), { type: 'closing.handOverFollowUp', followUp, to });
  const done = handOver('duty-1');
  expect(owed(done.chart)).toEqual([{ ...other, owner: 'duty-1', state: 'handedOver' }, rationale]);
  expect(done.emitted).toMatchObject([
    { type: 'followUp.handedOver', rules: ['X8'], subject: { id: 'f1' }, details: { to: 'duty-1' } },
  ]);
  expect(handOver('p1')).toMatchObject({ emitted: [], refused: null });
  expect(handOver('c1')).toMatchObject({ emitted: [], refused: { code: 'unknown-person' } });
  expect(handOver('duty-1', 'f9')).toMatchObject({ emitted: [], refused: null });
});

test('[F9][A20] reasons are owed of each pathway that has none, unless they were handed over with a date', () => {
  const walked = ['a', 'b', 'c'].map((id) => ({ id, rationaleRef: id === 'b' ? 'note-1' : null }));
  const of = (state: FollowUp['state']) => reasonsOwed(walked, [{ ...rationale, id: 'why.c', state }]);
  expect(reasonsOwed(walked, [])).toEqual(['a', 'c']);
  expect([of('open'), of('settled'), of('handedOver')]).toEqual([['a', 'c'], ['a', 'c'], ['a']]);
});
