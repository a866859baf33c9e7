import type { ItemName, Threshold } from '../items.js';
import { DURATIONS, PHONE_ATTEMPTS, type DurationName, type Durations } from './durations.js';
import type { Policy } from './policy.js';

const durations = (of: (name: DurationName) => number): Durations =>
  Object.fromEntries((Object.keys(DURATIONS) as DurationName[]).map((name) => [name, of(name)])) as Record<
    DurationName,
    number
  >;

/** Which item is settled before which threshold by default (design, "The gate has two thresholds"). */
const SETTLED_BEFORE: Readonly<Record<ItemName, Threshold>> = {
  callBackNumber: 'media',
  location: 'media',
  consent: 'media',
  device: 'media',
  practitionerPrivacy: 'media',
  identity: 'live',
  clientPrivacy: 'live',
  locationConfirmed: 'live',
  emergencyContact: 'live',
  backUpChannel: 'live',
  limits: 'live',
};

const items = Object.fromEntries(
  Object.entries(SETTLED_BEFORE).map(([item, settledBefore]) => [item, { settledBefore }]),
) as Policy['items'];

/** The policy that a session has when the host gives none: every default of the design. */
export const referencePolicy: Policy = {
  schemaVersion: 1,
  id: 'reference',
  version: 'v1',
  owner: 'service-management',
  reviewOn: '2027-11-01',
  kind: 'standard',
  durations: durations((name) => DURATIONS[name].defaultMs),
  phoneAttempts: PHONE_ATTEMPTS,
  items,
  duty: [{ person: 'duty-1' }, { person: 'duty-2' }],
  transports: ['webrtc', 'livekit', 'fake'],
  exposesAddresses: false,
  texts: { consent: 'consent-v1', limits: 'limits-v1' },
};

/** The same protocol in seconds, for rehearsal (A27): refused for a session that is not a drill. */
export const drillPolicy: Policy = {
  ...referencePolicy,
  id: 'reference-drill',
  kind: 'drill',
  durations: durations((name) => DURATIONS[name].drill.defaultMs),
};
