import { ITEM_RULES, ITEMS, referencePolicy } from '@holdfast/protocol';
import type {
  Care,
  ClientProjection,
  StaffProjection,
  ItemProjection,
  PractitionerProjection,
  RunProjection,
} from '../project/projection.js';
import type { DeviceState } from '../view/types.js';

const shared = {
  version: 1,
  client: 'c1',
  practitioner: 'p1',
  drill: false,
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
  items: ITEMS.filter((item) => ITEM_RULES[item].answeredBy.includes('client')).map((item) => ({
    item,
    settledBefore: referencePolicy.sessionTypes.therapy?.items[item]?.settledBefore ?? 'live',
    isSettled: true,
  })),
  contact: 'together',
  suspectAfterMs: 1500,
  lostAfterMs: 3000,
  help: 'none',
  channel: 'video',
  observation: { isHeard: true, isSeen: true, reported: [] },
  recording: noRecording,
  practitionerRoom: 'private',
  explained: { consent: 'consent-v1', limits: 'limits-v1' },
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
    flags: {},
    atMs: 0,
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
  offeredTo: null,
  helpers: [],
  deadlines: {},
  ...rest,
});

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
  crisis: { state: 'none', escalation: 'none', acceptedBy: null },
  help: { isAsked: false, askedAtMs: null, deadlines: {} },
  alerts: [],
  mayRing: true,
  mayPhone: true,
  hasExited: false,
  checklists: {},
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
  closing: { disposition: null, followUps: [] },
  notNowMs: 300_000,
  suspectAfterMs: 1500,
  lostAfterMs: 3000,
  duty: ['duty-1', 'duty-2'],
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
  recording: null,
  ...rest,
});
