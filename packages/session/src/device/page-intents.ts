import type { Beacon } from '@holdfast/protocol';

/** What the device runtime uses of the page around it. `browserPage()` is the real one. */
export interface Page {
  readonly isVisible: boolean;
  /** The page goes away: a reload or a closed tab. Returns its cancel. */
  onUnloading(call: () => void): () => void;
  /** It came back from the browser's page cache. */
  onReturned(call: () => void): () => void;
  onNetwork(call: (isOnline: boolean) => void): () => void;
  onVisible(call: () => void): () => void;
  /** Makes this tab the only one of its name; `onLost` when a newer one claims it. Returns its release. */
  claim(name: string, onLost: () => void): () => void;
  /** Sends while the page goes away. Never waits, never throws. */
  beacon(address: string, message: Beacon): void;
  /** Takes the link's token out of the address and the history. */
  forgetLink(): void;
  /** Quick exit, first: nothing of the session is on the screen or in the title (H12, H29). */
  blank(): void;
  /** Quick exit, last: another page takes this one's place in the history, and is not told where from. */
  goTo(address: string): void;
}

export function browserPage(): Page {
  if (typeof window === 'undefined' || typeof document === 'undefined') return nowhere;
  const listen = (type: string, call: (event: Event) => void, target: EventTarget = window) => {
    target.addEventListener(type, call);
    return () => target.removeEventListener(type, call);
  };
  return {
    get isVisible() {
      return document.visibilityState === 'visible';
    },
    onUnloading: (call) => listen('pagehide', call),
    onReturned: (call) => listen('pageshow', (event) => (event as PageTransitionEvent).persisted && call()),
    onNetwork(call) {
      const cancels = [listen('online', () => call(true)), listen('offline', () => call(false))];
      return () => cancels.forEach((cancel) => cancel());
    },
    onVisible: (call) =>
      listen('visibilitychange', () => document.visibilityState === 'visible' && call(), document),
    claim(name, onLost) {
      if (navigator.locks === undefined) return () => undefined;
      let release: () => void = () => undefined;
      let isHeld = true;
      const held = new Promise<void>((resolve) => (release = resolve));
      // A page that may keep no locks (blocked storage, a sandboxed frame) is refused for another reason.
      const onEnd = (error: unknown) => isHeld && nameOf(error) === 'AbortError' && onLost();
      navigator.locks.request(`holdfast:${name}`, { steal: true }, () => held).catch(onEnd);
      return () => {
        isHeld = false;
        release();
      };
    },
    beacon(address, message) {
      try {
        // As plain text: another type would ask the server for permission first, which a page that goes cannot await.
        navigator.sendBeacon(address, new Blob([JSON.stringify(message)], { type: 'text/plain' }));
      } catch {
        // Nothing else can be done while the page goes: the session server notices the silence.
      }
    },
    forgetLink() {
      if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search);
    },
    blank() {
      document.title = ' ';
      document.body.replaceChildren();
    },
    goTo(address) {
      // Where it goes is not told where from, whatever the host's own page says (E4).
      const referrer = document.createElement('meta');
      referrer.name = 'referrer';
      referrer.content = 'no-referrer';
      document.head.append(referrer);
      location.replace(address);
    },
  };
}

const nameOf = (error: unknown): string => (error instanceof DOMException ? error.name : '');
const never = () => () => undefined;

/** Outside a browser (tests, a host's own script). */
const nowhere: Page = {
  isVisible: true,
  onUnloading: never,
  onReturned: never,
  onNetwork: never,
  onVisible: never,
  claim: never,
  beacon: () => undefined,
  forgetLink: () => undefined,
  blank: () => undefined,
  goTo: () => undefined,
};
