import type { Screens } from '../device/screens.js';
import { ClientProjection } from '../project/client-projection.js';
import { clientView } from './client.js';

/** The client's screens. */
export const clientScreens: Screens = {
  parse: (received) => ClientProjection.safeParse(received).data ?? null,
  view: clientView,
};
