import {
  CHANNEL_REASONS,
  CHANNELS,
  ActOutcome,
  ALERT_CAUSES,
  ANSWERS,
  CallOutcome,
  Disposition,
  ITEM_RULES,
  ITEMS,
  Picture,
  readableKeys,
  Sound,
  Trouble,
  referencePolicy,
  VAULT_KEYS,
  Verdict,
  WATCHDOG_CODES,
} from '@holdfast/protocol';
import { view, type DeviceState, type Message, type Projection, type View } from '@holdfast/session';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { en } from './en.js';

const one = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const at = fc.integer({ min: 0, max: 10_000 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const deadlines = (...names: string[]): fc.Arbitrary<Record<string, number>> =>
  fc.subarray(names).map((kept) => Object.fromEntries(kept.map((name, index) => [name, index])));

const words = fc
  .subarray([...VAULT_KEYS])
  .map((keys) => Object.fromEntries(keys.map((key) => [key, 'words'])));
const shared = fc.record({
  version: fc.constant(1 as const),
  client: fc.constant('c1'),
  practitioner: fc.constant('p1'),
  drill: fc.boolean(),
  texts: fc.constant({ consent: referencePolicy.texts.consent, limits: referencePolicy.texts.limits }),
  vault: words.map((of) => ({ c1: of })),
});
const presences = one('notYet', 'alive', 'suspected', 'gone', 'left', 'exited');

const recording = fc.record({
  isProhibited: fc.boolean(),
  mayGrant: fc.boolean(),
  textVersion: fc.constant('recording-v1'),
  grants: fc.record({ client: fc.boolean(), management: fc.boolean() }),
  state: one('off', 'starting', 'on', 'stopping'),
  failed: maybe(one('start', 'stop')),
});
const troubles = fc.subarray([...Trouble.options]);

const client = fc.record({
  role: fc.constant('client' as const),
  person: fc.constant('c1'),
  stage: one('gathering', 'settingUp', 'live', 'ended'),
  isAdmitted: fc.boolean(),
  mediaAllowed: fc.boolean(),
  items: fc.subarray(ITEMS.filter((item) => ITEM_RULES[item].answeredBy.includes('client'))).map((settled) =>
    ITEMS.filter((item) => ITEM_RULES[item].answeredBy.includes('client')).map((item) => ({
      item,
      settledBefore: settledBefore(item),
      isSettled: settled.includes(item),
    })),
  ),
  contact: one('notYet', 'together', 'lost', 'byPhone', 'apart'),
  suspectAfterMs: fc.constant(1500),
  lostAfterMs: fc.constant(3000),
  help: one('none', 'asked', 'answered'),
  channel: one(...CHANNELS),
  observation: fc.record({ isHeard: fc.boolean(), isSeen: fc.boolean(), reported: troubles }),
  recording,
  practitionerRoom: one('unknown', 'private', 'othersPresent'),
  explained: fc.constant({ consent: null, limits: null }),
  people: one('notYet', 'here', 'away').map((presence) => [
    { id: 'p1', role: 'practitioner' as const, presence },
    { id: 'c1', role: 'client' as const, presence: 'here' as const },
  ]),
});

/** Which answers a state can hold is the chart's own business; here: settled where the gate counts it. */
const settledBefore = (name: (typeof ITEMS)[number]) =>
  referencePolicy.sessionTypes.therapy?.items[name]?.settledBefore ?? 'live';
const item = (name: (typeof ITEMS)[number]) =>
  fc
    .record({
      item: fc.constant(name),
      settledBefore: fc.constant(settledBefore(name)),
      state: one('open', 'confirmed', 'uncertain', 'declined', 'notSafeToAsk', 'overridden', 'expired'),
      answer: maybe(one(...ANSWERS.filter((answer) => ITEM_RULES[name].answers.includes(answer)))),
      flags: fc.record({
        isSafeChannel: fc.boolean(),
        agreedWhileAlone: fc.boolean(),
        safeToLeaveMessage: fc.boolean(),
      }),
      atMs: maybe(at),
    })
    .map((made) => ({ ...made, isSettled: made.state === 'confirmed' || made.state === 'overridden' }));

const run = fc.record({
  id: fc.constant('c1.r1'),
  status: one('open', 'exhausted'),
  cause: one('contactLost', 'exit', 'leftAtRisk', 'vanishedWaiting', 'callCut'),
  owner: one('p1', 'duty-1', 'duty-2'),
  openedAtMs: at,
  sinceMs: maybe(at),
  reconnecting: one('idle', 'open', 'done'),
  phoning: one('idle', 'open', 'done'),
  attempt: fc.integer({ min: 1, max: 3 }),
  deciding: one('idle', 'undecided', 'acting', 'settling', 'waiting', 'done'),
  decision: maybe(one('ringEmergencyContact', 'ringEmergencyServices', 'ringClientAgain')),
  word: one('idle', 'awaited'),
  mayStandDown: fc.boolean(),
  offeredTo: maybe(one('p1', 'duty-1')),
  helpers: fc.subarray(['duty-1', 'duty-2']),
  deadlines: deadlines('wait', 'attempt', 'phoning', 'decide', 'act', 'lookAgain', 'word', 'repeat'),
});

const outcomes = {
  call: CallOutcome.options,
  act: ActOutcome.options,
  together: [null],
  disposition: Disposition.options,
} as const;
const late = one('call', 'act', 'together', 'disposition').chain((report) =>
  fc.record({
    report: fc.constant(report),
    outcome: one<string | null>(...outcomes[report]),
    by: one('p1', 'duty-1'),
    saidAtMs: at,
    atMs: at,
  }),
);

const care = fc.record({
  stage: one('gathering', 'settingUp', 'live', 'closing', 'closed'),
  isAdmitted: fc.boolean(),
  mediaAllowed: fc.boolean(),
  gate: fc.record({
    media: one('open', 'settled', 'overridden'),
    live: one('open', 'settled', 'overridden'),
  }),
  items: fc.tuple(...ITEMS.map(item)),
  people: fc.tuple(presences, presences).map(([mine, theirs]) => [
    { id: 'p1', role: 'practitioner' as const, presence: mine },
    { id: 'c1', role: 'client' as const, presence: theirs },
  ]),
  contact: fc.record({
    state: one('notYet', 'together', 'suspected', 'lost', 'returning', 'byPhone', 'apart'),
    isMediaUp: fc.boolean(),
    lastTogetherAtMs: maybe(at),
    deadlines: deadlines('check', 'answer'),
  }),
  caller: maybe(one('p1', 'duty-1')),
  run: fc.option(run, { nil: null, freq: 2 }),
  late: maybe(late),
  nextRun: fc.constant('c1.r2'),
  risk: fc.record({ isActive: fc.boolean(), sinceMs: maybe(at) }),
  crisis: fc.record({
    state: one('none', 'open', 'resolved'),
    escalation: one('none', 'offered', 'accepted'),
    acceptedBy: maybe(one('p1', 'duty-1')),
  }),
  help: fc.record({ isAsked: fc.boolean(), askedAtMs: maybe(at), deadlines: deadlines('answer') }),
  alerts: fc.array(
    fc.record({
      id: fc.constant('c1.r1.decidingSilent.duty-1'),
      about: fc.constant('c1.r1'),
      cause: one(...ALERT_CAUSES),
      person: one('duty-1', 'duty-2'),
      state: one('sent', 'acknowledged', 'accepted', 'stoodDown', 'unanswered'),
      deadlines: deadlines('acknowledge'),
    }),
    { maxLength: 3 },
  ),
  mayRing: fc.boolean(),
  mayPhone: fc.boolean(),
  hasExited: fc.boolean(),
  channel: fc.record({
    is: one(...CHANNELS),
    by: maybe(one('p1', 'c1')),
    because: maybe(one(...CHANNEL_REASONS)),
    sinceMs: maybe(at),
    isAsked: fc.boolean(),
    mayCall: fc.boolean(),
    mayWrite: fc.boolean(),
  }),
  observation: fc.record({
    picture: fc.record({ is: one('notYet', ...Picture.options), sinceMs: maybe(at) }),
    sound: fc.record({ is: one('notYet', ...Sound.options), sinceMs: maybe(at), isMissing: fc.boolean() }),
    reports: fc.record({ client: troubles, practitioner: troubles }),
  }),
  recording,
  checklists: fc.constant({}),
  closing: fc.record({
    disposition: maybe(one(...Disposition.options)),
    followUps: fc.subarray([
      { id: 'f1', kind: 'tellThemHowItEnded', owner: 'p1', dueOn: '2025-01-01' },
      { id: 'f2', kind: 'meetFaceToFace', owner: 'p1', dueOn: '2025-01-01' },
    ]),
  }),
  notNowMs: one(300_000, 60_000, 15_000),
  suspectAfterMs: fc.constant(1500),
  lostAfterMs: fc.constant(3000),
  duty: fc.constant<string[]>(['duty-1', 'duty-2']),
});

const projection: fc.Arbitrary<Projection> = fc.oneof(
  { weight: 1, arbitrary: fc.tuple(shared, client).map(([a, b]): Projection => ({ ...a, ...b })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(shared, care)
      .map(([a, b]): Projection => ({ role: 'practitioner', ...a, person: 'p1', care: b })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(shared, maybe(care), one('duty', 'management'), maybe(recording))
      .map(([a, b, role, held]): Projection => ({
        role,
        ...a,
        person: 'duty-1',
        care: b,
        recording: role === 'management' ? held : null,
      })),
  },
);

const NOW_MS = 10_000;
const device: fc.Arbitrary<DeviceState> = fc.record({
  lastHeardAtMs: one(NOW_MS, NOW_MS, NOW_MS, NOW_MS - 5000, null),
  unsent: one(0, 1),
  inCharge: one(true, true, true, false),
  hasLeft: one('no', 'no', 'no', 'no', 'no', 'no', 'left', 'exited'),
  isSuperseded: one(false, false, false, false, false, true),
  verdict: maybe(one(...Verdict.options)),
  media: one('none', 'connecting', 'up', 'up', 'silent'),
  mediaSilentSinceMs: maybe(at),
  actionCard: maybe(
    fc.constant({
      vault: { c1: { callBackNumber: '+44 20 0000 0000' } },
      mayRing: true,
      mayLeaveMessage: false,
      contactAnswer: null,
      dutyLine: '100',
    }),
  ),
  watchdog: fc.subarray(
    WATCHDOG_CODES.map((code) => ({ code, name: code === 'stepOverdue' ? null : 'files', sinceMs: 1000 })),
  ),
});

/** Every sentence of a view, wherever it is. */
function messagesIn(value: unknown): Message[] {
  if (Array.isArray(value)) return value.flatMap(messagesIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'key' in value && typeof value.key === 'string' ? [value as Message] : [];
  return [...own, ...Object.values(value).flatMap(messagesIn)];
}

/** Enough of them that every branch of the view is taken, the same ones each time. */
const views: readonly View[] = fc
  .sample(fc.tuple(projection, device), { numRuns: 12_000, seed: 20_250_101 })
  .map(([held, own]) => view(held, own, NOW_MS));
const used = new Map(views.flatMap((one) => messagesIn(one)).map((message) => [message.key, message]));
const placeholders = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

test('every key that a view asks for is in the catalogue', () => {
  expect([...used.keys()].filter((key) => !Object.hasOwn(en, key)).sort()).toEqual([]);
});

test('the catalogue holds no sentence that no view asks for', () => {
  expect(
    Object.keys(en)
      .filter((key) => !used.has(key))
      .sort(),
  ).toEqual([]);
});

test('every placeholder is filled by the message that asks for the sentence', () => {
  const missing = [...used].flatMap(([key, message]) =>
    placeholders((en as Record<string, string>)[key] ?? '')
      .filter((name) => message.params?.[name] === undefined)
      .map((name) => `${key}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('sentences have at most 20 words', () => {
  const long = Object.entries(en).filter(([, text]) =>
    text.split(/[.?!:;]\s/).some((sentence) => sentence.split(/\s+/).length > 20),
  );
  expect(long).toEqual([]);
});

test('[H23] no client ever has a deadline, and no sentence of theirs shows a time', () => {
  const clients = views.filter((one) => one.role === 'client');
  expect(clients.length).toBeGreaterThan(1000);
  for (const one of clients) {
    expect(one.deadlines).toEqual([]);
    expect(one.tasks.every((task) => task.dueAtMs === null)).toBe(true);
  }
  const shown = clients
    .flatMap((one) => messagesIn(one))
    .map((message) => (en as Record<string, string>)[message.key] ?? '');
  expect(shown.filter((text) => /Ms\}/.test(text))).toEqual([]);
});

test('[H05 H16] no sentence of the client names what their screen must not say', () => {
  const shown = new Set(
    views
      .filter((one) => one.role === 'client')
      .flatMap((one) => messagesIn(one))
      .map((message) => message.key),
  );
  const staff = [...shown].filter((key) =>
    /^(staff|practitioner|duty|run|decision|alert|crisis|deadline|verdict|fact|cannot)\./.test(key),
  );
  expect(staff).toEqual([]);
});

test('[H31] the words never claim that the software rings somebody', () => {
  const claims = Object.values(en).filter((text) =>
    /\b(we are ringing|we have called|has been called|calling now|is being called)\b/i.test(text),
  );
  expect(claims.every((text) => text.includes('Nobody has been called'))).toBe(true);
});

test('[H03 H05] a number that must not be rung is never a link, and an unsafe contact shows no number', () => {
  for (const one of views) {
    for (const fact of one.facts) {
      if (fact.note?.key === 'fact.number.mustNotRing') expect(fact.href).toBeNull();
      if (fact.note?.key === 'fact.contact.notSafe') expect(fact.value).toBeNull();
    }
    if (one.facts.some((fact) => fact.note?.key === 'fact.contact.notSafe')) {
      expect(one.facts.some((fact) => fact.id === 'contactNumber')).toBe(false);
      expect(
        one.tasks.flatMap((task) => task.choices).some((choice) => choice.id === 'ringEmergencyContact'),
      ).toBe(false);
    }
  }
});

test('[H18] the words of the vault that a client may read are their own', () => {
  expect(
    readableKeys({ id: 'c1', role: 'client', isAlerted: false }, { id: 'c1', role: 'client' }),
  ).not.toContain('contactNumber');
});
