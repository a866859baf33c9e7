import * as z from 'zod/mini';
import type { RecordingContext } from '../machines/recording/recording.machine.js';
import type { Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';

/** Recording, for both sides and for management: everybody always sees whether it runs (B7, H06). */
export const RecordingProjection = z.strictObject({
  isProhibited: z.boolean(),
  /** A grant can be given now: the policy allows it, and the session has not ended. */
  mayGrant: z.boolean(),
  /** Version of the text to agree to. */
  textVersion: z.string(),
  /** Whose grants are there. */
  grants: z.strictObject({ client: z.boolean(), management: z.boolean() }),
  /** `stopping`: it was told to end and has not said that it did; it may still run. */
  state: z.enum(['off', 'starting', 'on', 'stopping']),
  /** What the recorder could not do. */
  failed: z.nullable(z.enum(['start', 'stop'])),
});
/** What the schema {@link RecordingProjection} lets through. */
export type RecordingProjection = z.infer<typeof RecordingProjection>;

export function projectRecording(session: Session): RecordingProjection {
  const chart = session.charts['recording:session'];
  const context = chart?.context as RecordingContext | undefined;
  const { isProhibited, grants, hasBegun, isEnding, failed } = context ?? NONE;
  const stage = stateName(session.charts['lifecycle:session']?.value ?? 'closed');
  const running = hasBegun ? 'on' : 'starting';
  return {
    isProhibited,
    mayGrant: !isProhibited && !['closing', 'closed'].includes(stage),
    textVersion: session.policy.texts.recording,
    grants,
    state: isEnding ? 'stopping' : chart?.value === 'running' ? running : 'off',
    failed,
  };
}

const NONE = {
  isProhibited: true,
  grants: { client: false, management: false },
  hasBegun: false,
  isEnding: false,
  failed: null,
} as const;
