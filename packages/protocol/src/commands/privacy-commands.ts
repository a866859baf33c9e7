import * as z from 'zod/mini';
import { Code, Id } from '../ids.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

/** A channel that was agreed as safe, to go on over while the room is not private (A26, A36). */
export const SafeChannel = z.enum(['backUpChannel', 'safeContact']);
/** What the schema {@link SafeChannel} lets through. */
export type SafeChannel = z.infer<typeof SafeChannel>;

/** How a person saw the discreet signal. A false alarm needs no explanation (H16). */
export const SignalOutcome = z.enum(['seen', 'falseAlarm']);
/** What the schema {@link SignalOutcome} lets through. */
export type SignalOutcome = z.infer<typeof SignalOutcome>;

/** How broken privacy was settled, said by a named person (A26, A38). */
export const PrivacyOutcome = z.enum(['privateAgain', 'falseAlarm', 'otherChannel', 'endedNeutrally']);
/** What the schema {@link PrivacyOutcome} lets through. */
export type PrivacyOutcome = z.infer<typeof PrivacyOutcome>;

const client = Id;

/** Commands of the discreet signal and of broken privacy. */
export const privacyCommands = [
  z.strictObject({ type: z.literal('privacy.signal'), client }),
  z.strictObject({ type: z.literal('privacy.acknowledge'), client, outcome: SignalOutcome }),
  z.strictObject({ type: z.literal('privacy.open'), client }),
  z.strictObject({ type: z.literal('privacy.pause'), client }),
  z.strictObject({ type: z.literal('privacy.recontract'), client }),
  z.strictObject({ type: z.literal('privacy.switchChannel'), client, to: SafeChannel }),
  /** `wording`: version of the policy's text `neutralEnding` that is said. */
  z.strictObject({ type: z.literal('privacy.endNeutrally'), client, wording: Code }),
  z.strictObject({
    type: z.literal('privacy.resolve'),
    client,
    outcome: PrivacyOutcome,
    /** What the client answered to "are you free to speak?". `privateAgain` needs a yes. */
    isFreeToSpeak: z.boolean(),
  }),
  z.strictObject({ type: z.literal('privacy.alertLead'), client }),
  z.strictObject({
    type: z.literal('privacy.setSafeContact'),
    client,
    /** Reference of the vault entry that holds the words; set by the authority, never by a device. */
    answerRef: z.optional(Id),
  }),
] as const;

const COMPROMISED = { privacy: ['compromised'] } as const;

/** Who may send them, and when. */
export const privacyRules = {
  'privacy.signal': { roles: ['client'], while: UNTIL_CLOSED },
  'privacy.acknowledge': { roles: ACTING, while: { signal: ['signalled'] } },
  'privacy.open': { roles: ACTING, while: { ...UNTIL_CLOSED, privacy: ['private', 'ended'] } },
  'privacy.pause': { roles: ACTING, while: COMPROMISED },
  'privacy.recontract': { roles: ACTING, while: COMPROMISED },
  'privacy.switchChannel': { roles: ACTING, while: COMPROMISED },
  'privacy.endNeutrally': { roles: ACTING, while: COMPROMISED },
  'privacy.resolve': { roles: ACTING, while: COMPROMISED },
  'privacy.alertLead': { roles: ACTING, while: { privacy: ['compromised', 'ended'] } },
  'privacy.setSafeContact': { roles: ACTING, while: UNTIL_CLOSED },
} as const satisfies Record<string, CommandRule>;

/** What a safe contact is agreed in: time and channel, in the client's own words (A38). */
export const SAFE_CONTACT_KEYS = ['safeContact'] as const;
