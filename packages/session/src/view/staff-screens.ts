import * as z from 'zod/mini';
import type { Screens } from '../device/screens.js';
import { PractitionerProjection, StaffProjection } from '../project/projection.js';
import { practitionerView, staffView } from './staff.js';

const CareProjection = z.discriminatedUnion('role', [PractitionerProjection, StaffProjection]);

/** The screens of the practitioner and of the policy's staff. */
export const staffScreens: Screens = {
  parse: (received) => CareProjection.safeParse(received).data ?? null,
  view: (projection: PractitionerProjection | StaffProjection, device, nowMs) =>
    projection.role === 'practitioner'
      ? practitionerView(projection, device, nowMs)
      : staffView(projection, device, nowMs),
};
