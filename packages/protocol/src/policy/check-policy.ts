import type * as z from 'zod/mini';
import { STAFF_ROLES } from '../actors.js';
import { ITEM_RULES, type ItemName } from '../items.js';
import { DURATIONS, type DurationName } from './durations.js';
import { Policy, type Expiry, type SessionTypePolicy } from './policy.js';

/** One fault of a policy document: where it is, what is wrong, and what would be right. */
export interface PolicyFault {
  /** Where in the document, like `durations.reconnectWaitMs`. */
  readonly path: string;
  /** What is wrong, with the bound and its reason. Plain words, no personal data. */
  readonly sentence: string;
}

/** The policy, checked and typed; or every fault of the document, not only the first. */
export type PolicyCheck =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly faults: readonly PolicyFault[] };

/** What nobody's media may begin without, in sessions with a client (design, "The gate has two thresholds"). */
const MEDIA_FLOOR = [
  'callBackNumber',
  'location',
  'consent',
  'practitionerPrivacy',
  'suitability',
  'escalationRoute',
] as const;
/** What no session with a client goes live without: a host may ask for more, never for less (A08). */
const LIVE_FLOOR = [
  'identity',
  'clientPrivacy',
  'locationConfirmed',
  'emergencyContact',
  'backUpChannel',
  'limits',
  'guardianConsent',
  'localRoute',
] as const;
/** What makes these answers old in every policy (A04, H04, H15, H24). */
const EXPIRY_FLOOR: Readonly<Partial<Record<ItemName, readonly Expiry[]>>> = {
  consent: ['restored'],
  practitionerPrivacy: ['restored'],
  identity: ['restoredLate'],
  locationConfirmed: ['newPlace', 'crisis', 'restoredLate'],
  clientPrivacy: ['anotherDevice', 'channelSwitch', 'restored'],
  emergencyContact: ['guardianNotSafe'],
  localRoute: ['newPlace'],
};
/** Kinds of sessions with a client in them. */
const WITH_CLIENT = ['therapy', 'assessment', 'practiceRoom'] as const;

/**
 * Checks a policy document once, at the entry. Unknown fields, unsafe values and wrong units are refused, each
 * with the bound and the reason (H25).
 *
 * @param document Anything: parsed JSON.
 */
export function checkPolicy(document: unknown): PolicyCheck {
  const parsed = Policy.safeParse(document);
  if (!parsed.success) {
    return {
      ok: false,
      faults: parsed.error.issues.map((issue) => ({
        path: issue.path.join('.'),
        sentence: shapeSentence(issue),
      })),
    };
  }
  const policy = parsed.data;
  const faults = [
    ...durationFaults(policy),
    ...orderFaults(policy),
    ...itemFaults(policy),
    ...staffFaults(policy),
  ];
  return faults.length === 0 ? { ok: true, policy } : { ok: false, faults };
}

/** The schema's own messages are not in plain words. */
function shapeSentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${issue.keys.join(', ')}: a policy has no such field here. Is it misspelt?`;
    case 'invalid_type':
      return `it is missing or of the wrong type; its type must be ${issue.expected}.`;
    case 'invalid_value':
      return `it must be one of ${issue.values.map(String).join(', ')}.`;
    default:
      return 'it does not have the form that the policy schema asks for.';
  }
}

function durationFaults(policy: Policy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  for (const name of Object.keys(DURATIONS) as DurationName[]) {
    const rule = DURATIONS[name];
    const bounds = policy.kind === 'drill' ? rule.drill : rule;
    const valueMs = policy.durations[name];
    if (valueMs >= bounds.minMs && valueMs <= bounds.maxMs) continue;
    // No bound is below a second.
    const unit = valueMs < 1000 ? ' Is it in seconds? It must be in milliseconds.' : '';
    faults.push({
      path: `durations.${name}`,
      sentence:
        `${name} is ${valueMs} ms; it must be from ${bounds.minMs} to ${bounds.maxMs} ms` +
        ` (stricter is ${rule.stricter}): ${rule.reason}.${unit}`,
    });
  }
  return faults;
}

function orderFaults({ durations }: Policy): PolicyFault[] {
  const pairs: readonly (readonly [DurationName, DurationName])[] = [
    ['suspectAfterMs', 'lostAfterMs'],
    ['decideRiskMs', 'decideMs'],
    ['actRiskMs', 'actMs'],
    ['notNowRiskMs', 'notNowMs'],
    ['acceptRiskMs', 'acceptMs'],
    ['wordRiskMs', 'wordMs'],
    ['unloadingRiskMs', 'unloadingMs'],
    ['stillTogetherEveryRiskMs', 'stillTogetherEveryMs'],
    ['phoneAttemptMs', 'phoningMs'],
    ['restoreFreshMs', 'restoreStaleMs'],
  ];
  return pairs
    .filter(([shorter, longer]) => durations[shorter] > durations[longer])
    .map(([shorter, longer]) => ({
      path: `durations.${shorter}`,
      sentence: `${shorter} (${durations[shorter]} ms) must not be longer than ${longer} (${durations[longer]} ms).`,
    }));
}

function itemFaults(policy: Policy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  for (const type of WITH_CLIENT) {
    const items = policy.sessionTypes[type]?.items;
    if (items === undefined) continue;
    const missing = [...MEDIA_FLOOR, ...LIVE_FLOOR].filter((item) => items[item] === undefined);
    const late = MEDIA_FLOOR.filter((item) => items[item]?.settledBefore === 'live');
    faults.push(
      ...missing.map((item) => ({
        path: `sessionTypes.${type}.items.${item}`,
        sentence: `${item} is asked in every session with a client: a host may ask for more, never for less.`,
      })),
      ...late.map((item) => ({
        path: `sessionTypes.${type}.items.${item}.settledBefore`,
        sentence: `${item} must be settled before media: a host may ask for more before media, never for less.`,
      })),
      ...expiryFaults(type, items),
      ...tellingFaults(type, items),
      ...competencyFaults(type, items, policy.competency),
    );
  }
  if (policy.sessionTypes.practiceRoom !== null && policy.kind !== 'drill')
    faults.push({
      path: 'sessionTypes.practiceRoom',
      sentence: 'practiceRoom is for rehearsal: only a drill policy may hold it; set it to null.',
    });
  if (policy.transports.includes('practice') && policy.kind !== 'drill')
    faults.push({
      path: 'transports',
      sentence: 'practice has no picture and no sound: only a drill policy may list it; take it out.',
    });
  if (Object.values(policy.sessionTypes).every((type) => type === null))
    faults.push({ path: 'sessionTypes', sentence: 'at least one kind of session must be held.' });
  return faults;
}

function expiryFaults(type: string, items: SessionTypePolicy['items']): PolicyFault[] {
  return Object.entries(EXPIRY_FLOOR).flatMap(([name, floor]) => {
    const item = items[name as ItemName];
    if (item === undefined) return [];
    return floor
      .filter((expiry) => !item.asksAgainOn.includes(expiry))
      .map((expiry) => ({
        path: `sessionTypes.${type}.items.${name}.asksAgainOn`,
        sentence: `${name} must be asked again on ${expiry}: what was true before may not be true any more.`,
      }));
  });
}

/** V1: an item of the client's own that comes open again with a crisis tells their screen that there is one. */
function tellingFaults(type: string, items: SessionTypePolicy['items']): PolicyFault[] {
  return (Object.keys(items) as ItemName[])
    .filter((name) => items[name]?.asksAgainOn.includes('crisis'))
    .filter((name) => ITEM_RULES[name].answeredBy.includes('client'))
    .map((name) => ({
      path: `sessionTypes.${type}.items.${name}.asksAgainOn`,
      sentence: `${name} must not be asked again on crisis: the client's screen would show that one was opened.`,
    }));
}
/** A claim that nobody looks at is none (A46). */
const competencyFaults = (
  type: string,
  items: SessionTypePolicy['items'],
  claims: readonly string[],
): readonly PolicyFault[] =>
  claims.length === 0 || items.competency !== undefined
    ? []
    : [
        {
          path: `sessionTypes.${type}.items.competency`,
          sentence: 'the policy asks for claims in competency: the item that looks at them must be listed.',
        },
      ];

function staffFaults({ staff }: Policy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  if (staff.duty.length === 0)
    faults.push({
      path: 'staff.duty',
      sentence: 'name at least one person on duty: without one no alert reaches anybody.',
    });
  for (const role of STAFF_ROLES) {
    const people = staff[role].map((entry) => entry.person);
    const twice = people.filter((person, index) => people.indexOf(person) !== index);
    faults.push(
      ...twice.map((person) => ({
        path: `staff.${role}`,
        sentence: `${person} is listed twice: an alert goes to each person once.`,
      })),
    );
  }
  return faults;
}
