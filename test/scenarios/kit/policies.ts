import { drillPolicy, referencePolicy, type Policy } from '@holdfast/protocol';
import type { Profile } from './scenario.js';

/** What the quickstart runs a session under: instants are asserted against it. */
export const policyOf = (profile: Profile): Policy => (profile === 'drill' ? drillPolicy : referencePolicy);
