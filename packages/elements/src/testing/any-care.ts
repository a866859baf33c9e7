import {
  ActOutcome,
  ALERT_CAUSES,
  ANSWERS,
  CallOutcome,
  CHANNEL_REASONS,
  CHANNELS,
  CrisisHarm,
  DisclosureRecipient,
  Disposition,
  IssueKind,
  ITEM_RULES,
  ITEMS,
  NearMissKind,
  Picture,
  PLAN_GROUPS,
  PLAN_REVIEWS,
  PreferredWay,
  referencePolicy,
  RouteOutcome,
  Sound,
  SUITABILITY_REASONS,
  TOLD_STEPS,
} from '@holdfast/protocol';
import { PractitionerProjection, type Care } from '@holdfast/session/view';
import fc from 'fast-check';
import {
  adjustments,
  alternative,
  at,
  deadlines,
  maybe,
  one,
  presences,
  recording,
  troubles,
} from './any-parts.js';
import { meeting, participant } from './any-participant.js';

/** Which answers a state can hold is the chart's own business; here: settled where the gate counts it. */
export const settledBefore = (name: (typeof ITEMS)[number]) =>
  referencePolicy.sessionTypes.therapy?.items[name]?.settledBefore ?? 'live';
const anItem = PractitionerProjection.shape.care.shape.items.def.element;
const item = (name: (typeof ITEMS)[number]) =>
  fc
    .record({
      item: fc.constant(name),
      settledBefore: fc.constant(settledBefore(name)),
      state: one(...anItem.shape.state.options),
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

export const PATHWAYS = [
  'run',
  'noShow',
  'crisis',
  'privacy',
  'safeguarding',
  'notSuitable',
  'endedEarly',
] as const;
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
export const review = fc.record({
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

export const care = fc.record({
  stage: one('gathering', 'settingUp', 'live', 'closing', 'closed'),
  isAdmitted: fc.boolean(),
  mediaAllowed: fc.boolean(),
  gate: fc.record({
    media: one('open', 'settled', 'overridden'),
    live: one('open', 'settled', 'overridden'),
  }),
  items: fc.tuple(...ITEMS.map(item)),
  people: fc.tuple(presences, presences, presences).map(([mine, theirs, dutys]) => [
    { id: 'p1', role: 'practitioner' as const, presence: mine },
    { id: 'c1', role: 'client' as const, presence: theirs },
    { id: 'duty-1', role: 'duty' as const, presence: dutys },
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
    reasons: fc.subarray(['needed', 'overwhelmed', 'participant', 'privacy', 'recheck'] as const),
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
  checklists: one<Care['checklists']>(...checklists),
  plan: maybe(plan),
  adjustments,
  preference: maybe(fc.record({ way: one(...PreferredWay.options), reviewOn: fc.constant('2026-06-01') })),
  setUp,
  closing: fc.record({
    disposition: maybe(one(...Disposition.options)),
    followUps: one('open', 'settled', 'handedOver').chain((state) =>
      fc.subarray(
        ['tellThemHowItEnded', 'meetFaceToFace', 'afterIncident', 'safeguardingReferral', 'rationale'].map(
          (kind) => ({
            id: kind === 'rationale' ? 'why.crisis' : kind,
            kind,
            owner: 'p1',
            dueOn: '2025-01-01',
            state,
          }),
        ),
      ),
    ),
    owed: fc.subarray(['afterIncident']),
    unreasoned: maybe(at).chain((atMs) =>
      fc.subarray(
        PATHWAYS.map((pathway) => ({ id: pathway, pathway, by: atMs === null ? null : 'p1', atMs })),
      ),
    ),
    // Nothing owed is as likely: otherwise hardly any of them could be closed.
    reasonsOwed: fc.oneof(fc.constant<(typeof PATHWAYS)[number][]>([]), fc.subarray([...PATHWAYS])),
    isLookedBack: fc.boolean(),
  }),
  texts: fc.constant(referencePolicy.texts),
  policyReviewOn: one('1969-12-31', '2030-01-01'),
  notNowMs: one(300_000, 60_000, 15_000),
  suspectAfterMs: fc.constant(1500),
  lostAfterMs: fc.constant(3000),
  duty: fc.constant<string[]>(['duty-1', 'duty-2']),
  participants: fc.array(participant, { maxLength: 1 }),
  meeting: maybe(meeting),
  lead: fc.record({ colleagues: fc.subarray(['p2']), offeredTo: maybe(fc.constant('p2')) }),
});
