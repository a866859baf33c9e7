import { RedeemRequest, type Beacon } from '@holdfast/protocol';
import { joinOn } from '../device/join-session.js';
import type { LineSocket } from '../device/line.js';
import type { Page } from '../device/page-intents.js';
import type { JoinedSession } from '../device/types.js';
import type { Clock } from '../ports.js';
import { staffScreens } from '../view/staff-screens.js';
import { Air } from './air.js';
import { notDrawn } from './drawn-track.js';
import { PracticeVideo } from './practice-video.js';

/** How a device without a page reaches the session server. */
export interface Wire {
  /** A line, as a browser's WebSocket. */
  readonly openSocket: () => LineSocket;
  /** Trades a join link's token: the answer of the session server, refused or not. */
  readonly redeem: (request: RedeemRequest) => Promise<{ readonly ok: boolean; readonly body: unknown }>;
  /** The last message of a page. */
  readonly beacon: (message: Beacon) => void;
}

/** What joining without a page needs. */
export interface WithoutPageOptions {
  /** Of this person. */
  readonly link: string;
  /** Time and timers. */
  readonly clock: Clock;
  /** Random, unique, a valid `Id`. */
  readonly newId: () => string;
  /** The way to the session server. */
  readonly wire: Wire;
  /** What the other side believes that this one sends. */
  readonly sends: readonly ('audio' | 'video')[];
}

/** A device in a session, and its network. */
export interface DeviceWithoutPage {
  /** As an application has it. */
  readonly session: JoinedSession;
  /** To cut and to heal. */
  readonly air: Air;
}

/**
 * Joins a practice room as any device does: the same line, heartbeats, detector, outbox and view, without a browser. Camera
 * and microphone do not exist here.
 */
export async function joinWithoutPage(options: WithoutPageOptions): Promise<DeviceWithoutPage> {
  const { link, clock, newId, wire, sends } = options;
  const air = new Air();
  const kept = new Map<string, string>();
  const session = await joinOn(
    {
      clock,
      newId,
      devices: undefined,
      page: pageIn(air, wire),
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: (key) => void kept.delete(key),
      },
      ask: async (_address, { body }) => {
        const { ok, body: answer } = await wire.redeem(RedeemRequest.parse(JSON.parse(body)));
        return { ok, json: async () => answer };
      },
      openSocket: () => air.through(wire.openSocket),
      staffScreens: async () => staffScreens,
      // There is no link to be measured: both ends are in this process.
      measureLink: async () => undefined,
      preflight: () => ({ browser: 'ok', connection: 'ok', battery: 'ok' }),
      end: () => undefined,
    },
    { link, video: new PracticeVideo({ sends, isOpen: () => air.isMediaUp, drawTrack: notDrawn }) },
  );
  return { session, air };
}

const never = (): (() => void) => () => undefined;

/** Nothing comes and goes but the network. */
const pageIn = (air: Air, { beacon }: Wire): Page => ({
  isVisible: true,
  onUnloading: never,
  onReturned: never,
  onVisible: never,
  onNetwork: (call) => air.onBack(call),
  claim: never,
  beacon: (_address, message) => {
    if (air.isLineUp) beacon(message);
  },
  forgetLink: () => undefined,
  blank: () => undefined,
  goTo: () => undefined,
});
