import type { Instant } from '@holdfast/protocol';
import type { EffectJob } from '../store/store.js';
import type { Desk } from './desk.js';
import { outsideOf, type Outside } from './outside.js';
import { jobId } from './work.js';

export interface FaultAlertsOptions extends Outside {
  readonly nowMs: () => Instant;
  /** Sends these at once, stored or not. */
  readonly send: (desk: Desk, jobs: readonly EffectJob[]) => void;
}

/**
 * The last resort (rule R11): a session that cannot even take that it has failed has no alert of its own, and no clock for
 * the next in line. Then everybody on the duty list is told at once, and again every `exhaustedRepeatMs` while it fails.
 */
export class FaultAlerts {
  readonly #options: FaultAlertsOptions;
  readonly #toldAtMs = new WeakMap<Desk, Instant>();

  constructor(options: FaultAlertsOptions) {
    this.#options = options;
  }

  failed(desk: Desk): void {
    const { nowMs, send } = this.#options;
    const { alerts } = outsideOf(this.#options, desk.live.session);
    const { policy } = desk.live.session;
    const atMs = nowMs();
    const toldAtMs = this.#toldAtMs.get(desk);
    if (toldAtMs !== undefined && atMs < toldAtMs + policy.durations.exhaustedRepeatMs) return;
    this.#toldAtMs.set(desk, atMs);
    const job = { ...desk.key, attempts: 0, notBeforeMs: atMs };
    const jobs = policy.staff.duty.flatMap(({ person }): EffectJob[] => {
      // By the instant: after a start it is another alert, not the same one again.
      const id = `fault.${atMs}.${person}`;
      const client = desk.client?.id ?? null;
      const effect = { kind: 'alert', id, alert: id, person, cause: 'fault', client, run: null } as const;
      return alerts.map(({ name: channel }) => ({
        ...job,
        id: jobId(id, channel),
        effect: { ...effect, attempt: 1, atMs },
        channel,
      }));
    });
    send(desk, jobs);
  }
}
