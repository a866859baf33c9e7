import { Instant } from '@holdfast/protocol';
import * as z from 'zod/mini';
import type { PauseContext } from '../machines/pause/pause.machine.js';
import type { Session } from '../step/session.js';

/** A pause, for staff: why, since when, and whether the client says that they can go on. */
export const PauseProjection = z.strictObject({
  isPaused: z.boolean(),
  reasons: z.array(z.enum(['needed', 'overwhelmed', 'participant', 'privacy', 'recheck'])),
  startedAtMs: z.nullable(Instant),
  isClientReady: z.boolean(),
  /** The practitioner was reminded of it. */
  isOverdue: z.boolean(),
  deadlines: z.record(z.string(), Instant),
});
/** What the schema {@link PauseProjection} lets through. */
export type PauseProjection = z.infer<typeof PauseProjection>;

/** A pause, for the client: the same for every reason, and nothing outside of a call (rules U2, V1). */
export const ClientPause = z.enum(['none', 'paused', 'ready']);
/** What the schema {@link ClientPause} lets through. */
export type ClientPause = z.infer<typeof ClientPause>;

export function projectPause(session: Session): PauseProjection {
  const chart = session.charts['pause:session'];
  const context = chart?.context as PauseContext | undefined;
  return {
    isPaused: chart?.value === 'paused',
    reasons: [...(context?.reasons ?? [])],
    startedAtMs: context?.startedAtMs ?? null,
    isClientReady: context?.isClientReady ?? false,
    isOverdue: (context?.reminders ?? 0) > 0,
    deadlines: { ...context?.deadlines },
  };
}

/** Before the call opens there is nothing to pause: what staff opened then is theirs to know. */
export function projectClientPause(session: Session, stage: string): ClientPause {
  const { isPaused, isClientReady } = projectPause(session);
  if (!isPaused || !['settingUp', 'live'].includes(stage)) return 'none';
  return isClientReady ? 'ready' : 'paused';
}
