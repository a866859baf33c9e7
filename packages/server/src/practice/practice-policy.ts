import { drillPolicy, type Policy } from '@holdfast/protocol';
import { ServerError } from '../errors.js';
import { checkedPolicy } from '../options.js';

/** Who is played beside the one who practises. */
export const PLAYED = {
  practitioner: 'practice-practitioner',
  client: 'practice-client',
  duty: 'practice-duty',
  safeguardingLead: 'practice-lead',
  supervisor: 'practice-supervisor',
  management: 'practice-management',
} as const;

/** What they are called on the screens. */
export const PLAYED_NAMES: Readonly<Record<keyof typeof PLAYED, string>> = {
  practitioner: 'Robin (practice)',
  client: 'Sam (practice)',
  duty: 'Alex (practice, on duty)',
  safeguardingLead: 'Toni (practice, safeguarding)',
  supervisor: 'Ira (practice, supervisor)',
  management: 'Jo (practice, management)',
};

/** Identifiers of a host stand inside longer ones; ours is a part of the policy's. */
const SUFFIX = '.practice';
const LONGEST_ID = 160;

/**
 * A drill policy for one who practises: its times, items and texts, and of the world nothing. Staff who are played, no
 * video, no recording, no claims (rules K21, K22).
 *
 * @throws ServerError `bad-option`: it is not a drill policy.
 */
export function practicePolicy(given: Policy | null): Policy {
  const policy = given ?? drillPolicy;
  if (policy.kind !== 'drill')
    throw new ServerError(
      'bad-option',
      'policy: a practice room is a drill and needs a drill policy; leave it out, or give drillPolicy or one of your own kind drill',
    );
  const { practiceRoom, therapy } = policy.sessionTypes;
  const only = (person: string) => [{ person }];
  return checkedPolicy('policy', {
    ...policy,
    id: policy.id.slice(0, LONGEST_ID - SUFFIX.length) + SUFFIX,
    sessionTypes: {
      ...policy.sessionTypes,
      practiceRoom: practiceRoom ?? therapy ?? drillPolicy.sessionTypes.therapy,
    },
    staff: {
      duty: only(PLAYED.duty),
      safeguardingLead: only(PLAYED.safeguardingLead),
      supervisor: only(PLAYED.supervisor),
      management: only(PLAYED.management),
    },
    transports: ['practice'],
    exposesAddresses: false,
    recording: { mode: 'prohibited' },
    competency: [],
  });
}
