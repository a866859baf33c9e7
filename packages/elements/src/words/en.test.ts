import {
  ActOutcome,
  ALERT_CAUSES,
  ANSWERS,
  CallOutcome,
  CrisisHarm,
  DisclosureRecipient,
  Disposition,
  IssueKind,
  PLAN_GROUPS,
  PLAN_REVIEWS,
  PreferredWay,
  ITEM_RULES,
  ITEMS,
  AlternativeKind,
  AlternativeRoute,
  NearMissKind,
  PARTICIPANT_ROLES,
  readableKeys,
  referencePolicy,
  RouteOutcome,
  StepOutcome,
  SUITABILITY_REASONS,
  TOLD_STEPS,
  VAULT_KEYS,
  Verdict,
  WATCHDOG_CODES,
} from '@holdfast/protocol';
import type { DeviceState, Message, View } from '@holdfast/session';
import { view, type Care, type Projection } from '@holdfast/session/view';
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
  isMinor: fc.boolean(),
  texts: fc.constant({ consent: referencePolicy.texts.consent, limits: referencePolicy.texts.limits }),
  vault: words.map((of) => ({ c1: of, 'duty-1': of, p1: of })),
});
const presences = one('notYet', 'alive', 'suspected', 'gone', 'left', 'exited');

const adjustments = maybe(
  fc.record({
    lengthMs: maybe(fc.constant(1_800_000)),
    breakEveryMs: maybe(fc.constant(600_000)),
    cameraOffByChoice: fc.boolean(),
    chatForKeyPoints: fc.boolean(),
    agenda: fc.subarray(['checkIn', 'mainTopic', 'nextSteps']),
    communication: maybe(one('shortSentences', 'yesOrNo', 'writtenFirst', 'moreTime')),
    whenOverwhelmed: maybe(one('pause', 'quiet', 'cameraOff', 'writeInstead', 'end')),
  }),
);
const alternative = fc.record({
  kind: one(...AlternativeKind.options),
  dueOn: fc.constant('2025-01-01'),
  route: one(...AlternativeRoute.options),
});

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
  pause: one('none', 'none', 'paused', 'ready'),
  feedback: one('notYet', 'asked', 'given'),
  practitionerRoom: one('unknown', 'private', 'othersPresent'),
  adjustments,
  explained: fc.constant({ consent: null, limits: null }),
  told: maybe(one(...TOLD_STEPS)),
  alternative: maybe(alternative),
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
      state: one(
        'open',
        'confirmed',
        'uncertain',
        'declined',
        'notSafeToAsk',
        'overridden',
        'expired',
        'notApplicable',
      ),
      answer: maybe(
        one(
          ...ANSWERS.filter((answer) => answer === 'confirmed' || ITEM_RULES[name].answers.includes(answer)),
        ),
      ),
      flags: fc.record({
        isSafeChannel: fc.boolean(),
        agreedWhileAlone: fc.boolean(),
        safeToLeaveMessage: fc.boolean(),
        mayTellPlace: fc.boolean(),
        mayTellRisk: fc.boolean(),
        mayTellCare: fc.boolean(),
        hasSafeWord: fc.boolean(),
        hasGesture: fc.boolean(),
        hasSoftwareSignal: fc.boolean(),
        isBrowserSupported: fc.boolean(),
        isConnectionWeak: fc.boolean(),
        isConnectionBad: fc.boolean(),
        isBatteryLow: fc.boolean(),
        isOwnNumber: fc.boolean(),
        isGuardianNearby: fc.boolean(),
        isGuardian: fc.boolean(),
        wasReadBack: fc.boolean(),
      }),
      atMs: maybe(at),
      by: maybe(one('p1', 'c1')),
      movedAtMs: name === 'location' ? one(null, null, null, 1000) : fc.constant(null),
    })
    .map((made) => ({
      ...made,
      isSettled: ['confirmed', 'overridden', 'notApplicable'].includes(made.state),
    }));

const run = fc.record({
  id: fc.constant('c1.r1'),
  status: one('open', 'exhausted'),
  cause: one('contactLost', 'exit', 'leftAtRisk', 'vanishedWaiting', 'callCut', 'noShow'),
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
  hasGuardianAnswered: fc.boolean(),
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

const safeguarding = fc
  .record({
    state: one('none', 'open', 'open', 'settled'),
    about: maybe(one('adult', 'child', 'thirdParty')),
    threshold: maybe(one('yes', 'no', 'unsure')),
    consentSought: maybe(one('yes', 'unsafeToAsk', 'refused', 'notNeeded')),
    decidedBy: maybe(one('p1', 'safeguarding-1')),
    notified: one('notYet', 'offered', 'acknowledged', 'accepted', 'told'),
    contactPlan: one('none', 'set', 'notNeeded'),
    followUp: one('none', 'set'),
    isGuardianException: fc.boolean(),
    isNumberGuarded: fc.boolean(),
    isContactGuarded: fc.boolean(),
    owed: one<('decision' | 'lead' | 'contactPlan')[]>([], ['decision', 'lead', 'contactPlan'], ['lead']),
    // The words of the list of help are the host's own.
    referrals: one<string[]>([], ['helpline']),
    safeChannels: one<('backUpChannel' | 'safeContact')[]>([], ['backUpChannel', 'safeContact']),
  })
  .map((made) => ({
    ...made,
    lead: ['acknowledged', 'accepted'].includes(made.notified) ? 'safeguarding-1' : null,
  }));
const attendance = fc.record({
  state: one('unscheduled', 'expected', 'late', 'noShow', 'arrived', 'over'),
  startsAtMs: maybe(at),
});

const PATHWAYS = ['run', 'noShow', 'crisis', 'privacy', 'safeguarding'] as const;
const walked = one(...PATHWAYS).chain((pathway) =>
  fc.record({
    id: fc.constant(pathway),
    pathway: fc.constant(pathway),
    openedAtMs: maybe(at),
    endedAtMs: at,
    outcome: fc.constant(null),
    decision: fc.constant(null),
    rationaleRef: fc.constant(null),
    review: maybe(fc.constant({ by: 'supervisor-1', atMs: 1, rationaleRef: 'note-1' })),
  }),
);
const told = { ref: fc.constant(null), atMs: at };
const review = fc.record({
  isClosed: fc.boolean(),
  walked: maybe(fc.array(walked, { maxLength: 2 })),
  nearMisses: fc.array(fc.record({ kind: one(...NearMissKind.options), ...told }), { maxLength: 2 }),
  issues: maybe(fc.array(fc.record({ kind: one(...IssueKind.options), ...told }), { maxLength: 2 })),
});

/** Each list with so many of its first steps recorded. */
const checklists = [0, 1, 2, 3, 4, 5, 6, 9].map((recorded): Care['checklists'] =>
  Object.fromEntries(
    Object.entries(referencePolicy.checklists).map(([list, steps]) => [
      list,
      steps.map((step, index) => ({ step, outcome: index < recorded ? 'done' : null })),
    ]),
  ),
);

const check = fc.record({ state: one('none', 'asked', 'checked'), atMs: maybe(at) });
const plan = fc.record({
  state: one('quiet', 'due', 'reviewed'),
  prompt: maybe(one('none', 'stale', 'afterIncident')),
  reviewedOn: maybe(fc.constant('2025-12-01')),
  because: fc.constant(null),
  raisedAtMs: maybe(at),
  owed: fc.subarray([...PLAN_REVIEWS]),
  missing: maybe(fc.subarray([...PLAN_GROUPS])),
  more: fc.constant<string[]>([]),
  agreement: maybe(fc.record({ tookPart: fc.boolean(), agreed: fc.boolean() })),
  planRef: fc.constant(null),
  copy: maybe(one('safeChannel', 'notGiven')),
  mayGiveCopy: fc.boolean(),
  template: fc.constant(null),
  templates: fc.constant<string[]>([...referencePolicy.planTemplates]),
});

const setUp = fc.record({
  isFirst: fc.boolean(),
  identityMethods: fc.constant<('nameAndBirthDate' | 'document' | 'knownFromBefore')[]>([
    'nameAndBirthDate',
    'document',
    'knownFromBefore',
  ]),
  missingClaims: fc.subarray(['videoTherapyTraining']),
  suitabilityReasons: fc.constant<string[]>([...SUITABILITY_REASONS]),
  routes: fc.array(
    fc.record({ route: fc.constant('log'), outcome: one(...RouteOutcome.options), asOfMs: at }),
    {
      maxLength: 2,
    },
  ),
  isAlternativeOwed: fc.boolean(),
  alternative: maybe(alternative),
});

const callBack = fc.record({
  isMissed: fc.boolean(),
  sinceMs: maybe(at),
  lostBy: one('silence', 'left', 'withdrew'),
  calls: fc.constant(0),
  isWaitedFor: fc.boolean(),
  isOverdue: fc.boolean(),
  way: maybe(one('plainWording', 'threeWayPhone')),
  deadlines: deadlines('remind'),
});
const participant = fc.record({
  id: fc.constant('i1'),
  role: one(...PARTICIPANT_ROLES),
  isNeeded: fc.boolean(),
  state: one('invited', 'waiting', 'admitted', 'held', 'left', 'removed'),
  missing: fc.subarray(['identity', 'consent', 'clientAgrees'] as const),
  clientSays: one('notAsked', 'agrees', 'refuses'),
  heldBecause: maybe(one('practitioner', 'privacy', 'crisis', 'safeguarding')),
  callBack: maybe(callBack),
});

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
    harm: one(...CrisisHarm.options),
    location: check,
    callBackNumber: check,
    escalation: one('none', 'offered', 'joined', 'briefed', 'accepted'),
    handOver: one('none', 'clientIntroduced', 'senderReleased'),
    owner: maybe(one('p1', 'duty-1')),
    offeredBy: maybe(one('p1', 'duty-1')),
    joinedBy: maybe(one('p1', 'duty-1')),
    acceptedBy: maybe(one('p1', 'duty-1')),
  }),
  safeguarding,
  attendance,
  pause: fc.record({
    isPaused: fc.boolean(),
    reasons: fc.subarray(['needed', 'overwhelmed', 'privacy', 'participant'] as const),
    startedAtMs: maybe(at),
    isClientReady: fc.boolean(),
    isOverdue: fc.boolean(),
    deadlines: deadlines('remind'),
  }),
  signal: fc.record({ isUnseen: fc.boolean(), atMs: maybe(at), deadlines: deadlines('acknowledge') }),
  privacy: fc.record({
    step: one('none', 'none', 'paused', 'recontracting', 'switchingChannel', 'endingNeutrally', 'ended'),
    to: maybe(one('backUpChannel', 'safeContact')),
    isLeadAlerted: fc.boolean(),
    about: fc.constant('c1.r1'),
    wording: fc.constant('neutralEnding-v1'),
    hasSafeContact: fc.boolean(),
    isBackUpSafe: fc.boolean(),
    deadlines: deadlines('act'),
  }),
  consult: fc.record({
    state: one('none', 'asked', 'taken'),
    person: maybe(one('duty-1', 'supervisor-1')),
    takenBy: maybe(one('duty-1', 'supervisor-1')),
    staff: fc.constant<string[]>(['duty-1', 'duty-2', 'supervisor-1']),
  }),
  disclosures: fc.array(
    fc.record({
      to: one(...DisclosureRecipient.options),
      categories: fc.constant<['place']>(['place']),
      by: maybe(one('p1', 'duty-1')),
      atMs: at,
    }),
    { maxLength: 2 },
  ),
  notes: fc.array(fc.record({ by: one('p1', 'duty-1'), count: fc.constant(1), atMs: at }), { maxLength: 2 }),
  told: maybe(one(...TOLD_STEPS)),
  openPathways: one<string[]>([], [], ['crisis'], ['safeguarding', 'signal'], ['privacy', 'plan']),
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
  checklists: one<Care['checklists']>(...checklists),
  plan: maybe(plan),
  adjustments,
  preference: maybe(fc.record({ way: one(...PreferredWay.options), reviewOn: fc.constant('2026-06-01') })),
  setUp,
  closing: fc.record({
    disposition: maybe(one(...Disposition.options)),
    followUps: one('open', 'settled', 'handedOver').chain((state) =>
      fc.subarray(
        ['tellThemHowItEnded', 'afterIncident', 'safeguardingReferral'].map((kind) => ({
          id: kind,
          kind,
          owner: 'p1',
          dueOn: '2025-01-01',
          state,
        })),
      ),
    ),
    owed: fc.subarray(['afterIncident']),
    unreasoned: fc.subarray(PATHWAYS.map((pathway) => ({ id: pathway, pathway }))),
    isLookedBack: fc.boolean(),
  }),
  policyReviewOn: one('1969-12-31', '2030-01-01'),
  notNowMs: one(300_000, 60_000, 15_000),
  suspectAfterMs: fc.constant(1500),
  lostAfterMs: fc.constant(3000),
  duty: fc.constant<string[]>(['duty-1', 'duty-2']),
  participants: fc.array(participant, { maxLength: 1 }),
  lead: fc.record({ colleagues: fc.subarray(['p2']), offeredTo: maybe(fc.constant('p2')) }),
});

/** Another participant's own device. */
const third = fc.record({
  role: one(...PARTICIPANT_ROLES),
  version: fc.constant(1 as const),
  person: fc.constant('i1'),
  client: fc.constant('c1'),
  practitioner: fc.constant('p1'),
  drill: fc.boolean(),
  texts: fc.constant({ participation: referencePolicy.texts.participation }),
  vault: fc.constant({}),
  stage: one('gathering', 'settingUp', 'live', 'live', 'ended'),
  place: one('door', 'room', 'room', 'outside', 'left', 'removed'),
  isIdentified: fc.boolean(),
  hasConsented: fc.boolean(),
  mediaAllowed: fc.boolean(),
  isPaused: fc.boolean(),
  people: one('here' as const, 'away' as const).map((presence) => [
    { id: 'p1', role: 'practitioner' as const, presence },
  ]),
});

const projection: fc.Arbitrary<Projection> = fc.oneof(
  { weight: 1, arbitrary: third },
  {
    weight: 1,
    arbitrary: fc
      .tuple(shared, maybe(care), fc.boolean(), fc.boolean())
      .map(([a, b, isLeadGone, hasLed]): Projection => {
        const colleague = { isOffered: b !== null, isLeadGone, hasLed };
        return { role: 'colleague', ...a, person: 'p2', care: b, review: null, colleague };
      }),
  },
  { weight: 1, arbitrary: fc.tuple(shared, client).map(([a, b]): Projection => ({ ...a, ...b })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(shared, care)
      .map(([a, b]): Projection => ({ role: 'practitioner', ...a, person: 'p1', care: b })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(shared, maybe(care)).map(([a, b]): Projection => ({
      role: 'duty',
      ...a,
      person: 'duty-1',
      care: b,
      review: null,
      colleague: null,
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(shared, one('supervisor', 'management'), review).map(([a, role, b]): Projection => ({
      role,
      ...a,
      person: 'supervisor-1',
      care: null,
      review: b,
      colleague: null,
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
  preflight: fc.record({
    browser: one('ok', 'unsupported'),
    connection: one('ok', 'weak', 'bad', 'unknown'),
    battery: one('ok', 'low', 'unknown'),
  }),
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
/** Of the host's own list of help: the host has the words for its codes (A54). */
const isOfHost = (key: string): boolean => key.startsWith('referral.');
const placeholders = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

test('every key that a view asks for is in the catalogue', () => {
  expect([...used.keys()].filter((key) => !Object.hasOwn(en, key) && !isOfHost(key)).sort()).toEqual([]);
});

test('the catalogue holds no sentence that no view asks for', () => {
  expect(
    Object.keys(en)
      // The words of the service's lists go with the policy, wherever a list is shown.
      .filter((key) => !used.has(key) && !key.startsWith('checklist.'))
      .sort(),
  ).toEqual([]);
});

test('[T1][A30][A44][B06] every step of the reference policy has its words, and no others are there', () => {
  const lists = Object.entries(referencePolicy.checklists);
  const keys = [
    ...StepOutcome.options.map((outcome) => `checklist.outcome.${outcome}`),
    ...lists.map(([list]) => `checklist.why.${list}`),
    ...lists.flatMap(([, steps]) => steps.map((step) => `checklist.step.${step}`)),
  ];
  expect(
    Object.keys(en)
      .filter((key) => key.startsWith('checklist.'))
      .sort(),
  ).toEqual([...new Set(keys)].sort());
});

test('[F4][B09] what is asked after a near miss blames nobody and asks for no name', () => {
  const words = Object.entries(en).flatMap(([key, text]) => (key.startsWith('nearMiss.') ? [text] : []));
  expect(words.length).toBeGreaterThan(5);
  expect(
    words.filter((text) => /\b(fault|mistake|error|failed|failure|who did|guilty|wrongly)\b/i.test(text)),
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
    /^(staff|practitioner|duty|run|decision|alert|crisis|deadline|verdict|fact|cannot|consult|disclosure|tell|staffNote|notice)\./.test(
      key,
    ),
  );
  expect(staff).toEqual([]);
});

test('[J7][H26] no sentence of another participant is one of staff or of the client, and none shows a time', () => {
  const theirs = views.filter(({ role }) => PARTICIPANT_ROLES.some((known) => known === role));
  expect(theirs.length).toBeGreaterThan(500);
  expect(theirs.every(({ deadlines: due, facts }) => due.length + facts.length === 0)).toBe(true);
  const keys = new Set(theirs.flatMap((one) => messagesIn(one)).map(({ key }) => key));
  const own = /^(participant|line|presence|preflight|report|nearMiss|issue)\./;
  expect([...keys].filter((key) => !own.test(key))).toEqual([]);
  expect([...keys].filter((key) => /Ms\}/.test((en as Record<string, string>)[key] ?? ''))).toEqual([]);
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
