// For applications: writing and checking a record of audit events.
export { canonicalJson } from './canonical-json.js';
export { FIRST_HASH, chainEvent, hashOf, verifyChain } from './chain.js';
export type { ChainFault, ChainReport } from './chain.js';
