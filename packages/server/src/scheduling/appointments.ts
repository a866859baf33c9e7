import { CancelReason, Instant, type Actor, type Fact } from '@holdfast/protocol';
import { clientOf, stateName, type Session } from '@holdfast/session/authority';
import type { Desk } from '../authority/desk.js';
import { ServerError } from '../errors.js';

const HOST: Actor = { person: null, role: null, source: 'host', device: null };

const valueOf = (session: Session, key: keyof Session['charts']): string => {
  const chart = session.charts[key];
  return chart === undefined ? 'none' : stateName(chart.value);
};

/** When it is to begin, as it was moved last; null without a time. */
export function startsAtOf(session: Session): Instant | null {
  const kept = session.charts[`attendance:${clientOf(session)}`]?.context;
  return (kept as { readonly startsAtMs?: Instant | null } | undefined)?.startsAtMs ?? null;
}

function mustBeBefore({ live }: Desk): void {
  if (!live.record.isOpen) throw new ServerError('session-closed', 'the session is closed');
  if (valueOf(live.session, 'lifecycle:session') !== 'gathering')
    throw new ServerError('session-begun', 'the gate is open: from now on the people in the session decide');
}

/** Whatever came between is told as the same: the machines decide, and what they ignored has not happened. */
async function state(desk: Desk, fact: Fact, hasHappened: () => boolean, why: string): Promise<void> {
  mustBeBefore(desk);
  await desk.state(fact, HOST);
  if (!hasHappened()) throw new ServerError('session-begun', why);
}

/** Moves an appointment whose gate is not open (N6). */
export async function moveAppointment(desk: Desk, startsAtMs: number): Promise<void> {
  const parsed = Instant.safeParse(startsAtMs);
  if (!parsed.success)
    throw new ServerError('bad-option', 'startsAtMs must be an instant in milliseconds since the Unix epoch');
  const fact = { type: 'appointment.moved', startsAtMs: parsed.data } as const;
  const hasMoved = (): boolean => startsAtOf(desk.live.session) === parsed.data;
  await state(desk, fact, hasMoved, 'it began meanwhile');
}

/** Calls an appointment off whose gate is not open and in which nothing waits for a person (N7). */
export async function cancelAppointment(desk: Desk, reason: CancelReason): Promise<void> {
  const parsed = CancelReason.safeParse(reason);
  if (!parsed.success)
    throw new ServerError('bad-option', `reason must be one of ${CancelReason.options.join(', ')}`);
  const fact = { type: 'appointment.cancelled', reason: parsed.data } as const;
  const hasEnded = (): boolean => valueOf(desk.live.session, 'lifecycle:session') !== 'gathering';
  await state(desk, fact, hasEnded, 'a run or a crisis is open in it: the people who act in it decide');
}
