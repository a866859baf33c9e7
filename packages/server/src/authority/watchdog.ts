import type { Id, Instant, WatchdogCondition } from '@holdfast/protocol';
import { isAlerted, stateName } from '@holdfast/session/authority';
import type { SinkHealth } from '../sinks/sink-feeder.js';
import type { EffectJob } from '../store/store.js';
import type { Desk } from './desk.js';
import { sendTo, type Seat } from './seat.js';

/** How often what is wrong is looked at anew; what changed is told at once. */
export const WATCH_EVERY_MS = 500;
/** It is said for this long that a step was late after it was done: long enough to be read and to look after it. */
const LATE_SAID_MS = 30_000;
/** And for this long after the last fault that something went wrong: nobody can tell when all is well again. */
const FAULT_SAID_MS = 300_000;
/** Matters of the server itself: whoever of the staff is there may know of them (V6). */
const OF_SERVER: readonly WatchdogCondition['code'][] = ['sinkFailing', 'stepFailed'];

/** In these nobody waits for the alert any more, however it got there. */
const SEEN: readonly string[] = ['acknowledged', 'accepted', 'stoodDown'];

type AlertContext = { readonly isDelivered?: boolean };
interface Undelivered {
  readonly alert: Id;
  readonly channel: string;
  readonly sinceMs: Instant;
}
interface Late {
  readonly sinceMs: Instant;
  readonly untilMs: Instant;
}

export interface WatchdogOptions {
  readonly nowMs: () => Instant;
  readonly desks: () => Iterable<Desk>;
  readonly sinks: () => readonly SinkHealth[];
}

/**
 * What is wrong on the session server's own side, told to the staff of each session with what they can do (rules V7, R7).
 * It only looks and tells: no step waits for it, and nothing of it is stored, since after a start it is found again.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #undelivered = new WeakMap<Desk, Map<string, Undelivered>>();
  readonly #late = new WeakMap<Desk, Late>();
  readonly #faults = new WeakMap<Desk, Late>();

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  /** All that stands in a session now. */
  conditionsOf(desk: Desk): readonly WatchdogCondition[] {
    return [...this.#sinks(), ...this.#alertsOf(desk), ...this.#stepOf(desk), ...this.#faultOf(desk)];
  }

  /** All that stands anywhere, each once with its earliest instant: for the operator. */
  all(): readonly WatchdogCondition[] {
    const open = [...this.#options.desks()].filter((desk) => desk.live.record.isOpen);
    return earliest([...this.#sinks(), ...open.flatMap((desk) => this.conditionsOf(desk))]);
  }

  /** Tells the screens on which something else stands than is true now. */
  look(): void {
    for (const desk of this.#options.desks()) this.#tellDesk(desk);
  }

  /** After a hello: the whole list, also when it is empty. The device holds nothing else. */
  arrived(desk: Desk, seat: Seat): void {
    seat.watchdogJson = null;
    if (seat.person.role !== 'client') this.#tell(desk, seat, this.conditionsOf(desk));
  }

  /** A step is late, or came late. Said again while it is. */
  stepLate(desk: Desk, sinceMs: Instant): void {
    const { nowMs } = this.#options;
    this.#late.set(desk, {
      sinceMs: this.#stepOf(desk)[0]?.sinceMs ?? sinceMs,
      untilMs: nowMs() + LATE_SAID_MS,
    });
    this.#tellDesk(desk);
  }

  /** The protocol failed at something in this session: said at once, whatever else can be done about it (R11). */
  stepFailed(desk: Desk): void {
    const nowMs = this.#options.nowMs();
    this.#faults.set(desk, {
      sinceMs: this.#faultOf(desk)[0]?.sinceMs ?? nowMs,
      untilMs: nowMs + FAULT_SAID_MS,
    });
    this.#tellDesk(desk);
  }

  /** One alert, on one channel, has failed several times in a row. It is tried on. */
  alertFailed(desk: Desk, name: string, { effect, channel }: EffectJob): void {
    if (effect.kind !== 'alert' || channel === null) return;
    const known = this.#undelivered.get(desk) ?? new Map<string, Undelivered>();
    this.#undelivered.set(desk, known);
    if (!known.has(name)) known.set(name, { alert: effect.alert, channel, sinceMs: this.#options.nowMs() });
    this.#tellDesk(desk);
  }

  /** It was delivered after all, or is not tried any more. */
  alertDelivered(desk: Desk, name: string): void {
    if (this.#undelivered.get(desk)?.delete(name) === true) this.#tellDesk(desk);
  }

  #sinks(): WatchdogCondition[] {
    return this.#options
      .sinks()
      .flatMap(({ name, failingSinceMs }) =>
        failingSinceMs === null ? [] : [{ code: 'sinkFailing', name, sinceMs: failingSinceMs }],
      );
  }

  #alertsOf(desk: Desk): readonly WatchdogCondition[] {
    const open = [...(this.#undelivered.get(desk)?.values() ?? [])].flatMap(({ alert, channel, sinceMs }) => {
      const chart = desk.live.session.charts[`alert:${alert}`];
      if (chart === undefined || SEEN.includes(stateName(chart.value))) return [];
      const { isDelivered } = chart.context as AlertContext;
      const code = isDelivered === true ? 'routeFailing' : 'alertUndelivered';
      return [{ code, name: channel, sinceMs } as const];
    });
    return earliest(open);
  }

  #stepOf(desk: Desk): readonly WatchdogCondition[] {
    const late = this.#late.get(desk);
    const stands = late !== undefined && this.#options.nowMs() < late.untilMs;
    return stands ? [{ code: 'stepOverdue', name: null, sinceMs: late.sinceMs }] : [];
  }

  #faultOf(desk: Desk): readonly WatchdogCondition[] {
    const fault = this.#faults.get(desk);
    const stands = fault !== undefined && this.#options.nowMs() < fault.untilMs;
    return stands ? [{ code: 'stepFailed', name: null, sinceMs: fault.sinceMs }] : [];
  }

  #tellDesk(desk: Desk): void {
    const staff = [...desk.seats.values()].filter(
      ({ person, connections }) => person.role !== 'client' && connections.size > 0,
    );
    if (staff.length === 0) return;
    const conditions = this.conditionsOf(desk);
    for (const seat of staff) this.#tell(desk, seat, conditions);
  }

  #tell(desk: Desk, seat: Seat, conditions: readonly WatchdogCondition[]): void {
    const { id, role } = seat.person;
    // V6: alerts and steps are matters of the session, of which this person knows nothing yet. Sinks and faults are the server's.
    const isPrivy = role === 'practitioner' || isAlerted(desk.live.session, id);
    const own = isPrivy ? conditions : conditions.filter(({ code }) => OF_SERVER.includes(code));
    const json = JSON.stringify(own);
    if (json === seat.watchdogJson) return;
    seat.watchdogJson = json;
    sendTo(seat, { type: 'watchdog', conditions: [...own] });
  }
}

/** One line for each code and name. */
function earliest(conditions: readonly WatchdogCondition[]): WatchdogCondition[] {
  const found = new Map<string, WatchdogCondition>();
  for (const condition of conditions) {
    const key = `${condition.code} ${condition.name ?? ''}`;
    const known = found.get(key);
    if (known === undefined || condition.sinceMs < known.sinceMs) found.set(key, condition);
  }
  return [...found.values()];
}
