import type { Instant } from '@holdfast/protocol';
import type { Projection } from '../project/projection.js';
import type { DeviceState, View } from '../view/types.js';

/** How the device of one role reads what it is sent, and what it shows of it. */
export interface Screens {
  /** Null for what is not a projection of this role: another version of the session server. */
  parse(received: unknown): Projection | null;
  /** What the screen shows. Is given only what `parse` has read: a projection of this role. */
  view(projection: Projection, device: DeviceState, nowMs: Instant): View;
}
