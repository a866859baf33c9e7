import type { Session } from '@holdfast/session/authority';
import type { Alert } from '../alerts/alert.js';
import type { VideoServer } from '../video/video-server.js';

/** What a session can reach outside of this process by itself. */
export interface Outside {
  readonly alerts: readonly Alert[];
  readonly video: VideoServer;
}

/** The name of the channel that leads nowhere; no channel of a host may have it. */
export const PRACTICE_CHANNEL = 'practice';

/** An alert in a practice room is raised, taken and timed as any other, and told to nobody (rule K22). */
const nowhere: Alert = {
  name: PRACTICE_CHANNEL,
  send: async () => {},
  test: async () => {},
  close: async () => {},
};

/** Grants that name the other device and nothing else: there is no picture, and so no server for it (rule K23). */
export const practiceVideo: VideoServer = {
  transport: 'practice',
  mostPeople: 2,
  refuses: () => null,
  openRoom: async () => {},
  grant: async ({ room, peerDevice }) => ({ transport: 'practice', room, peer: peerDevice }),
  removePerson: async () => {},
  closeRoom: async () => {},
  close: async () => {},
};

const practice: Outside = { alerts: [nowhere], video: practiceVideo };

/** By what the session is, and so also after a start. */
export const isPracticeRoom = ({ appointment }: Pick<Session, 'appointment'>): boolean =>
  appointment.type === 'practiceRoom';

/** The one place that decides what a session reaches: a practice room nothing of the service's (rule K22). */
export const outsideOf = (service: Outside, session: Pick<Session, 'appointment'>): Outside =>
  isPracticeRoom(session) ? practice : service;

/** The channel of that name: of the service, or the one that leads nowhere. */
export const channelOf = ({ alerts }: Pick<Outside, 'alerts'>, name: string | null): Alert | undefined =>
  [...practice.alerts, ...alerts].find((alert) => alert.name === name);
