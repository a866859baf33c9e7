import type { Id } from '@holdfast/protocol';
import type { Desk } from '../authority/desk.js';
import { isPracticeRoom } from '../authority/outside.js';
import type { NewSessionOptions } from '../new-session.js';
import type { SessionKey } from '../store/store.js';
import type { VideoServer } from '../video/video-server.js';
import type { PracticeRoom, PracticeRoomOptions } from './practice-options.js';
import type { Play, RoomTools } from './practice-room.js';

type Choice = Pick<SessionKey, 'session'> & Partial<Pick<SessionKey, 'tenant'>>;

export interface RoomsTools extends RoomTools {
  readonly add: (wanted: NewSessionOptions, video: VideoServer) => Promise<{ readonly session: Id }>;
  readonly joinLink: (choice: Choice & { readonly person: Id }) => Promise<string>;
  readonly deskOf: (choice: Choice) => Promise<Desk>;
}

/** The practice rooms of one session server. */
export interface PracticeRooms {
  readonly create: (options: PracticeRoomOptions) => Promise<PracticeRoom>;
  /** Those that are open from before this process: they are ended. Returns at once. */
  readonly tidy: () => void;
  /** Ends every play at once: this process ends. */
  readonly end: () => void;
}

/** The play is loaded with the first room: a session server without one has nothing of it. */
export function practiceRooms(tools: RoomsTools): PracticeRooms {
  const plays = new Set<Play>();
  let isEnded = false;
  return {
    async create(options) {
      const { planRoom } = await import('./practice-room.js');
      const plan = planRoom(options, tools);
      const { session } = await tools.add(plan.session, plan.video);
      const { person, duty, script, seed } = plan.settings;
      const choice = { session, ...(options.tenant === undefined ? {} : { tenant: options.tenant }) };
      const link = await tools.joinLink({ ...choice, person });
      const dutyLink = duty === 'self' ? await tools.joinLink({ ...choice, person: plan.duty }) : null;
      const desk = await tools.deskOf(choice);
      for (const play of plays) if (play.isOver) plays.delete(play);
      if (!isEnded) plays.add(plan.begin(desk));
      return { session, link, dutyLink, script, seed };
    },
    tidy() {
      const left = [...tools.authority.desks].filter(
        ({ live }) => live.record.isOpen && isPracticeRoom(live.session),
      );
      if (left.length === 0) return;
      void import('./practice-room.js')
        .then(({ tidyRoom }) => {
          if (!isEnded) for (const desk of left) plays.add(tidyRoom(desk, tools));
        })
        .catch(() => tools.onProblem());
    },
    end() {
      isEnded = true;
      for (const play of plays) play.end();
    },
  };
}
