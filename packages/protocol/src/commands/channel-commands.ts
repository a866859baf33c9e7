import * as z from 'zod/mini';
import { CHANNEL_REASONS, CHANNELS } from '../channels.js';
import { Id } from '../ids.js';
import { CallOutcome } from './ladder-commands.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

const client = Id;

/** Commands of the channel. */
export const channelCommands = [
  z.strictObject({
    type: z.literal('channel.choose'),
    client,
    to: z.enum(CHANNELS),
    /** Asked of staff who move the client off video (B10). A client gives one or not. */
    because: z.optional(z.enum(CHANNEL_REASONS)),
    /** With `faceToFace`: by when it is arranged, `YYYY-MM-DD`. Default: today. */
    dueOn: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  }),
  /** What came of ringing, or of writing on the back-up channel, where that was chosen and no run is open. */
  z.strictObject({ type: z.literal('channel.recordCall'), client, outcome: CallOutcome }),
] as const;

/** Who may send them, and when. */
export const channelRules = {
  'channel.choose': { roles: ['client', 'practitioner'], while: UNTIL_CLOSED },
  'channel.recordCall': {
    roles: ACTING,
    while: { lifecycle: ['gathering', 'settingUp', 'live'], channel: ['phone', 'text'] },
  },
} as const satisfies Record<string, CommandRule>;
