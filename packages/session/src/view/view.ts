import type { Instant } from '@holdfast/protocol';
import type { Projection } from '../project/projection.js';
import { clientView } from './client.js';
import { participantView } from './participant.js';
import { practitionerView, staffView } from './staff.js';
import type { DeviceState, View } from './types.js';

/**
 * All that a screen needs, from what this device holds (rules V1-V8).
 *
 * @param projection What the session server last sent to this person.
 * @param device What the device itself knows.
 * @param nowMs The session server's clock, as this device estimates it.
 */
export function view(projection: Projection, device: DeviceState, nowMs: Instant): View {
  switch (projection.role) {
    case 'client':
      return clientView(projection, device, nowMs);
    case 'supporter':
    case 'interpreter':
    case 'observer':
    case 'trainee':
    case 'liveSupervisor':
      return participantView(projection, device, nowMs);
    case 'practitioner':
      return practitionerView(projection, device, nowMs);
    default:
      return staffView(projection, device, nowMs);
  }
}
