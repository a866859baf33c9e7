import type { Id } from '@holdfast/protocol';
import { roleOf } from '../machines/lead/lead-state.js';
import { isSetApart } from '../machines/meeting/meeting-state.js';
import { participantOf } from '../machines/participant/participant-state.js';
import { circumstances, clientOf } from '../step/circumstances.js';
import type { Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';

/**
 * G1: media is for people who were let in, from the opened gate to the end of the session; P4: who left or exited has
 * none, on any of their devices, until they come again; J1: of the others only who is admitted; J17: no client who waits
 * outside of a joint meeting; D1: of the practitioners only who leads.
 *
 * @param person Whose media. Without: whether there may be any in this session.
 */
export const isMediaAllowed = (session: Session, person: Id | null = null): boolean =>
  ['settingUp', 'live'].includes(circumstances(session).stage) &&
  (person === null || roleOf(session, person) !== 'colleague') &&
  !(isSetApart(session) && person === clientOf(session)) &&
  [null, 'admitted'].includes(participantOf(session, person ?? '')?.state ?? null) &&
  !['left', 'exited'].includes(stateName(session.charts[`presence:${person ?? ''}`]?.value ?? 'none'));
