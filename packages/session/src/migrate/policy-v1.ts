import {
  drillPolicy,
  DURATIONS,
  referencePolicy,
  type DurationName,
  type ItemName,
  type ItemPolicy,
  type Policy,
  type SessionTypePolicy,
} from '@holdfast/protocol';
import * as z from 'zod/mini';

/** A policy as it was frozen into a session of version 1. Not checked against bounds again: it was, when it was taken. */
export const PolicyV1 = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  version: z.string(),
  owner: z.string(),
  reviewOn: z.string(),
  kind: z.enum(['standard', 'drill']),
  durations: z.record(z.string(), z.number()),
  phoneAttempts: z.number(),
  items: z.record(z.string(), z.object({ settledBefore: z.enum(['media', 'live']) })),
  duty: z.array(z.object({ person: z.string() })),
  transports: z.array(z.enum(['webrtc', 'livekit', 'fake'])),
  exposesAddresses: z.boolean(),
  texts: z.object({ consent: z.string(), limits: z.string() }),
});
/** What the schema {@link PolicyV1} lets through. */
export type PolicyV1 = z.infer<typeof PolicyV1>;

/** What the older policy said stays as it was said; an item that it did not know is asked as the reference asks it. */
function itemsOf({ items }: PolicyV1): SessionTypePolicy['items'] {
  const reference = referencePolicy.sessionTypes.therapy?.items ?? {};
  return Object.fromEntries(
    (Object.entries(reference) as [ItemName, ItemPolicy][]).map(([name, item]) => [
      name,
      { ...item, settledBefore: items[name]?.settledBefore ?? item.settledBefore },
    ]),
  );
}

function durationsOf({ kind, durations }: PolicyV1): Policy['durations'] {
  const names = Object.keys(DURATIONS) as DurationName[];
  const usual = kind === 'drill' ? drillPolicy.durations : referencePolicy.durations;
  return Object.fromEntries(names.map((name) => [name, durations[name] ?? usual[name]])) as Record<
    DurationName,
    number
  >;
}

/**
 * The same policy in the shape of version 2. What version 1 could not say is as safe as in the reference policy, and empty
 * where only the host can know it: its lists of staff, steps and help. Nobody is alerted who was not named.
 */
export function policyFromV1(old: PolicyV1): Policy {
  const { id, version, owner, reviewOn, kind, phoneAttempts, duty, transports, exposesAddresses } = old;
  return {
    schemaVersion: 2,
    id,
    version,
    owner,
    reviewOn,
    kind,
    durations: durationsOf(old),
    phoneAttempts,
    sessionTypes: {
      therapy: { items: itemsOf(old) },
      assessment: null,
      supervision: null,
      training: null,
      practiceRoom: null,
    },
    staff: { duty, safeguardingLead: [], supervisor: [], management: [] },
    transports,
    exposesAddresses,
    texts: { ...referencePolicy.texts, ...old.texts },
    checklists: { opening: [], crisis: [], crisisOthers: [], privacy: [], safeguarding: [], closing: [] },
    referrals: [],
    recording: { mode: 'prohibited' },
    settleBeforeClose: [],
    competency: [],
    planTemplates: [],
    suitabilityReasons: [],
  };
}
