/**
 * Timers that a hidden page does not slow down: a page's own run once a second when hidden and once a minute later,
 * a worker's are left alone (measured: livekit-facts 1.5). A host's content policy may forbid a worker made from a
 * blob; then, and until the worker has said that it runs, plain timers do the work.
 */
export interface Timers {
  /** Calls once after `delayMs`. Returns its cancel. */
  after(delayMs: number, call: () => void): () => void;
  /**
   * The session is over: lets the worker go, and what it was asked for with it. What is asked for afterwards is called by
   * the page's own timers. May be called again.
   */
  end(): void;
}

export const plainTimers: Timers = {
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
  end: () => undefined,
};

const program = `const timers = new Map();
onmessage = ({ data: [id, delayMs] }) => {
  if (delayMs < 0) { clearTimeout(timers.get(id)); timers.delete(id); return; }
  timers.set(id, setTimeout(() => { timers.delete(id); postMessage(id); }, delayMs));
};
postMessage(0);`;

/** Falls back to plain timers where there is no worker, or it stops working. */
export function workerTimers(): Timers {
  if (typeof Worker === 'undefined' || typeof Blob === 'undefined') return plainTimers;
  const waiting = new Map<number, () => void>();
  let worker = startWorker();
  let isRunning = false;
  let lastId = 0;
  worker?.addEventListener('message', ({ data }: MessageEvent<number>) => {
    isRunning = true;
    const call = waiting.get(data);
    waiting.delete(data);
    call?.();
  });
  worker?.addEventListener('error', () => {
    worker = null;
    // What it had been asked for is late by now at most by its whole delay: better early than never.
    const calls = [...waiting.values()];
    waiting.clear();
    for (const call of calls) call();
  });
  return {
    end() {
      worker?.terminate();
      worker = null;
      waiting.clear();
    },
    after(delayMs, call) {
      if (worker === null || !isRunning) return plainTimers.after(delayMs, call);
      const id = ++lastId;
      waiting.set(id, call);
      worker.postMessage([id, Math.max(0, delayMs)]);
      return () => {
        if (waiting.delete(id)) worker?.postMessage([id, -1]);
      };
    },
  };
}

let ofPage: { readonly timers: Timers; users: number } | null = null;

/**
 * The worker timers of this page, one worker for all of its sessions: what they share (their place in a video room, the
 * timers of a video library) goes on when the one that began it is over. The worker goes with the last of them.
 */
export function pageTimers(): Timers {
  const shared = (ofPage ??= { timers: workerTimers(), users: 0 });
  shared.users += 1;
  let isUsed = true;
  return {
    after: (delayMs, call) => shared.timers.after(delayMs, call),
    end() {
      if (!isUsed) return;
      isUsed = false;
      shared.users -= 1;
      if (shared.users > 0) return;
      shared.timers.end();
      if (ofPage === shared) ofPage = null;
    },
  };
}

function startWorker(): Worker | null {
  try {
    const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
    const worker = new Worker(address);
    URL.revokeObjectURL(address);
    return worker;
  } catch {
    return null; // Forbidden by the page's content policy.
  }
}
