import { ITEMS, referencePolicy, type Answer, type Command, type ItemName } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { ANSWERS } from '../../testing/answers.js';
import { aSession } from '../../testing/a-session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor, calm, deliver } from '../../testing/deliver.js';
import type { ItemContext } from './answers.js';
import { itemConcept } from './item.concept.js';

type AnswerCommand = Extract<Command, { type: 'item.answer' }>;

const anItem = (item: ItemName, value = 'open', context: Partial<ItemContext> = {}): ChartState => {
  const made = aChart(itemConcept, item);
  return { value, context: { ...made.context, ...context } };
};
const given = (answer: Answer, rest: Partial<ItemContext> = {}): Partial<ItemContext> => ({
  answer,
  by: 'p1',
  atMs: 500,
  ...rest,
});
const passed: Partial<ItemContext> = { overrideReason: 'crisis', by: 'p1', atMs: 500 };
const client = { by: actor('c1') };
const duty = { by: actor('duty-1') };
const nobody = { by: { person: null, role: null, source: 'server', device: null } } as const;
const during = (now: Partial<Circumstances>) => ({ now });
const heard = (type: Emitted['type'], details?: Emitted['details']): Cell['message'] => ({
  type,
  rules: [],
  subject: null,
  ...(details === undefined ? {} : { details }),
});
const say = (item: ItemName, rest: Partial<AnswerCommand> = {}): Cell['message'] => ({
  ...ANSWERS[item],
  ...rest,
});
const override = (item: ItemName): Cell['message'] => ({
  type: 'item.override',
  item,
  reason: 'technicalFault',
});
const closed = during({ stage: 'closed' });

const privacy = (value: string, context: Partial<ItemContext> = {}): ChartState =>
  anItem('clientPrivacy', value, context);
const privacyStates: Readonly<Record<string, ChartState>> = {
  open: privacy('open'),
  confirmed: privacy('confirmed', given('confirmed', { flags: { alone: true, freeToSpeak: true } })),
  'not sure': privacy('uncertain', given('notSure')),
  declined: privacy('declined', given('no')),
  'not safe to ask': privacy('notSafeToAsk', given('notSafeToAsk')),
  'passed over': privacy('overridden', passed),
  old: privacy('expired'),
  'asks nothing': privacy('notApplicable', { notApplicable: 'policy' }),
};

const own = 'clientPrivacy';
const spoken: Readonly<Record<string, Cell>> = {
  'settled by the practitioner': { message: say(own) },
  'settled, with all that can be said': {
    message: say(own, { method: 'spoken', answerRef: 'v1', flags: { alone: false, freeToSpeak: true } }),
  },
  'not sure': { message: { type: 'item.answer', item: own, answer: 'notSure' } },
  no: { message: { type: 'item.answer', item: own, answer: 'no', flags: { alone: false } } },
  'not safe to ask': { message: { type: 'item.answer', item: own, answer: 'notSafeToAsk' } },
  'settled without what was to be asked': {
    message: { type: 'item.answer', item: own, answer: 'confirmed' },
  },
  'a guardian near as agreed, who may be the danger': {
    message: say(own, { flags: { alone: false, freeToSpeak: true, isGuardianNearby: true } }),
    ...during({ isGuardianException: true }),
  },
  'settled by the client': { message: say(own), ...client },
  'settled by a duty person': { message: say(own), ...duty },
  'settled by nobody': { message: say(own), ...nobody },
  'settled after the close': { message: say(own), ...closed },
  'opened again': { message: { type: 'item.reopen', item: own } },
  'opened again by the client': { message: { type: 'item.reopen', item: own }, ...client },
  'opened again after the close': { message: { type: 'item.reopen', item: own }, ...closed },
  'passed over by the practitioner': { message: override(own) },
  'passed over by the client': { message: override(own), ...client },
  'passed over by a duty person': { message: override(own), ...duty },
  'passed over after the close': { message: override(own), ...closed },
};

test('[I1][I3][I4][I5][I6][I9][G8] what each state does with what a person says', () => {
  expect(decisionTable(itemConcept, privacyStates, spoken)).toMatchSnapshot();
});

const joined = (device: string): Cell['message'] => ({ type: 'device.joined', person: 'c1', device });
const away = (clientPresence: string) => ({ ...client, ...during({ clientPresence }) });
const heardDevice: Cell['message'] = { type: 'device.heard', person: 'c1', device: 'd1', heardAtMs: 900 };
const media: Cell['message'] = {
  type: 'media.reported',
  client: 'c1',
  device: 'd1',
  state: 'up',
  lastBothWaysAtMs: 900,
  verdict: 'unknown',
};
const AWAY = ['gone', 'left', 'exited'];
const happened: Readonly<Record<string, Cell>> = {
  ...Object.fromEntries(
    (
      [
        'item.answered',
        'item.reopened',
        'crisis.opened',
        'call.movedToVideo',
        'channel.changed',
        'pause.ended',
        'privacy.resolved',
      ] as const
    ).map((type) => [`heard ${type}`, { message: heard(type) }]),
  ),
  'the server was away': { message: { type: 'server.started', unwatchedMs: 86_400_000 } },
  'the device joins': { message: joined('d1'), ...client },
  'another device joins': { message: joined('d2'), ...client },
  ...Object.fromEntries(
    AWAY.flatMap((presence) => [
      [`the device joins after ${presence}`, { message: joined('d1'), ...away(presence) }],
      [`the device is heard after ${presence}`, { message: heardDevice, ...away(presence) }],
      [`media comes back after ${presence}`, { message: media, ...away(presence) }],
    ]),
  ),
  'the device joins after a suspicion': { message: joined('d1'), ...away('suspected') },
};
const onDevice = { clientDevice: 'd1' };

test('[I7][I8][I24][I9] what each state does with what makes an answer old', () => {
  const states = Object.fromEntries(
    Object.entries(privacyStates)
      .filter(([name]) => name !== 'not sure' && name !== 'not safe to ask')
      .map(([name, { value, context }]) => [name, { value, context: { ...context, ...onDevice } as never }]),
  );
  expect(decisionTable(itemConcept, states, happened)).toMatchSnapshot();
});

test('[I8][I24] an item whose policy does not list it is not made old by a device or a return', () => {
  const asksNothingAgain = { ...onDevice, asksAgainOn: [] };
  const states = {
    'never on a device': privacy('confirmed', given('confirmed')),
    'asked once': privacy('confirmed', given('confirmed', asksNothingAgain)),
    'passed over, asked once': privacy('overridden', { ...passed, ...asksNothingAgain }),
    'asked again on another device only': privacy(
      'confirmed',
      given('confirmed', { ...onDevice, asksAgainOn: ['anotherDevice'] }),
    ),
    'asked again on a return only': privacy(
      'confirmed',
      given('confirmed', { ...onDevice, asksAgainOn: ['rejoin'] }),
    ),
    'old and asked again on a return': privacy('expired', { ...onDevice, asksAgainOn: ['rejoin'] }),
  };
  const cells = Object.fromEntries(Object.entries(happened).filter(([name]) => /joins/u.test(name)));
  expect(decisionTable(itemConcept, states, cells)).toMatchSnapshot();
});

test('[I7][I14][I18][R8][I24] the record of an answer that grew old names the rule of its item', () => {
  const items = ['locationConfirmed', 'clientPrivacy', 'emergencyContact', 'localRoute', 'identity'] as const;
  const states = Object.fromEntries(
    items.map((item) => [item, anItem(item, 'confirmed', given('confirmed', { notApplicable: null }))]),
  );
  expect(
    decisionTable(itemConcept, states, {
      'heard item.answered': { message: heard('item.answered') },
      'the server was away': { message: { type: 'server.started', unwatchedMs: 86_400_000 } },
    }),
  ).toMatchSnapshot();
});

test('[I6][I21][G7] consent that is taken back, and a client who says that they moved', () => {
  const place = (value: string, context: Partial<ItemContext> = {}) => anItem('location', value, context);
  const consent = {
    open: anItem('consent'),
    confirmed: anItem('consent', 'confirmed', given('confirmed', { textVersion: 'consent-v1' })),
    'passed over': anItem('consent', 'overridden', passed),
    old: anItem('consent', 'expired'),
  };
  const location = {
    open: place('open'),
    'open as they moved': place('open', { movedAtMs: 500 }),
    confirmed: place('confirmed', given('confirmed', { answerRef: 'v1', flags: { isComplete: true } })),
    'not sure': place('uncertain', given('notSure')),
    'passed over': place('overridden', passed),
    old: place('expired'),
  };
  expect(
    decisionTable(itemConcept, consent, {
      'taken back by the client': { message: heard('consent.withdrawn'), ...client },
      'taken back by nobody': { message: heard('consent.withdrawn'), ...nobody },
      'given by the client': { message: ANSWERS.consent, ...client },
      'given to an old text': { message: say('consent', { textVersion: 'old' }), ...client },
    }) +
      decisionTable(itemConcept, location, {
        'a place by the client': { message: say('location', { answerRef: 'v2' }), ...client },
        'not sure, says the client': { message: say('location', { answer: 'notSure' }), ...client },
        'moved, says the client': { message: { type: 'item.reopen', item: 'location' }, ...client },
        'opened again by the practitioner': { message: { type: 'item.reopen', item: 'location' } },
        'opened again by a duty person': { message: { type: 'item.reopen', item: 'location' }, ...duty },
      }),
  ).toMatchSnapshot();
});

const tested = (details?: Emitted['details']): Cell => ({
  message: heard('route.tested', details),
  ...nobody,
});

test('[I16][I3] what the item of the alert routes does with each test', () => {
  const route = (value: string, context: Partial<ItemContext> = {}) =>
    anItem('escalationRoute', value, context);
  const states = {
    open: route('open'),
    confirmed: route('confirmed', { answer: 'confirmed', method: 'selfTest', atMs: 500 }),
    declined: route('declined', { answer: 'no', method: 'selfTest', atMs: 500 }),
    'passed over': route('overridden', passed),
  };
  const cells = {
    reached: tested({ isReachable: true }),
    'not reached': tested({ isReachable: false }),
    'tested, without a word of what came of it': tested(),
    answered: { message: ANSWERS.escalationRoute },
    'opened again': { message: { type: 'item.reopen', item: 'escalationRoute' } },
    'passed over': { message: override('escalationRoute') },
  } satisfies Record<string, Cell>;
  expect(decisionTable(itemConcept, states, cells)).toMatchSnapshot();
});

test('[I18][I9] what the item of the local route does with risk', () => {
  const route = (value: string, context: Partial<ItemContext> = {}) =>
    anItem('localRoute', value, { notApplicable: null, ...context });
  const states = {
    'asks nothing': anItem('localRoute', 'notApplicable'),
    open: route('open'),
    confirmed: route('confirmed', given('confirmed', { answerRef: 'v1' })),
    'none named': route('declined', given('none')),
    'not sure': route('uncertain', given('notSure')),
    'passed over': route('overridden', passed),
    old: route('expired'),
  };
  const cells = {
    'risk is raised': { message: heard('risk.raised') },
    'risk is lowered': { message: heard('risk.lowered') },
    'another place': { message: heard('item.answered') },
    named: { message: say('localRoute', { answerRef: 'v2' }) },
    'none named': { message: say('localRoute', { answer: 'none' }) },
    'named by the client': { message: ANSWERS.localRoute, ...client },
    'the device joins': { message: joined('d1'), ...client },
  } satisfies Record<string, Cell>;
  expect(decisionTable(itemConcept, states, cells)).toMatchSnapshot();
});

test('[I4][I13][I22] what is kept of an answer beside the answer itself', () => {
  const table = (item: ItemName, cells: Readonly<Record<string, Cell>>, context: Partial<ItemContext> = {}) =>
    decisionTable(itemConcept, { [item]: anItem(item, 'open', { notApplicable: null, ...context }) }, cells);
  const doubt = { doubted: ['document'] };
  const tables = [
    table('preferences', {
      'a wish': { message: ANSWERS.preferences },
      none: { message: { type: 'item.answer', item: 'preferences', answer: 'none' } },
      'none, with a way': {
        message: {
          type: 'item.answer',
          item: 'preferences',
          answer: 'none',
          way: 'phone',
          reviewOn: '2026-06-01',
        },
      },
    }),
    table('suitability', {
      'with a reason': {
        message: say('suitability', { answer: 'withExtraControls', because: 'highVolatileRisk' }),
      },
      'not suitable, with a reason': {
        message: say('suitability', { answer: 'notSuitable', because: 'noRealisticAccess' }),
      },
      'with a reason of nobody': {
        message: say('suitability', { answer: 'notSuitable', because: 'dislikesVideo' }),
      },
    }),
    table('guardianConsent', {
      'not safe, with the reasons': {
        message: { type: 'item.answer', item: 'guardianConsent', answer: 'notSafe', rationaleRef: 'n1' },
      },
      'not safe, without': { message: { type: 'item.answer', item: 'guardianConsent', answer: 'notSafe' } },
    }),
    table(
      'identity',
      {
        'the same proof after doubt': { message: say('identity', { method: 'document' }) },
        'doubt by another proof as well': {
          message: say('identity', { answer: 'notSure', method: 'nameAndBirthDate' }),
        },
        'doubt, without a proof': { message: say('identity', { answer: 'notSure', method: undefined }) },
        'another proof after doubt': { message: say('identity', { method: 'nameAndBirthDate' }) },
      },
      doubt,
    ),
    table('limits', { 'the text that was shown': { message: ANSWERS.limits } }),
    table('callBackNumber', {
      'read back by the practitioner': {
        message: say('callBackNumber', {
          flags: { safeToRing: true, safeToLeaveMessage: false, wasReadBack: true },
        }),
      },
      'read back, says the client': {
        message: say('callBackNumber', {
          flags: { safeToRing: true, safeToLeaveMessage: false, wasReadBack: true },
        }),
        ...client,
      },
    }),
  ];
  expect(tables.join('')).toMatchSnapshot();
});

test('[I1][I2][I15] an item begins open; what the host asserts begins settled, with its instant and its source', () => {
  const policy = { ...referencePolicy, competency: ['training'] };
  const appointment = { claims: ['training'] };
  const { charts } = aSession({ policy, appointment, atMs: 700 });
  const empty = {
    answer: null,
    flags: {},
    method: null,
    by: null,
    atMs: null,
    answerRef: null,
    textVersion: null,
    overrideReason: null,
    preference: null,
    note: null,
    clientDevice: null,
    movedAtMs: null,
    sessionType: 'therapy',
    deadlines: {},
  };
  expect(charts['item:competency']).toMatchObject({
    value: 'confirmed',
    context: { ...empty, answer: 'confirmed', method: 'hostClaims', atMs: 700, notApplicable: null },
  });
  expect(charts['item:consent']).toMatchObject({
    value: 'open',
    context: { ...empty, item: 'consent', shownText: 'consent-v1', asksAgainOn: ['restored'] },
  });
  for (const item of ITEMS)
    expect(aChart(itemConcept, item).value).toBe(
      ['competency', 'guardianConsent', 'localRoute'].includes(item) ? 'notApplicable' : 'open',
    );
  expect(itemConcept.startsWith(aSession())).toEqual(ITEMS);
});

test('[I4] a wrong reason is refused by the circumstances of the session, not by the list of the protocol', () => {
  const said = { ...ANSWERS.suitability, answer: 'notSuitable', because: 'ofTheService' } as const;
  const code = (suitabilityReasons: readonly string[]) =>
    deliver(itemConcept, anItem('suitability'), said, { now: { suitabilityReasons } }).refused?.code;
  expect([code(calm.suitabilityReasons), code(['ofTheService'])]).toEqual(['bad-answer', undefined]);
});
