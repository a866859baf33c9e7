import type { Device } from '../../test/scenarios/kit/browser.js';
import type { LivekitServer } from '../../test/scenarios/kit/livekit.js';
import type { Network } from '../../test/scenarios/kit/network.js';
import type { HostDoor } from '../../test/scenarios/kit/processes.js';

/** The hosts that every subject is measured on: the same network, video server and browsers. */
export interface Lab {
  readonly network: Network;
  readonly door: HostDoor;
  readonly livekit: LivekitServer;
  readonly folder: string;
  readonly practitioner: Device;
  readonly client: Device;
}

/** One product under measurement. Pages are observed by the scenario kit, never by the product itself. */
export interface Subject {
  readonly name: string;
  /** Starts what the product needs on the host side. */
  prepare(lab: Lab): Promise<void>;
  /** Both people in one call, pictures moving both ways. */
  connect(lab: Lab): Promise<void>;
  /** One click is left until the client sees the practitioner (where both press, one each): this does it. */
  readyToJoin(lab: Lab): Promise<() => Promise<void>>;
  /** Words on the practitioner's screen that say who dropped. */
  readonly whoDropped: RegExp;
  /** Words on the client's own screen that say that the connection is gone. */
  readonly ownSideKnows: RegExp;
  /** Everybody out; the next repetition starts from nothing. */
  disconnect(lab: Lab): Promise<void>;
  stop(): Promise<void>;
}
