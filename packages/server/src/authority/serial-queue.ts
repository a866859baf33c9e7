/** Runs jobs one after the other, in the order in which they came. A job that fails does not stop the next. */
export interface SerialQueue {
  run<T>(job: () => Promise<T>): Promise<T>;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
}

export function serialQueue(): SerialQueue {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    run(job) {
      const result = tail.then(job);
      tail = result.catch(() => {});
      return result;
    },
    async idle() {
      for (let seen: unknown = null; seen !== tail;) {
        seen = tail;
        await tail;
      }
    },
  };
}
