import type { Id, ParticipantRole } from '@holdfast/protocol';
import { isParticipant } from '@holdfast/protocol';
import type { CallBackContext } from '../machines/call-back/call-back.machine.js';
import { meetingOf } from '../machines/meeting/meeting-state.js';
import {
  inRoom,
  needsOf,
  participantOf,
  participantsOf,
  type ParticipantState,
} from '../machines/participant/participant-state.js';
import { clientOf, practitionerOf } from '../step/circumstances.js';
import type { Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';
import type { ClientProjection } from './client-projection.js';
import { nearness } from './nearness.js';
import type { ParticipantCare, ParticipantProjection } from './participant-projection.js';
import { projectClientPause } from './pause.js';

const PLACES: Readonly<Record<ParticipantState, ParticipantProjection['place']>> = {
  invited: 'door',
  waiting: 'door',
  admitted: 'room',
  held: 'outside',
  left: 'left',
  removed: 'removed',
};
const STAGES: Readonly<Record<string, ParticipantProjection['stage']>> = {
  gathering: 'gathering',
  settingUp: 'settingUp',
  live: 'live',
};

/** Client, practitioner, and whoever is in the room with them, fellow clients of a joint meeting included: what everybody in it may see (E06). */
export const peopleInRoom = (session: Session): ClientProjection['people'] => {
  const fellows = fellowsInside(session);
  const inside = [clientOf(session), practitionerOf(session), ...inRoom(session), ...fellows];
  return session.people
    .filter(({ id }) => inside.includes(id))
    .map(({ id, role }) => ({
      id,
      role,
      presence: role === 'fellowClient' ? 'here' : nearness(session, id),
    }));
};

/** Who waits outside does not read who is in the room (J7, J17). */
const fellowsInside = (session: Session): readonly Id[] => {
  const meeting = meetingOf(session);
  if (meeting?.isInside !== true) return [];
  return Object.entries(meeting.context.fellows).flatMap(([id, { isInside }]) => (isInside ? [id] : []));
};

type Own = Pick<
  ParticipantProjection,
  'version' | 'person' | 'client' | 'practitioner' | 'drill' | 'vault' | 'mediaAllowed'
>;

/** J7: nothing in here reads run, risk, deadlines, alerts, pathways or the client's items. */
export function projectParticipant(session: Session, role: ParticipantRole, own: Own): ParticipantProjection {
  const { person, practitioner } = own;
  const found = participantOf(session, person);
  const place = PLACES[found?.state ?? 'removed'];
  const stage = stateName(session.charts['lifecycle:session']?.value ?? 'none');
  const isIn = place === 'room';
  return {
    role,
    ...own,
    texts: { participation: session.policy.texts.participation },
    stage: STAGES[stage] ?? 'ended',
    place,
    isIdentified: found?.context.method != null,
    hasConsented: found?.context.consent != null,
    isPaused: isIn && projectClientPause(session, stage) !== 'none',
    people: isIn
      ? peopleInRoom(session)
      : session.people
          .filter(({ id }) => id === person || id === practitioner)
          .map((one) => ({ id: one.id, role: one.role, presence: nearness(session, one.id) })),
  };
}

function callBackOf(session: Session, person: Id): ParticipantCare['callBack'] {
  const chart = session.charts[`callBack:${person}`];
  if (chart === undefined || chart.value === 'quiet') return null;
  const { sinceMs, lostBy, calls, isWaitedFor, isOverdue, way, deadlines } = chart.context as CallBackContext;
  const isMissed = chart.value === 'missing';
  return { isMissed, sinceMs, lostBy, calls, isWaitedFor, isOverdue, way, deadlines: { ...deadlines } };
}

/** The list of participants, for staff. */
export const projectParticipants = (session: Session): ParticipantCare[] =>
  participantsOf(session).flatMap((id): ParticipantCare[] => {
    const found = participantOf(session, id);
    if (found === null || !isParticipant(found.context.role)) return [];
    const { role, isNeeded, clientSays, heldBecause } = found.context;
    const missing = [...needsOf(found.context)];
    const callBack = callBackOf(session, id);
    return [{ id, role, isNeeded, state: found.state, missing, clientSays, heldBecause, callBack }];
  });
