import * as z from 'zod/mini';
import { Code } from '../ids.js';
import { ACTING, type CommandRule } from './rule.js';

/** Commands of recording (E15, H06). Whose grant it is follows from who says it: the client's own, or management's. */
export const recordingCommands = [
  z.strictObject({
    type: z.literal('recording.grant'),
    /** Version of the recording text that was shown (A12). */
    textVersion: Code,
  }),
  z.strictObject({ type: z.literal('recording.withdraw') }),
  z.strictObject({ type: z.literal('recording.start') }),
  z.strictObject({ type: z.literal('recording.stop') }),
] as const;

/** Who may send them, and when. */
export const recordingRules = {
  'recording.grant': {
    roles: ['client', 'management'],
    while: { lifecycle: ['gathering', 'settingUp', 'live'] },
  },
  'recording.withdraw': {
    roles: ['client', 'management'],
    while: { recording: ['oneGrant', 'permitted', 'running'] },
  },
  'recording.start': {
    roles: ['practitioner'],
    while: {
      lifecycle: ['settingUp', 'live'],
      recording: ['permitted'],
      pause: ['running'],
    },
  },
  // Nobody who acts is kept from stopping it.
  'recording.stop': { roles: ACTING, while: { recording: ['running'] } },
} as const satisfies Record<string, CommandRule>;
