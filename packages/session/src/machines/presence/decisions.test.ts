import { expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor, calm, deliver } from '../../testing/deliver.js';
import { presenceConcept } from './presence.concept.js';
import type { PresenceContext } from './presence.machine.js';

const aPerson = (person: string, value: string, context: Partial<PresenceContext> = {}): ChartState => {
  const made = aChart(presenceConcept, person);
  return { value, context: { ...made.context, ...context } };
};
const client = (value: string, context: Partial<PresenceContext> = {}) => aPerson('c1', value, context);
const proof = (isHeard: boolean, lastMs = 500) => ({ lastMs, isHeard });
const during = (now: Partial<Circumstances>) => ({ now });
const heard = (type: Emitted['type'], rest: Partial<Emitted> = {}): Cell['message'] => ({
  type,
  rules: [],
  subject: null,
  ...rest,
});
const due = (deadline: string): Cell['message'] => ({ type: 'deadline.passed', deadline, dueAtMs: 1000 });

const silent = { d1: proof(false) };
const awayFrom = { awaySinceMs: 500, absences: 1 };
const states: Readonly<Record<string, ChartState>> = {
  'not yet': client('notYet'),
  'alive on one device': client('alive', { evidence: { d1: proof(true) } }),
  'alive on two devices': client('alive', { evidence: { d1: proof(true), d2: proof(true, 400) } }),
  'alive on media too': client('alive', { evidence: { d1: proof(true), 'media:d9': proof(true, 700) } }),
  'alive on media alone': client('alive', { evidence: { d1: proof(false), 'media:d9': proof(true, 700) } }),
  'alive after a start, unheard': client('alive', {
    evidence: silent,
    reassessUntilMs: 9000,
    deadlines: { return: 9000 },
  }),
  'suspected of silence': client('suspected', { evidence: silent, deadlines: { gone: 3500 } }),
  'suspected of a reload': client('suspected', {
    evidence: silent,
    isUnloading: true,
    deadlines: { gone: 15_500 },
  }),
  'suspected after a start': client('suspected', {
    evidence: silent,
    reassessUntilMs: 9000,
    deadlines: { gone: 9000, return: 9000 },
  }),
  gone: client('gone', { ...awayFrom, evidence: silent }),
  left: client('left', awayFrom),
  exited: client('exited', awayFrom),
};

const media = (device: string, state: 'up' | 'silent'): Cell['message'] => ({
  type: 'media.reported',
  client: 'c1',
  device,
  state,
  lastBothWaysAtMs: 900,
  verdict: 'unknown',
});
const by = (person: string) => ({ by: actor(person) });
const cells: Readonly<Record<string, Cell>> = {
  'their device joins': { message: { type: 'device.joined', person: 'c1', device: 'd1' } },
  'a device of somebody else joins': { message: { type: 'device.joined', person: 'p1', device: 'd9' } },
  'their device is heard': { message: { type: 'device.heard', person: 'c1', device: 'd1', heardAtMs: 900 } },
  'a device of somebody else is heard': {
    message: { type: 'device.heard', person: 'p1', device: 'd9', heardAtMs: 900 },
  },
  'their device is silent': {
    message: { type: 'device.silent', person: 'c1', device: 'd1', lastHeardAtMs: 800 },
  },
  'their device is silent, from before': {
    message: { type: 'device.silent', person: 'c1', device: 'd1', lastHeardAtMs: 100 },
  },
  'the witness is silent': {
    message: { type: 'device.silent', person: 'p1', device: 'd9', lastHeardAtMs: 800 },
  },
  'their page goes': { message: { type: 'device.unloading', person: 'c1', device: 'd1' } },
  'their page goes with risk': {
    message: { type: 'device.unloading', person: 'c1', device: 'd1' },
    ...during({ isRiskActive: true }),
  },
  'the page of the witness goes': { message: { type: 'device.unloading', person: 'p1', device: 'd9' } },
  'they speak of media': { message: media('d1', 'silent'), ...by('c1') },
  'media of theirs arrives': { message: media('d9', 'up'), ...by('p1') },
  'media of theirs is silent': { message: media('d9', 'silent'), ...by('p1') },
  'they leave': { message: { type: 'person.left', person: 'c1' }, ...by('c1') },
  'they exit': { message: { type: 'person.exited', person: 'c1' }, ...by('c1') },
  'somebody else leaves': { message: { type: 'person.left', person: 'p1' } },
  'somebody else exits': { message: { type: 'person.exited', person: 'p1' } },
  'the server starts': { message: { type: 'server.started', unwatchedMs: 0 } },
  'gone is due': { message: due('gone') },
  'the return is due': { message: due('return') },
  'missing is due': { message: due('missing') },
};

test('[P1][P2][P3][P4][P7] what each state of a client does with what is heard of them', () => {
  expect(decisionTable(presenceConcept, states, cells)).toMatchSnapshot();
});

test('[P5] what concerns a practitioner who is away concerns no client who is', () => {
  const happened: Readonly<Record<string, Cell>> = {
    'risk is raised': { message: heard('risk.raised') },
    'a run opens': { message: heard('run.opened') },
    'a run ends': { message: heard('run.ended') },
    'they are alive': { message: heard('person.alive', { subject: { kind: 'person', id: 'c1' } }) },
    'the lead changes': { message: heard('lead.changed', { details: { from: 'p1', to: 'p2' } }) },
    'missing is due in a run': { message: due('missing'), ...during({ openRun: 'c1.r1' }) },
  };
  const missed = client('gone', { ...awayFrom, isMissed: true, deadlines: { missing: 9000 } });
  expect(decisionTable(presenceConcept, { ...states, 'gone, and told': missed }, happened)).toMatchSnapshot();
});

const lead = (value: string, context: Partial<PresenceContext> = {}) => aPerson('p1', value, context);
const told = { isMissed: true } as const;
const leads: Readonly<Record<string, ChartState>> = {
  'not yet': lead('notYet'),
  'not yet, and told': lead('notYet', told),
  alive: lead('alive', { evidence: { d1: proof(true) } }),
  suspected: lead('suspected', { evidence: silent, deadlines: { gone: 3500 } }),
  gone: lead('gone', { ...awayFrom, evidence: silent, deadlines: { missing: 60_500 } }),
  'gone, and told': lead('gone', { ...awayFrom, ...told, evidence: silent }),
  'gone, nobody knows since when': lead('gone', { absences: 1 }),
  left: lead('left', { ...awayFrom, deadlines: { missing: 60_500 } }),
  'left, and told': lead('left', { ...awayFrom, ...told }),
  exited: lead('exited', { ...awayFrom, deadlines: { missing: 60_500 } }),
  'exited, and told': lead('exited', { ...awayFrom, ...told }),
};
const aliveClient = (id: string): Cell['message'] =>
  heard('person.alive', { subject: { kind: 'person', id } });
const led: Readonly<Record<string, Cell>> = {
  'risk is raised': { message: heard('risk.raised'), ...during({ isRiskActive: true }) },
  'a run opens': { message: heard('run.opened'), ...during({ openRun: 'c1.r1' }) },
  'a run opens with risk': {
    message: heard('run.opened'),
    ...during({ openRun: 'c1.r1', isRiskActive: true }),
  },
  'a run ends': { message: heard('run.ended') },
  'the client is alive': { message: aliveClient('c1') },
  'the client is alive, with risk': { message: aliveClient('c1'), ...during({ isRiskActive: true }) },
  'somebody else is alive': { message: aliveClient('duty-1') },
  'somebody is alive, nobody says who': { message: heard('person.alive') },
  'the lead goes to another': {
    message: heard('lead.changed', { details: { from: 'p1', to: 'p2' } }),
    ...during({ practitioner: 'p2' }),
  },
  'the lead comes to them': { message: heard('lead.changed', { details: { from: 'p2', to: 'p1' } }) },
  'the lead comes to them with risk': {
    message: heard('lead.changed', { details: { from: 'p2', to: 'p1' } }),
    ...during({ isRiskActive: true }),
  },
  'the lead changes, nobody says how': {
    message: heard('lead.changed'),
    ...during({ practitioner: 'p2' }),
  },
  'they come back': { message: { type: 'device.joined', person: 'p1', device: 'd1' } },
  'they leave': { message: { type: 'person.left', person: 'p1' } },
  'missing is due': { message: due('missing') },
};

test('[P4][P5][P6][D3] what each state of who leads does with what happens', () => {
  expect(decisionTable(presenceConcept, leads, led)).toMatchSnapshot();
});

test('[P2][P5][D1] who is gone from now on is missed later, at once with risk, and not where another leads', () => {
  const { suspected } = leads;
  const unknown = lead('suspected', { deadlines: { gone: 3500 } });
  const some = { suspected, 'suspected, nobody knows since when': unknown } as typeof leads;
  const goneNow: Readonly<Record<string, Cell>> = {
    'gone is due': { message: due('gone') },
    'gone is due with risk': { message: due('gone'), ...during({ isRiskActive: true }) },
    'gone is due where another leads': { message: due('gone'), ...during({ practitioner: 'p2' }) },
  };
  expect(decisionTable(presenceConcept, some, goneNow)).toMatchSnapshot();
});

test('[D1][P5][P6] what the same states do in somebody who does not lead', () => {
  const notLeading = Object.fromEntries(
    Object.entries(led).map(([name, cell]) => [name, { ...cell, now: { ...cell.now, practitioner: 'p2' } }]),
  );
  expect(decisionTable(presenceConcept, leads, notLeading)).toMatchSnapshot();
});

const CIRCUMSTANCES: Readonly<Record<string, Partial<Circumstances>>> = {
  'live, client alive': {},
  'live, client suspected': { clientPresence: 'suspected' },
  'live, client gone': { clientPresence: 'gone' },
  'live, client left': { clientPresence: 'left' },
  'live, client exited': { clientPresence: 'exited' },
  'live, client not yet': { clientPresence: 'notYet' },
  'setting up': { stage: 'settingUp' },
  gathering: { stage: 'gathering' },
  closing: { stage: 'closing' },
  closed: { stage: 'closed' },
  ...Object.fromEntries(
    ['gathering', 'closed'].flatMap((stage) => [
      [`${stage}, a run is open`, { stage, openRun: 'c1.r1' }],
      [`${stage}, a pathway is open`, { stage, openPathways: ['privacy'] }],
      [`${stage}, the client asks for someone`, { stage, isHelpAsked: true }],
      [`${stage}, with risk`, { stage, isRiskActive: true }],
    ]),
  ),
};

test('[P5][P6][S9] in which circumstances who leads is needed, at once or after a time', () => {
  const table = Object.fromEntries(
    Object.entries(CIRCUMSTANCES).flatMap(([name, now]) => [
      [`leaves: ${name}`, { message: { type: 'person.left', person: 'p1' }, now } satisfies Cell],
      [`exits: ${name}`, { message: { type: 'person.exited', person: 'p1' }, now } satisfies Cell],
      [`missing is due: ${name}`, { message: due('missing'), now } satisfies Cell],
    ]),
  );
  const { 'not yet': notYet, alive, gone, left, exited } = leads;
  const some = { 'not yet': notYet, alive, gone, left, exited } as Readonly<Record<string, ChartState>>;
  expect(decisionTable(presenceConcept, some, table)).toMatchSnapshot();
});

test('[P5][P6] the alert is about the open run, or about this absence of this person', () => {
  const of = (state: string, message: Cell['message'], now: Partial<Circumstances> = {}) => {
    const chart = leads[state];
    if (chart === undefined) throw new Error(state);
    return deliver(presenceConcept, chart, message, { now }).emitted.map(
      ({ type, rules, subject, alert }) => ({
        type,
        rules,
        subject,
        alert,
      }),
    );
  };
  const p1 = { kind: 'person', id: 'p1' };
  const run = { openRun: 'c1.r1' };
  const left = { type: 'person.left', person: 'p1' } as const;
  expect(of('gone', due('missing'))).toEqual([
    {
      type: 'practitioner.missing',
      rules: ['P5'],
      subject: p1,
      alert: { cause: 'practitionerGone', client: 'c1', about: 'p1.a1' },
    },
  ]);
  expect(of('left', due('missing'), run)).toEqual([
    {
      type: 'practitioner.missing',
      rules: ['P6'],
      subject: p1,
      alert: { cause: 'practitionerLeft', client: 'c1', about: 'c1.r1' },
    },
  ]);
  expect(of('alive', left, { isHelpAsked: true })).toEqual([
    {
      type: 'person.left',
      rules: ['P4', 'P6'],
      subject: p1,
      alert: { cause: 'practitionerLeft', client: 'c1', about: 'p1.a1' },
    },
  ]);
  expect(of('alive', left)).toEqual([{ type: 'person.left', rules: ['P4'], subject: p1, alert: undefined }]);
});

test('[P3] with risk raised a page that goes has less time, counted from when it was said', () => {
  const chart = states['suspected of a reload'];
  if (chart === undefined) throw new Error('no such state');
  const { unloadingRiskMs } = calm.limits;
  expect(deliver(presenceConcept, chart, heard('risk.raised')).chart.context.deadlines).toEqual({
    gone: 1000 + unloadingRiskMs,
  });
  const quiet = states['suspected of silence'] ?? chart;
  expect(deliver(presenceConcept, quiet, heard('risk.raised')).chart).toEqual(quiet);
});

test('[P1][J14] a chart begins with nothing known; everybody has one but a client of another session', () => {
  const fresh = {
    evidence: {},
    awaySinceMs: null,
    isUnloading: false,
    reassessUntilMs: null,
    absences: 0,
    isMissed: false,
    deadlines: {},
  };
  expect(aChart(presenceConcept, 'c1')).toEqual({
    value: 'notYet',
    context: { ...fresh, person: 'c1', role: 'client' },
  });
  expect(aChart(presenceConcept, 'x1').context).toMatchObject({ ...fresh, person: 'x1', role: 'duty' });
  const people = [
    { id: 'p1', role: 'practitioner' },
    { id: 'c1', role: 'client' },
    { id: 'f1', role: 'fellowClient' },
    { id: 'n1', role: 'interpreter' },
  ] as const;
  expect(presenceConcept.startsWith({ people } as never)).toEqual(['p1', 'c1', 'n1']);
});
