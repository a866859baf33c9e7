import { FeedbackAnswer, IssueKind, NearMissKind, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor, deliver } from '../../testing/deliver.js';
import { reportConcept } from './report.concept.js';
import type { ReportContext } from './report.machine.js';

const fresh = aChart(reportConcept, 'session');
const at = (value: string, context: Partial<ReportContext>): ChartState => ({
  value,
  context: { ...fresh.context, ...context },
});
const answers = { safety: 'yes', privacy: 'no', access: 'unsure', nextSteps: 'skipped' } as const;
const told: Readonly<Record<string, ChartState>> = {
  'told before': at('unasked', {
    nearMisses: [{ kind: 'helpLate', ref: null, atMs: 500 }],
    nearMissCount: 3,
    issues: [{ kind: 'page', ref: 'n0', atMs: 500 }],
    issueCount: 5,
  }),
  given: at('given', { feedback: answers }),
};

const client = { by: actor('c1') };
const duty = { by: actor('duty-1') };
const nearMiss = (kind: NearMissKind, ref?: string): Command => ({
  type: 'nearMiss.flag',
  kind,
  ...(ref === undefined ? {} : { ref }),
});
const issue = (kind: IssueKind, ref?: string): Command => ({
  type: 'issue.report',
  kind,
  ...(ref === undefined ? {} : { ref }),
});

test('[F4][F5][F6] what each state does with what anybody tells', () => {
  const cells: Readonly<Record<string, Cell>> = {
    ...Object.fromEntries(
      NearMissKind.options.map((kind) => [
        `near miss ${kind}, by the client`,
        { message: nearMiss(kind), ...client },
      ]),
    ),
    'near miss with a reference, by the client': { message: nearMiss('overheard', 'n1'), ...client },
    'near miss with a reference, by a duty person': { message: nearMiss('overheard', 'n1'), ...duty },
    'near miss with a reference, by the practitioner': { message: nearMiss('overheard', 'n1') },
    ...Object.fromEntries(
      IssueKind.options.map((kind) => [`issue ${kind}, by the client`, { message: issue(kind), ...client }]),
    ),
    'issue with a reference, by the client': { message: issue('words', 'n1'), ...client },
    'issue with a reference, by a duty person': { message: issue('words', 'n1'), ...duty },
    'issue with a reference, after the close': { message: issue('words', 'n1'), now: { stage: 'closed' } },
    feedback: { message: { type: 'feedback.give', ...answers }, ...client },
    ...Object.fromEntries(
      FeedbackAnswer.options.map((said) => [
        `feedback, ${said} to all`,
        {
          message: { type: 'feedback.give', safety: said, privacy: said, access: said, nextSteps: said },
          ...client,
        } satisfies Cell,
      ]),
    ),
  };
  const some = Object.entries(cells).filter(([name]) => /helpLate|page|reference|feedback$/u.test(name));
  expect(
    decisionTable(reportConcept, { unasked: fresh }, cells) +
      decisionTable(reportConcept, told, Object.fromEntries(some)),
  ).toMatchSnapshot();
});

test('[F4][F5][F6] each is about the session, and asks for no alert', () => {
  for (const message of [
    nearMiss('helpLate'),
    issue('page'),
    { type: 'feedback.give', ...answers } as const,
  ]) {
    const [event, ...others] = deliver(reportConcept, fresh, message, client).emitted;
    expect([event?.subject, event?.alert, others]).toEqual([
      { kind: 'session', id: 'session' },
      undefined,
      [],
    ]);
  }
});

test('[F4][F5] of each kind the newest twenty are kept, and all are counted', () => {
  const after = (message: Command): ReportContext => {
    let chart = fresh;
    for (let turn = 1; turn <= 21; turn += 1)
      ({ chart } = deliver(reportConcept, chart, message, { ...client, atMs: turn }));
    return chart.context as never;
  };
  const instants = Array.from({ length: 20 }, (_, index) => index + 2);
  const near = after(nearMiss('wrongPlace'));
  expect(near.nearMisses).toEqual(instants.map((atMs) => ({ kind: 'wrongPlace', ref: null, atMs })));
  expect([near.nearMissCount, near.issues, near.issueCount]).toEqual([21, [], 0]);
  const issues = after(issue('safety'));
  expect(issues.issues).toEqual(instants.map((atMs) => ({ kind: 'safety', ref: null, atMs })));
  expect([issues.issueCount, issues.nearMisses, issues.nearMissCount]).toEqual([21, [], 0]);
});

test('[F4][F6] it begins with nothing told and nobody asked', () => {
  expect(fresh).toEqual({
    value: 'unasked',
    context: {
      nearMisses: [],
      issues: [],
      nearMissCount: 0,
      issueCount: 0,
      feedback: null,
      deadlines: {},
    },
  });
  expect(reportConcept.startsWith({} as never)).toEqual(['session']);
});
