import { CriticalTimers } from 'livekit-client';
import type { Clock } from '@holdfast/session';

type Handle = ReturnType<typeof setTimeout>;

/** A shorter wait is the page's own while the page is shown: the way to a worker and back costs more than it saves. */
const SHORT_MS = 1000;

/** Of all clocks: LiveKit cancels timers of the clock before, too. */
const cancels = new Map<unknown, () => void>();

/**
 * LiveKit's pings and retries on the session's clock, whose timers a hidden page does not slow down. They are static in
 * LiveKit: the newest session's clock counts.
 */
function useClock(clock: Clock): void {
  // An object of its own: a number could be taken for a timer of the page.
  const keep = (start: (handle: Handle) => () => void): Handle => {
    const handle: Handle = Object.create(Object.prototype);
    cancels.set(handle, start(handle));
    return handle;
  };
  const cancel = (handle: unknown) => {
    const own = cancels.get(handle);
    if (own === undefined) return clearTimeout(handle as Handle);
    cancels.delete(handle);
    own();
  };
  // LiveKit hands over functions only, never source text.
  CriticalTimers.setTimeout = (handler, delayMs = 0) => {
    const call = handler as () => void;
    if (delayMs < SHORT_MS && isShown()) return setTimeout(call, delayMs);
    return keep((handle) =>
      clock.after(delayMs, () => {
        cancels.delete(handle);
        call();
      }),
    );
  };
  CriticalTimers.setInterval = (handler, everyMs = 0) =>
    keep(() => clock.every(everyMs, handler as () => void));
  CriticalTimers.clearTimeout = cancel;
  CriticalTimers.clearInterval = cancel;
}

const isShown = () => typeof document !== 'undefined' && document.visibilityState === 'visible';

/** LiveKit leaves the room when a page is frozen, whatever its options say: a phone in a pocket is not a hang-up. */
function ignoreFreeze(): void {
  if (typeof window === 'undefined') return;
  window.addEventListener('freeze', (event) => event.stopImmediatePropagation(), { capture: true });
}

let isFreezeIgnored = false;

/** Before each connection: its session's clock, since the one of an earlier session has ended with that session. */
export function guardPage(clock: Clock): void {
  useClock(clock);
  if (isFreezeIgnored) return;
  isFreezeIgnored = true;
  ignoreFreeze();
}

/**
 * A browser's first offer takes about 100 ms longer than those after it: it starts its codecs. So one is made, and thrown
 * away, while nobody waits for it. It has no candidates and goes nowhere.
 */
export function warmUp(): void {
  if (typeof RTCPeerConnection === 'undefined') return;
  try {
    const unused = new RTCPeerConnection();
    unused.addTransceiver('video');
    const end = () => unused.close();
    unused.createOffer().then(end, end);
  } catch {
    // A browser that refuses connections is told of when a room is joined: the session goes on without video.
  }
}
