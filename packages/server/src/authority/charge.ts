import type { Instant } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import { within } from '../within.js';

/** A store that takes longer than this is treated as gone: no step is more than 1 s late because of it. */
const STORE_WITHIN_MS = 900;
/** How often a store that is gone is tried again. */
const RETRY_EVERY_MS = 500;

/** Whether this session server can store, and so may say that it is in charge (design, "Session server or database gone"). */
export interface Charge {
  readonly isInCharge: boolean;
  readonly sinceMs: Instant;
  /** Runs something of the store; a failure or silence means: not in charge. Rejects then. */
  attempt<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

export interface ChargeOptions {
  readonly clock: Clock;
  readonly nowMs: () => Instant;
  readonly onChange: (charge: Charge) => void;
  /** Called while not in charge: saves what waits, or only looks whether the store is back. Rejects while it is not. */
  readonly retry: () => Promise<void>;
}

export function makeCharge({ clock, nowMs, onChange, retry }: ChargeOptions): Charge {
  let isInCharge = true;
  let sinceMs = nowMs();
  let cancelRetry: (() => void) | null = null;
  let isRetrying = false;
  let isClosed = false;

  const change = (value: boolean): void => {
    if (isInCharge === value || isClosed) return;
    isInCharge = value;
    sinceMs = nowMs();
    cancelRetry?.();
    cancelRetry = value ? null : clock.every(RETRY_EVERY_MS, () => void tryAgain());
    onChange(charge);
  };
  const tryAgain = async (): Promise<void> => {
    if (isRetrying) return;
    isRetrying = true;
    try {
      await retry();
      change(true);
    } catch {
      // Still gone: the next turn tries again.
    } finally {
      isRetrying = false;
    }
  };
  const charge: Charge = {
    get isInCharge() {
      return isInCharge;
    },
    get sinceMs() {
      return sinceMs;
    },
    async attempt(work) {
      try {
        return await within(clock, STORE_WITHIN_MS, work);
      } catch (cause) {
        change(false);
        throw cause;
      }
    },
    close() {
      isClosed = true;
      cancelRetry?.();
    },
  };
  return charge;
}
