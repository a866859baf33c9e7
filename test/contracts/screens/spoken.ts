// Runs in the browser: the client's page through a piece of a session, on the session's own clock, with a log of all that a
// screen reader would say by itself.
import '@holdfast/elements';
import type { HoldfastSession } from '@holdfast/elements';
import { FakeJoinedSession } from '@holdfast/elements/testing';
import { project } from '@holdfast/session/authority';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  type Walk,
} from '@holdfast/session/testing';
import { view, type Projection } from '@holdfast/session/view';
import type { DeviceState } from '@holdfast/session';

/** One thing that is said without being asked for: a change of a live region, or where focus was moved to. */
export interface Spoken {
  readonly atMs: number;
  readonly by: 'polite' | 'assertive' | 'focus';
  readonly text: string;
}

/** What came of a piece of a session on the client's page. */
export interface Heard {
  readonly spoken: readonly Spoken[];
  /** Each different text of the page that could be read, with when it first stood there. */
  readonly shown: readonly { readonly atMs: number; readonly text: string }[];
  /** Places that speak or count by themselves: live regions, timers, progress. */
  readonly speakers: readonly string[];
}

declare global {
  interface Window {
    pieces: readonly string[];
    play: (name: string) => Promise<Heard>;
  }
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** The device looks at its own clock this often (joined-session). */
const LOOK_MS = 250;

interface Piece {
  readonly walk: () => Walk;
  readonly forMs: number;
  /** What happens, by seconds from the beginning. */
  readonly happens: Readonly<Record<number, (walk: Walk) => void>>;
  /** From when on this device reaches nobody: it holds what it held. Seconds. */
  readonly isCutOff?: readonly [from: number, to: number];
  readonly mediaIsSilent?: readonly [from: number, to: number];
}

const lostBetween = (from: number, to: number): Pick<Piece, 'happens' | 'mediaIsSilent'> => ({
  happens: { [from]: (walk) => void walk.cut(), [to]: (walk) => void walk.heal() },
  mediaIsSilent: [from, to],
});

const PIECES: Readonly<Record<string, Piece>> = {
  'a run of five minutes, the other side is lost': {
    walk: aLiveSession,
    forMs: 6 * MINUTE,
    ...lostBetween(10, 310),
  },
  'a run of five minutes, their own line is down': {
    walk: aLiveSession,
    forMs: 6 * MINUTE,
    ...lostBetween(10, 310),
    isCutOff: [10, 310],
  },
  'a run with risk active': {
    walk: () => aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT }),
    forMs: 6 * MINUTE,
    ...lostBetween(10, 310),
  },
  'a line that comes and goes': {
    walk: aLiveSession,
    forMs: 2 * MINUTE,
    happens: {
      10: (walk) => void walk.cut(),
      20: (walk) => void walk.heal(),
      40: (walk) => void walk.cut(),
      50: (walk) => void walk.heal(),
    },
  },
  'a pause of ten minutes': {
    walk: aLiveSession,
    forMs: 10 * MINUTE,
    happens: {
      5: (walk) => void walk.say(CLIENT, { type: 'pause.start', client: CLIENT, reason: 'overwhelmed' }),
      400: (walk) => void walk.say(CLIENT, { type: 'pause.end', client: CLIENT }),
      500: (walk) => void walk.say(PRACTITIONER, { type: 'pause.end', client: CLIENT }),
    },
  },
  'the phone step, until they talk by phone': {
    walk: aLiveSession,
    forMs: 20 * MINUTE,
    happens: {
      10: (walk) => void walk.cut(),
      360: (walk) => void walk.recordCall('noAnswer'),
      400: (walk) => void walk.recordCall('reachedByName'),
    },
    mediaIsSilent: [10, 1200],
  },
  'a day in set-up': { walk: () => aWalk().join(CLIENT), forMs: 24 * 60 * MINUTE, happens: {} },
  'a day in the waiting room': { walk: aWaitingSession, forMs: 24 * 60 * MINUTE, happens: {} },
};

const isWithin = (seconds: number, range: readonly [number, number] | undefined): boolean =>
  range !== undefined && seconds >= range[0] && seconds < range[1];

/** The client's screen now; while their device is cut off it is drawn from what it held. */
function screenAt(walk: Walk, held: Projection, piece: Piece, seconds: number, heardAtMs: number) {
  const isSilent = isWithin(seconds, piece.mediaIsSilent);
  const device: DeviceState = {
    lastHeardAtMs: heardAtMs,
    unsent: 0,
    inCharge: true,
    hasLeft: 'no',
    isSuperseded: false,
    verdict: isSilent ? (piece.isCutOff === undefined ? 'them' : 'me') : null,
    media: isSilent ? 'silent' : 'up',
    mediaSilentSinceMs: isSilent
      ? walk.nowMs - (seconds - (piece.mediaIsSilent?.[0] ?? seconds)) * SECOND
      : null,
    actionCard: null,
    watchdog: [],
    preflight: { browser: 'ok', connection: 'ok', battery: 'ok' },
  };
  return view(held, device, walk.nowMs);
}

function heldBy(walk: Walk): Projection {
  const held = project(walk.session, CLIENT, {});
  if (held === null) throw new TypeError('the client is not of the session');
  return held;
}

/** Hidden words of the live regions are said, not read. */
function readable(node: Node): string {
  if (node instanceof Text) return node.data;
  if (node instanceof Element) {
    if (node.localName === 'style' || node.matches('.hidden[aria-live]') || !node.checkVisibility())
      return '';
    if (node.shadowRoot) return readable(node.shadowRoot);
  }
  return [...node.childNodes].map(readable).join(' ').replaceAll(/\s+/g, ' ').trim();
}

const SPEAKERS =
  '[aria-live], [role=status], [role=alert], [role=log], [role=timer], [role=marquee], [role=progressbar], [role=meter], progress, meter, marquee, output, holdfast-countdown, time';

function listen(root: ShadowRoot, atMs: () => number): { spoken: Spoken[]; collect: () => void } {
  const spoken: Spoken[] = [];
  const regions = new Map<Element, Node | null>();
  let focused: Element | null = root.activeElement;
  const collect = (): void => {
    for (const region of root.querySelectorAll('[aria-live]')) {
      const [said, before] = [region.firstElementChild, regions.get(region) ?? null];
      regions.set(region, said);
      const text = said?.textContent?.trim() ?? '';
      if (said === before || text === '') continue;
      const by = region.getAttribute('aria-live') === 'assertive' ? 'assertive' : 'polite';
      spoken.push({ atMs: atMs(), by, text });
    }
    if (root.activeElement === focused) return;
    focused = root.activeElement;
    if (focused !== null) spoken.push({ atMs: atMs(), by: 'focus', text: focused.textContent?.trim() ?? '' });
  };
  return { spoken, collect };
}

async function begin(name: string) {
  const piece = PIECES[name];
  if (piece === undefined) throw new RangeError(`no piece called ${name}`);
  const walk = piece.walk();
  const element = document.createElement('holdfast-session') as HoldfastSession;
  const session = new FakeJoinedSession(screenAt(walk, heldBy(walk), piece, 0, walk.nowMs));
  element.session = session;
  document.querySelector('main')?.replaceChildren(element);
  await drawn(element);
  const root = element.shadowRoot;
  if (root === null) throw new TypeError('the element has no shadow root');
  return { piece, walk, element, session, root };
}

async function drawn(element: HoldfastSession): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await element.updateComplete;
    const parts = [...(element.shadowRoot?.querySelectorAll('*') ?? [])];
    await Promise.all(parts.map((part) => ('updateComplete' in part ? part.updateComplete : null)));
  }
}

window.pieces = Object.keys(PIECES);
window.play = async (name) => {
  const { piece, walk, element, session, root } = await begin(name);
  const fromMs = walk.nowMs;
  const { spoken, collect } = listen(root, () => walk.nowMs - fromMs);
  // What is said because the page was opened is asked for.
  collect();
  spoken.length = 0;
  const shown: { atMs: number; text: string }[] = [];
  const speakers = new Set<string>();
  let held = heldBy(walk);
  let heardAtMs = walk.nowMs;
  // Where nothing is to happen for a day a look a minute will do.
  const lookMs = piece.forMs > 60 * MINUTE ? MINUTE : LOOK_MS;
  const due = Object.entries(piece.happens).map(([seconds, happen]) => ({
    seconds: Number(seconds),
    happen,
  }));
  for (let atMs = 0; atMs <= piece.forMs; atMs += lookMs) {
    // Some of what happens takes time itself.
    walk.to(Math.max(walk.nowMs, fromMs + atMs));
    while (due[0] !== undefined && due[0].seconds * SECOND <= atMs) due.shift()?.happen(walk);
    const seconds = (walk.nowMs - fromMs) / SECOND;
    if (!isWithin(seconds, piece.isCutOff)) [held, heardAtMs] = [heldBy(walk), walk.nowMs];
    session.clockMs = walk.nowMs;
    session.show(screenAt(walk, held, piece, seconds, heardAtMs));
    await drawn(element);
    collect();
    const text = readable(root);
    if (shown.at(-1)?.text !== text) shown.push({ atMs, text });
    for (const place of root.querySelectorAll(SPEAKERS))
      speakers.add(place.getAttribute('role') ?? place.localName);
  }
  return { spoken, shown, speakers: [...speakers] };
};
