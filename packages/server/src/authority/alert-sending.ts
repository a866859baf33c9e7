import { createHash } from 'node:crypto';
import type { Effect, Id } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import type { Alert, AlertNotice } from '../alerts/alert.js';
import type { EffectJob } from '../store/store.js';
import { within } from '../within.js';
import type { Desk } from './desk.js';

/** Longest time for one try. */
const TRY_WITHIN_MS = 10_000;

/** Unique over all sessions, the same on each try, and short: it stands in events and goes to the host. */
export const nameOfJob = ({ tenant, session, id }: EffectJob): Id =>
  createHash('sha256').update(`${tenant}/${session}/${id}`).digest('hex').slice(0, 32);

export interface SendingTools {
  readonly clock: Clock;
  readonly linkFor: (desk: Desk, person: Id) => Promise<string | null>;
}

/** One try to tell one person on one channel. False: not taken, or not in time. */
export async function sendAlert(
  desk: Desk,
  job: EffectJob,
  alert: Alert,
  tools: SendingTools,
): Promise<boolean> {
  try {
    const link = job.effect.kind === 'alert' ? await linkOrNone(desk, job.effect.person, tools) : null;
    await within(tools.clock, TRY_WITHIN_MS, (signal) => alert.send(noticeOf(desk, job, link), signal));
    return true;
  } catch {
    return false;
  }
}

/** An alert without a link is better than none (H22). */
const linkOrNone = (desk: Desk, person: Id, { linkFor }: SendingTools): Promise<string | null> =>
  linkFor(desk, person).catch(() => null);

function noticeOf(desk: Desk, job: EffectJob, joinLink: string | null): AlertNotice {
  const effect = job.effect as Extract<Effect, { kind: 'alert' | 'alertStoodDown' }>;
  const { alert, person, atMs } = effect;
  const shared = {
    ...desk.key,
    id: `al-${nameOfJob(job)}`,
    drill: desk.live.session.drill,
    alert,
    person,
    atMs,
  };
  if (effect.kind === 'alertStoodDown') {
    return { ...shared, kind: 'stoodDown', cause: null, client: null, run: null, attempt: 1, joinLink: null };
  }
  const { cause, client, run, attempt } = effect;
  return { ...shared, kind: 'alert', cause, client, run, attempt, joinLink };
}
