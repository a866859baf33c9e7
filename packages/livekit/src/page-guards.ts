import { CriticalTimers } from 'livekit-client';
import type { Clock } from '@holdfast/session';

type Handle = ReturnType<typeof setTimeout>;

/**
 * LiveKit's pings and retries on the session's clock, whose timers a hidden page does not slow down. They are static in
 * LiveKit: the newest session's clock counts.
 */
function useClock(clock: Clock): void {
  const cancels = new Map<unknown, () => void>();
  // An object of its own: a number could be taken for a timer of the page.
  const keep = (start: (handle: Handle) => () => void): Handle => {
    const handle: Handle = Object.create(Object.prototype);
    cancels.set(handle, start(handle));
    return handle;
  };
  const cancel = (handle: unknown) => {
    cancels.get(handle)?.();
    cancels.delete(handle);
  };
  // LiveKit hands over functions only, never source text.
  CriticalTimers.setTimeout = (handler, delayMs = 0) =>
    keep((handle) =>
      clock.after(delayMs, () => {
        cancels.delete(handle);
        (handler as () => void)();
      }),
    );
  CriticalTimers.setInterval = (handler, everyMs = 0) =>
    keep(() => clock.every(everyMs, handler as () => void));
  CriticalTimers.clearTimeout = cancel;
  CriticalTimers.clearInterval = cancel;
}

/** LiveKit leaves the room when a page is frozen, whatever its options say: a phone in a pocket is not a hang-up. */
function ignoreFreeze(): void {
  if (typeof window === 'undefined') return;
  window.addEventListener('freeze', (event) => event.stopImmediatePropagation(), { capture: true });
}

let isFreezeIgnored = false;

/** Before each session's first room: its clock, since the one of an earlier session has ended with that session. */
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
  const unused = new RTCPeerConnection();
  unused.addTransceiver('video');
  const end = () => unused.close();
  unused.createOffer().then(end, end);
}
