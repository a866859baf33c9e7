import type { ItemName, Threshold } from '../items.js';
import { DURATIONS, PHONE_ATTEMPTS, type DurationName, type Durations } from './durations.js';
import type { Expiry, ItemPolicy, Policy, SessionTypePolicy } from './policy.js';

const durations = (of: (name: DurationName) => number): Durations =>
  Object.fromEntries((Object.keys(DURATIONS) as DurationName[]).map((name) => [name, of(name)])) as Record<
    DurationName,
    number
  >;

const item = (settledBefore: Threshold, ...asksAgainOn: readonly Expiry[]): ItemPolicy => ({
  settledBefore,
  asksAgainOn: [...asksAgainOn],
});

/** Which item is settled before which threshold, and what makes it old (design, "The gate has two thresholds"). */
const CARE_ITEMS: Readonly<Record<ItemName, ItemPolicy>> = {
  callBackNumber: item('media'),
  location: item('media'),
  consent: item('media', 'restored'),
  device: item('media'),
  practitionerPrivacy: item('media', 'restored'),
  identity: item('live', 'restoredLate'),
  clientPrivacy: item('live', 'anotherDevice', 'rejoin', 'channelSwitch', 'afterPause', 'restored'),
  locationConfirmed: item('live', 'newPlace', 'crisis', 'restoredLate'),
  emergencyContact: item('live', 'guardianNotSafe'),
  backUpChannel: item('live'),
  limits: item('live'),
  signal: item('live'),
  preferences: item('live'),
  suitability: item('media'),
  escalationRoute: item('media'),
  competency: item('media'),
  guardianConsent: item('live'),
  localRoute: item('live', 'newPlace'),
};

const care: SessionTypePolicy = { items: CARE_ITEMS };
/** Among colleagues nobody's address or emergency contact is asked (B01). */
const amongStaff: SessionTypePolicy = {
  items: {
    consent: CARE_ITEMS.consent,
    device: CARE_ITEMS.device,
    practitionerPrivacy: CARE_ITEMS.practitionerPrivacy,
    identity: CARE_ITEMS.identity,
    clientPrivacy: CARE_ITEMS.clientPrivacy,
    backUpChannel: CARE_ITEMS.backUpChannel,
  },
};

/** The policy that a session has when the host gives none: every default of the design. */
export const referencePolicy: Policy = {
  schemaVersion: 2,
  id: 'reference',
  version: 'v2',
  owner: 'service-management',
  reviewOn: '2027-11-01',
  kind: 'standard',
  durations: durations((name) => DURATIONS[name].defaultMs),
  phoneAttempts: PHONE_ATTEMPTS,
  sessionTypes: {
    therapy: care,
    assessment: care,
    supervision: amongStaff,
    training: amongStaff,
    practiceRoom: null,
  },
  staff: {
    duty: [{ person: 'duty-1' }, { person: 'duty-2' }],
    safeguardingLead: [{ person: 'safeguarding-1' }],
    supervisor: [{ person: 'supervisor-1' }],
    management: [{ person: 'management-1' }],
  },
  transports: ['webrtc', 'livekit', 'fake'],
  exposesAddresses: false,
  texts: {
    consent: 'consent-v1',
    limits: 'limits-v1',
    recording: 'recording-v1',
    opening: 'opening-v1',
    crisis: 'crisis-v1',
    privacy: 'privacy-v1',
    safeguarding: 'safeguarding-v1',
    neutralEnding: 'neutralEnding-v1',
    closing: 'closing-v1',
    participation: 'participation-v1',
    joining: 'joining-v1',
  },
  checklists: {
    opening: ['greeting', 'whoIsHere', 'canHear', 'whatIfWeDrop', 'grounding', 'agenda', 'consentStillHolds'],
    crisis: [
      'sayWhatHappensNow',
      'askDirectly',
      'means',
      'saferPlace',
      'someoneNear',
      'cameraOn',
      'planSteps',
    ],
    crisisOthers: ['whoIsAtRisk', 'dutyToWarn', 'whereAreThey'],
    privacy: ['stopSensitiveTopics', 'askYesOrNo', 'agreeToGoOnOrEnd', 'agreeSafeContact'],
    safeguarding: ['dangerNow', 'ownWords', 'askConsent', 'sayWhoIsTold', 'agreeSafeContact'],
    closing: ['summary', 'nextSteps', 'nextAppointment', 'whoToAskForHelp'],
  },
  referrals: [],
  recording: { mode: 'prohibited' },
  settleBeforeClose: [],
  competency: [],
  planTemplates: ['ownTemplate'],
  suitabilityReasons: [],
};

/** The same protocol in seconds, for rehearsal (A27): refused for a session that is not a drill. */
export const drillPolicy: Policy = {
  ...referencePolicy,
  id: 'reference-drill',
  kind: 'drill',
  durations: durations((name) => DURATIONS[name].drill.defaultMs),
  sessionTypes: { ...referencePolicy.sessionTypes, practiceRoom: care },
};
