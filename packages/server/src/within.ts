import type { Clock } from '@holdfast/session';

/** Does the work, for this long at most. Rejects after that, when `signal` has told the work to end. */
export async function within<T>(
  clock: Pick<Clock, 'after'>,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let cancel = (): void => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(limitMs, () => {
      abort.abort();
      reject(new Error(`no answer within ${limitMs} ms`));
    });
  });
  try {
    return await Promise.race([work(abort.signal), late]);
  } finally {
    cancel();
  }
}
