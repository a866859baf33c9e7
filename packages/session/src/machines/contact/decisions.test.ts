import type { Command, Fact, Id } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor, calm } from '../../testing/deliver.js';
import { contactConcept } from './contact.concept.js';
import type { ContactContext } from './contact-state.js';
import type { MediaReport } from './media-evidence.js';

const CLIENT = 'c1';
const LEAD = 'p1';
const made = aChart(contactConcept, CLIENT);
const chart = (value: string, context: Partial<ContactContext> = {}): ChartState => ({
  value,
  context: { ...made.context, ...context },
});
const report = (person: Id, rest: Partial<MediaReport> = {}) => ({
  [person]: {
    device: `${person}-device`,
    ...({ state: 'up', lastMs: 500, saidMs: 500, verdict: 'unknown', isHeard: true } as const),
    ...rest,
  },
});
const silent = { state: 'silent', verdict: 'them' } as const;
const up: Partial<ContactContext> = { reports: report(CLIENT), lastContactMs: 500 };
const bothUp: Partial<ContactContext> = { ...up, reports: { ...report(CLIENT), ...report(LEAD) } };
const down: Partial<ContactContext> = {
  reports: report(LEAD, silent),
  lastContactMs: 500,
  outageFromMs: 500,
  deadlines: { lost: 3500 },
};
const reload = { person: CLIENT, untilMs: 15_400 };

type Reported = Extract<Fact, { type: 'media.reported' }>;
const media = (state: Reported['state'], rest: Partial<Reported> = {}): Reported => ({
  type: 'media.reported',
  client: CLIENT,
  device: 'c1-device',
  state,
  lastBothWaysAtMs: state === 'up' ? 1000 : 600,
  verdict: 'me',
  ...rest,
});
const about = (id: Id) => ({ kind: 'person', id }) as const;
const heard = (type: Emitted['type'], rest: Partial<Emitted> = {}): Cell => ({
  message: { type, rules: [], subject: null, ...rest },
});
const passed = (deadline: string, now: Partial<Circumstances> = {}): Cell => ({
  message: { type: 'deadline.passed', deadline, dueAtMs: 1000 },
  now,
});
const lead = { device: 'p1-device' };
const other = { device: 'other-device' };
const limits = (rest: Partial<Circumstances['limits']>) => ({ limits: { ...calm.limits, ...rest } });

const mediaStates = {
  'not yet': chart('notYet'),
  together: chart('together', up),
  'together, both say so': chart('together', bothUp),
  'together after a reload': chart('together', { ...up, reload, unsettled: { upSinceMs: 800 } }),
  'together, nobody is heard': chart('together', {
    reports: report(CLIENT, { isHeard: false }),
    deadlines: { return: 15e3 },
    lastContactMs: 500,
    reassessUntilMs: 15e3,
  }),
  suspected: chart('suspected', down),
  'suspected, with a reload': chart('suspected', { ...down, reload, unsettled: { upSinceMs: null } }),
  'suspected, nobody is heard': chart('suspected', {
    ...down,
    reports: report(LEAD, {
      ...silent,
      isHeard: false,
    }),
    reassessUntilMs: 15e3,
  }),
  lost: chart('lost', { ...down, deadlines: {} }),
  returning: chart('returning', { ...bothUp, outageFromMs: 100, deadlines: { recovered: 5500 } }),
  'returning after a start': chart('returning', {
    reports: report(CLIENT, { isHeard: false }),
    lastContactMs: 500,
    outageFromMs: 100,
    deadlines: { return: 9e3 },
    reassessUntilMs: 9e3,
  }),
  'by phone': chart('byPhone', { leg: 1, caller: LEAD, deadlines: { check: 9000 } }),
  'by phone, and video is back': chart('byPhone', { ...bothUp, leg: 1, caller: LEAD }),
  'by phone with a duty person': chart('byPhone', { ...bothUp, leg: 1, caller: 'duty-1' }),
  'apart by a disposition': chart('apart'),
  'apart by leaving': chart('apart', { apartBy: [CLIENT] }),
  'apart for good': chart('apart', { isOver: true }),
} satisfies Readonly<Record<string, ChartState>>;
const byClient = { by: actor(CLIENT) };
const mediaCells: Readonly<Record<string, Cell>> = {
  'the client has media': { message: media('up'), ...byClient },
  'the client has media in a run': { message: media('up'), ...byClient, now: { openRun: 'c1.r1' } },
  'the practitioner has media': { message: media('up', lead) },
  'the client has none': { message: media('silent'), ...byClient },
  'the client has none on another page': { message: media('silent', other), ...byClient },
  'the practitioner has none': { message: media('silent', { ...lead, verdict: 'videoServer' }) },
  'somebody else has media': { message: media('up'), by: actor('duty-1') },
  'nobody says that there is media': {
    message: media('up'),
    by: { ...actor(CLIENT), person: null },
  },
  'the line of the client falls silent': {
    message: { type: 'device.silent', person: CLIENT, device: 'c1-device', lastHeardAtMs: 900 },
  },
  'the line of the practitioner falls silent': {
    message: { type: 'device.silent', person: LEAD, device: 'p1-device', lastHeardAtMs: 400 },
  },
  'the line of another device falls silent': {
    message: { type: 'device.silent', person: CLIENT, ...other, lastHeardAtMs: 900 },
  },
  'the page of the client goes': {
    message: { type: 'device.unloading', person: CLIENT, device: 'c1-device' },
  },
  'the server started': { message: { type: 'server.started', unwatchedMs: 0 } },
  'another leads': { ...heard('lead.changed', { details: { from: LEAD } }), by: actor('p2') },
};

test('[P8][P9][P10][P11][R2][D3] what each state makes of media, of lines and of pages', () => {
  expect(decisionTable(contactConcept, mediaStates, mediaCells)).toMatchSnapshot();
});

const states = {
  'not yet': chart('notYet'),
  together: chart('together', up),
  suspected: chart('suspected', down),
  'lost and going on': chart('lost', { ...down, unsettled: { upSinceMs: null }, reload }),
  returning: chart('returning', { ...up, outageFromMs: 100, deadlines: { recovered: 5500 } }),
  'by phone': chart('byPhone', { leg: 1, check: 2, caller: LEAD, deadlines: { check: 9_000_000 } }),
  'by phone, and video is back': chart('byPhone', { ...up, leg: 1, caller: LEAD }),
  'apart by a disposition': chart('apart'),
  'apart by leaving': chart('apart', { apartBy: [CLIENT] }),
  'apart, as the practitioner left': chart('apart', { apartBy: [LEAD] }),
  'apart, as both left': chart('apart', { apartBy: [CLIENT, LEAD] }),
  'apart by the meeting': chart('apart', { apartBy: ['meeting'] }),
  'apart by the meeting and by leaving': chart('apart', { apartBy: ['meeting', CLIENT] }),
  'apart for good': chart('apart', { isOver: true, apartBy: [CLIENT] }),
  'apart for good, as the practitioner left': chart('apart', { isOver: true, apartBy: [LEAD] }),
  'apart for good, as nobody left': chart('apart', { isOver: true }),
} satisfies Readonly<Record<string, ChartState>>;
const personCells = (type: 'person.left' | 'person.exited' | 'person.alive') => ({
  [`client: ${type}`]: heard(type, { subject: about(CLIENT) }),
  [`practitioner: ${type}`]: heard(type, { subject: about(LEAD) }),
});
const cells: Readonly<Record<string, Cell>> = {
  ...personCells('person.left'),
  ...personCells('person.exited'),
  ...personCells('person.alive'),
  'nobody is said to have left': heard('person.left'),
  'nobody is said to be back': heard('person.alive'),
  ...Object.fromEntries(
    (
      [
        'session.ending',
        'consent.withdrawn',
        'session.closed',
        'meeting.setApart',
        'meeting.broughtIn',
      ] as const
    ).map((type) => [type, heard(type)]),
  ),
  'the one who left leads no more': heard('lead.changed', { details: { from: LEAD } }),
  'another leads, and nobody says in whose place': heard('lead.changed'),
  'the client is no lead': heard('lead.changed', { details: { from: 'p2' } }),
  ...Object.fromEntries(
    ['together', 'byPhone', 'left', 'disposed'].map((outcome) => [
      `the run ended as ${outcome}`,
      heard('run.ended', { outcome }),
    ]),
  ),
};

test('[P15][W4][J17][D3] what each state makes of people who come, go and end', () => {
  expect(decisionTable(contactConcept, states, cells)).toMatchSnapshot();
});

type Call = 'call.cut' | 'call.stillTogether' | 'call.moveToVideo';
const said = (type: Call, by: Id = LEAD): Cell => ({
  message: { type, client: CLIENT } as Command,
  by: actor(by),
});
const callCells: Readonly<Record<string, Cell>> = {
  'the client is reached by name': heard('phoning.recorded', { outcome: 'reachedByName' }),
  'the client is reached by name, with risk': {
    ...heard('phoning.recorded', { outcome: 'reachedByName' }),
    by: actor('duty-1'),
    now: { isRiskActive: true },
  },
  'somebody else answered': heard('phoning.recorded', { outcome: 'someoneElseAnswered' }),
  'reached by choice': heard('channel.reached'),
  'the call is cut': said('call.cut'),
  'still talking': said('call.stillTogether'),
  'still talking, says a duty person': said('call.stillTogether', 'duty-1'),
  'still talking, with risk': { ...said('call.stillTogether'), now: { isRiskActive: true } },
  'back to video': said('call.moveToVideo'),
  'risk is raised': heard('risk.raised'),
  'the check is due': passed('check'),
  'the answer is due': passed('answer'),
  'the answer is due, with risk': passed('answer', { isRiskActive: true }),
};
const callStates = {
  'not yet': states['not yet'],
  'lost and going on': states['lost and going on'],
  'by phone': states['by phone'],
  'by phone, the check is near': chart('byPhone', { leg: 1, caller: LEAD, deadlines: { check: 2000 } }),
  'by phone, without a deadline': chart('byPhone', { leg: 1, caller: LEAD, lastContactMs: 700 }),
  'by phone, and video is back': states['by phone, and video is back'],
  'apart by leaving': states['apart by leaving'],
};

test('[P13][P14][W4][A32] what each state makes of a call', () => {
  expect(decisionTable(contactConcept, callStates, callCells)).toMatchSnapshot();
});

const unloading = (untilMs: number | null, subject = about(CLIENT)): Cell =>
  heard('person.suspected', {
    outcome: 'unloading',
    subject,
    ...(untilMs === null ? {} : { details: { untilMs } }),
  });
/** So that 500 ms without contact are too much, and not one less. */
const spent = limits({ flappingBudgetMs: 500 });
const notSpent = limits({ flappingBudgetMs: 501 });
const timeStates: Readonly<Record<string, ChartState>> = {
  'not yet': chart('notYet'),
  together: chart('together', { ...up, unsettled: { upSinceMs: 800 } }),
  'together, nobody is heard': mediaStates['together, nobody is heard'],
  suspected: chart('suspected', down),
  'suspected, with a reload': chart('suspected', { ...down, reload, deadlines: { lost: 15_400 } }),
  'suspected, with a reload that has run out': chart('suspected', {
    ...down,
    deadlines: { lost: 15400 },
    reload: {
      ...reload,
      untilMs: 1e3,
    },
  }),
  'suspected, and nobody knows since when': chart('suspected', {
    reload: { ...reload, untilMs: 1001 },
    deadlines: { lost: 15_400 },
  }),
  lost: chart('lost', { ...down, deadlines: {} }),
  'lost, after another time': chart('lost', {
    ...down,
    deadlines: {
      recovered: 1,
      lost: 2,
      return: 3,
    },
    outages: [
      {
        fromMs: -1e3,
        toMs: 0,
      },
    ],
  }),
  'lost, and nobody knows since when': chart('lost'),
  returning: states['returning'],
  'returning, after other times': chart('returning', {
    ...up,
    outageFromMs: 100,
    reload,
    reassessUntilMs: 9e3,
    apartBy: [LEAD],
    outages: [
      {
        fromMs: -9e6,
        toMs: -8e6,
      },
      {
        fromMs: -500,
        toMs: 0,
      },
    ],
  }),
  'apart by leaving': chart('apart', { apartBy: [CLIENT] }),
};
const timeCells: Readonly<Record<string, Cell>> = {
  'the page goes': unloading(16_000),
  'the page goes, and nobody knows for how long': unloading(null),
  'the page of nobody goes': heard('person.suspected', { outcome: 'unloading' }),
  'silent without a page that goes': heard('person.suspected', {
    outcome: 'silent',
    subject: about(CLIENT),
    details: { untilMs: 16e3 },
  }),
  'risk is raised': heard('risk.raised'),
  'risk is raised, and the last contact counts for longer': {
    ...heard('risk.raised'),
    now: limits({ lostAfterMs: 10_000 }),
  },
  ...Object.fromEntries(
    ['lost', 'return', 'recovered'].map((deadline) => [`due: ${deadline}`, passed(deadline)]),
  ),
  'a budget of 500 ms is due': passed('budget', spent),
  'a budget of 501 ms is due': passed('budget', notSpent),
  'the server started': { message: { type: 'server.started', unwatchedMs: 0 } },
  'media is up': { message: media('up'), ...byClient, now: spent },
  'the practitioner has none': { message: media('silent', lead), now: spent },
};

test('[P3][P7][P9][P10][P11][P12][L8] what each state makes of time', () => {
  expect(decisionTable(contactConcept, timeStates, timeCells)).toMatchSnapshot();
});
