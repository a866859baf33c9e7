import { ITEM_RULES, ITEMS, referencePolicy, SUITABILITY_REASONS } from '@holdfast/protocol';
import type {
  Care,
  StaffProjection,
  ItemProjection,
  PractitionerProjection,
  RunProjection,
} from '../project/projection.js';
import type { ClientProjection } from '../project/client-projection.js';
import type { DeviceState } from '../view/types.js';

const shared = {
  version: 1,
  client: 'c1',
  practitioner: 'p1',
  drill: false,
  isMinor: false,
  texts: { consent: referencePolicy.texts.consent, limits: referencePolicy.texts.limits },
  vault: {},
} as const;

/** What a policy that prohibits recording comes to. */
const noRecording = {
  isProhibited: true,
  mayGrant: false,
  textVersion: referencePolicy.texts.recording,
  grants: { client: false, management: false },
  state: 'off',
  failed: null,
} as const;

/** A device with its line up and media flowing at instant 0 and the two seconds after it. */
export const aDevice = (rest: Partial<DeviceState> = {}): DeviceState => ({
  lastHeardAtMs: 0,
  unsent: 0,
  inCharge: true,
  hasLeft: 'no',
  isSuperseded: false,
  verdict: null,
  media: 'up',
  mediaSilentSinceMs: null,
  actionCard: null,
  watchdog: [],
  preflight: { browser: 'ok', connection: 'ok', battery: 'ok' },
  ...rest,
});

/** A client in a live session, everything answered. */
export const aClientProjection = (rest: Partial<ClientProjection> = {}): ClientProjection => ({
  role: 'client',
  ...shared,
  person: 'c1',
  stage: 'live',
  isAdmitted: true,
  mediaAllowed: true,
  isSetApart: false,
  items: ITEMS.filter((item) => ITEM_RULES[item].answeredBy.includes('client')).map((item) => ({
    item,
    settledBefore: referencePolicy.sessionTypes.therapy?.items[item]?.settledBefore ?? 'live',
    isSettled: true,
  })),
  contact: 'together',
  suspectAfterMs: 1500,
  lostAfterMs: 3000,
  help: 'none',
  pause: 'none',
  feedback: 'notYet',
  channel: 'video',
  observation: { isHeard: true, isSeen: true, reported: [], isReported: false },
  recording: noRecording,
  practitionerRoom: 'private',
  adjustments: null,
  explained: { consent: 'consent-v1', limits: 'limits-v1' },
  told: null,
  alternative: null,
  people: [
    { id: 'p1', role: 'practitioner', presence: 'here' },
    { id: 'c1', role: 'client', presence: 'here' },
  ],
  ...rest,
});

/** Items that are all settled, but for those named. */
export const itemsBut = (
  changed: Partial<Record<ItemProjection['item'], Partial<ItemProjection>>> = {},
): ItemProjection[] =>
  ITEMS.map((item) => ({
    item,
    settledBefore: referencePolicy.sessionTypes.therapy?.items[item]?.settledBefore ?? 'live',
    state: 'confirmed',
    isSettled: true,
    answer: 'confirmed',
    flags: item === 'callBackNumber' ? { wasReadBack: true } : {},
    atMs: 0,
    by: 'p1',
    movedAtMs: null,
    ...changed[item],
  }));

/** An open run of the practitioner, at its first step. */
export const aRun = (rest: Partial<RunProjection> = {}): RunProjection => ({
  id: 'c1.r1',
  status: 'open',
  cause: 'contactLost',
  owner: 'p1',
  openedAtMs: 0,
  sinceMs: 0,
  reconnecting: 'open',
  phoning: 'idle',
  attempt: 1,
  deciding: 'idle',
  decision: null,
  word: 'idle',
  mayStandDown: false,
  hasGuardianAnswered: false,
  offeredTo: null,
  helpers: [],
  deadlines: {},
  ...rest,
});

/** A crisis that was just opened by the practitioner. */
export const aCrisis = (rest: Partial<Care['crisis']> = {}): Care['crisis'] => ({
  state: 'open',
  harm: 'unknown',
  location: { state: 'asked', atMs: null },
  callBackNumber: { state: 'asked', atMs: null },
  escalation: 'none',
  handOver: 'none',
  owner: 'p1',
  offeredBy: null,
  joinedBy: null,
  acceptedBy: null,
  ...rest,
});

/** No pathway is open. */
const noPathway = {
  safeguarding: {
    state: 'none',
    about: null,
    threshold: null,
    consentSought: null,
    decidedBy: null,
    notified: 'notYet',
    lead: null,
    contactPlan: 'none',
    followUp: 'none',
    isGuardianException: false,
    isNumberGuarded: false,
    isContactGuarded: false,
    owed: [],
    referrals: [],
    safeChannels: [],
  },
  attendance: { state: 'arrived', startsAtMs: null },
  pause: {
    isPaused: false,
    reasons: [],
    startedAtMs: null,
    isClientReady: false,
    isOverdue: false,
    deadlines: {},
  },
  signal: { isUnseen: false, atMs: null, deadlines: {} },
  privacy: {
    step: 'none',
    to: null,
    isLeadAlerted: false,
    about: 'c1.privacy0',
    wording: referencePolicy.texts.neutralEnding,
    hasSafeContact: false,
    isBackUpSafe: true,
    deadlines: {},
  },
  crisis: aCrisis({
    state: 'none',
    location: { state: 'none', atMs: null },
    callBackNumber: { state: 'none', atMs: null },
    owner: null,
  }),
  consult: { state: 'none', person: null, takenBy: null, staff: ['duty-1', 'duty-2'] },
  disclosures: [],
  notes: [],
  told: null,
  openPathways: [],
} satisfies Partial<Care>;

/** Set up, and nothing is owed. */
const allSetUp = {
  checklists: {},
  plan: null,
  adjustments: null,
  preference: null,
  setUp: {
    isFirst: true,
    identityMethods: ['nameAndBirthDate', 'document'],
    missingClaims: [],
    suitabilityReasons: [...SUITABILITY_REASONS],
    routes: [{ route: 'log', outcome: 'reached', asOfMs: 0 }],
    isAlternativeOwed: false,
    alternative: null,
  },
  channel: {
    is: 'video',
    by: null,
    because: null,
    sinceMs: null,
    isAsked: false,
    mayCall: true,
    mayWrite: true,
  },
  observation: {
    picture: { is: 'seen', sinceMs: 0 },
    sound: { is: 'heard', sinceMs: 0, isMissing: false },
    reports: { client: [], practitioner: [] },
  },
  recording: noRecording,
  closing: {
    disposition: null,
    followUps: [],
    owed: [],
    unreasoned: [],
    reasonsOwed: [],
    isLookedBack: true,
  },
  texts: referencePolicy.texts,
  policyReviewOn: referencePolicy.reviewOn,
} satisfies Partial<Care>;

/** A live session with nothing open, and one person of the duty list there. */
export const aCare = (rest: Partial<Care> = {}): Care => ({
  stage: 'live',
  isAdmitted: true,
  mediaAllowed: true,
  gate: { media: 'settled', live: 'settled' },
  items: itemsBut(),
  people: [
    { id: 'p1', role: 'practitioner', presence: 'alive' },
    { id: 'c1', role: 'client', presence: 'alive' },
    { id: 'duty-1', role: 'duty', presence: 'alive' },
  ],
  contact: { state: 'together', isMediaUp: true, lastTogetherAtMs: 0, deadlines: {} },
  caller: null,
  run: null,
  late: null,
  nextRun: 'c1.r1',
  risk: { isActive: false, sinceMs: null },
  ...noPathway,
  help: { isAsked: false, askedAtMs: null, deadlines: {} },
  alerts: [],
  mayRing: true,
  mayPhone: true,
  hasExited: false,
  ...allSetUp,
  notNowMs: 300_000,
  suspectAfterMs: 1500,
  lostAfterMs: 3000,
  duty: ['duty-1', 'duty-2'],
  participants: [],
  meeting: null,
  lead: { colleagues: [], offeredTo: null },
  ...rest,
});

export const aPractitionerProjection = (
  care: Partial<Care> = {},
  rest: Partial<PractitionerProjection> = {},
): PractitionerProjection => ({
  role: 'practitioner',
  ...shared,
  person: 'p1',
  care: aCare(care),
  ...rest,
});

export const aDutyProjection = (
  care: Partial<Care> | null = {},
  rest: Partial<StaffProjection> = {},
): StaffProjection => ({
  role: 'duty',
  ...shared,
  person: 'duty-1',
  care: care === null ? null : aCare(care),
  review: null,
  colleague: null,
  recording: null,
  ...rest,
});
