import * as z from 'zod/mini';
import type { Screens } from '../device/screens.js';
import { ParticipantProjection } from '../project/participant-projection.js';
import { PractitionerProjection, StaffProjection } from '../project/projection.js';
import { participantView } from './participant.js';
import { practitionerView, staffView } from './staff.js';

const OfOthers = z.discriminatedUnion('role', [
  PractitionerProjection,
  StaffProjection,
  ParticipantProjection,
]);
type OfOthers = z.infer<typeof OfOthers>;

/** The screens of everybody but the client: the practitioner, the policy's staff, and other participants. */
export const staffScreens: Screens = {
  parse: (received) => OfOthers.safeParse(received).data ?? null,
  view: (projection: OfOthers, device, nowMs) => {
    if ('place' in projection) return participantView(projection, device, nowMs);
    return projection.role === 'practitioner'
      ? practitionerView(projection, device, nowMs)
      : staffView(projection, device, nowMs);
  },
};
