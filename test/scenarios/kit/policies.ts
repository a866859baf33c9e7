import { drillPolicy, referencePolicy, type Durations, type Policy } from '@holdfast/protocol';
import type { Profile } from './scenario.js';

/** The policy of a run's profile, with what one scenario needs otherwise. Direct media is accepted: the hosts are ours. */
export function policyFor(profile: Profile, durations: Partial<Durations> = {}): Policy {
  const base = profile === 'drill' ? drillPolicy : referencePolicy;
  return { ...base, exposesAddresses: true, durations: { ...base.durations, ...durations } };
}
