import * as z from 'zod/mini';
import { Id } from '../ids.js';
import { UNTIL_ENDED, type CommandRule } from './rule.js';

/** Commands of a joint meeting, each in the session of one client. */
export const meetingCommands = [
  /** The practitioner asked this client, who wants the fellow client there. */
  z.strictObject({ type: z.literal('meeting.clientAgrees'), fellow: Id }),
  z.strictObject({ type: z.literal('meeting.clientRefuses'), fellow: Id }),
  /** This client comes into the room that the sessions share. */
  z.strictObject({ type: z.literal('meeting.bringIn') }),
  /** This client waits outside, so that others are talked to without them. */
  z.strictObject({ type: z.literal('meeting.setApart') }),
] as const;

/** Who may send them, and when. */
export const meetingRules = {
  'meeting.clientAgrees': { roles: ['practitioner'], while: UNTIL_ENDED },
  'meeting.clientRefuses': { roles: ['practitioner'], while: UNTIL_ENDED },
  'meeting.bringIn': { roles: ['practitioner'], while: { lifecycle: ['settingUp', 'live'] } },
  'meeting.setApart': { roles: ['practitioner'], while: UNTIL_ENDED },
} as const satisfies Record<string, CommandRule>;
