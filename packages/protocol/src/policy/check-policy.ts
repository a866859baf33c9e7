import type * as z from 'zod/mini';
import { ITEMS } from '../items.js';
import { DURATIONS, type DurationName } from './durations.js';
import { Policy } from './policy.js';

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

/** Items that may be settled late, but never dropped below the media threshold by a host (design). */
const MEDIA_ITEMS = ['callBackNumber', 'location', 'consent', 'practitionerPrivacy'] as const;

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
    ...peopleFaults(policy),
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
    const unit =
      valueMs < 1000 && bounds.minMs >= 1000 ? ' Is it in seconds? It must be in milliseconds.' : '';
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
  ];
  return pairs
    .filter(([shorter, longer]) => durations[shorter] > durations[longer])
    .map(([shorter, longer]) => ({
      path: `durations.${shorter}`,
      sentence: `${shorter} (${durations[shorter]} ms) must not be longer than ${longer} (${durations[longer]} ms).`,
    }));
}

function itemFaults(policy: Policy): PolicyFault[] {
  const media = new Set<string>(MEDIA_ITEMS);
  return ITEMS.filter((item) => media.has(item) && policy.items[item].settledBefore !== 'media').map(
    (item) => ({
      path: `items.${item}.settledBefore`,
      sentence: `${item} must be settled before media: a host may ask for more before media, never for less.`,
    }),
  );
}

function peopleFaults(policy: Policy): PolicyFault[] {
  const people = policy.duty.map((entry) => entry.person);
  return people
    .filter((person, index) => people.indexOf(person) !== index)
    .map((person) => ({
      path: 'duty',
      sentence: `${person} is listed twice: an alert goes to each person once.`,
    }));
}
