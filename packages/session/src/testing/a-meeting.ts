import type { Id, Instant, Person } from '@holdfast/protocol';
import { meetingOf } from '../machines/meeting/meeting-state.js';
import { fellowReport, mayBeInMeeting } from '../project/meeting.js';
import { clientOf } from '../step/circumstances.js';
import { aWaitingSession, PRACTITIONER, talkedThrough, type Walk } from './a-session.js';

/** The clients of the meetings of tests. */
export const FELLOWS = ['c1', 'c2'] as const;

const fellow = (id: Id): Person => ({ id, role: 'fellowClient' });

/** The sessions of one joint meeting with one clock; what changes in one is told to the others, as a session server does. */
export class MeetingWalk {
  /** One for each client, by their id. */
  readonly walks: ReadonlyMap<Id, Walk>;

  constructor(walks: readonly Walk[]) {
    this.walks = new Map(walks.map((walk) => [clientOf(walk.session), walk]));
  }

  /** The session of this client. */
  of(client: Id): Walk {
    const walk = this.walks.get(client);
    if (walk === undefined) throw new RangeError(`${client} is no client of this meeting`);
    return walk;
  }

  /** Does something in the session of this client, and tells the others. */
  in(client: Id, act: (walk: Walk) => unknown): this {
    act(this.of(client));
    return this.tell();
  }

  /** Goes on by so many milliseconds in all of them. */
  by(ms: number): this {
    for (const walk of this.walks.values()) walk.by(ms);
    return this.tell();
  }

  /** On the one clock of all. */
  get nowMs(): Instant {
    return Math.max(...[...this.walks.values()].map((walk) => walk.nowMs));
  }

  /** Whether the sessions together let this person of this client's session into the room. */
  mayBeIn(client: Id, person: Id = client): boolean {
    const { session } = this.of(client);
    const others = [...this.walks.values()].map((walk) => walk.session).filter((other) => other !== session);
    return mayBeInMeeting(session, others, person);
  }

  /** Every report that is new to its reader, until none is. */
  tell(): this {
    const isNew = (): boolean =>
      [...this.walks].some(([reader, to]) =>
        [...this.walks].some(([client, of]) => {
          const report = client === reader ? null : fellowReport(of.session, reader);
          const known = meetingOf(to.session)?.context.fellows[client];
          if (report === null || known === undefined) return false;
          const { isInside, agrees, alone } = report;
          if (known.isInside === isInside && known.agrees === agrees && known.alone === alone) return false;
          to.state({ type: 'meeting.fellowChanged', fellow: client, ...report });
          return true;
        }),
      );
    while (isNew());
    return this;
  }
}

/** Two clients who wait, each in a session of their own; nobody is in the room. */
export const aWaitingMeeting = (): MeetingWalk =>
  new MeetingWalk(
    FELLOWS.map((client) =>
      aWaitingSession({ client, others: FELLOWS.filter((id) => id !== client).map(fellow) }).say(
        PRACTITIONER,
        { type: 'person.admit', person: client },
      ),
    ),
  );

/** Both clients agreed to each other and are in the room with the practitioner; live, media both ways. */
export function aLiveMeeting(): MeetingWalk {
  const meeting = aWaitingMeeting();
  for (const client of FELLOWS)
    for (const other of FELLOWS.filter((id) => id !== client))
      meeting.in(client, (walk) => walk.say(PRACTITIONER, { type: 'meeting.clientAgrees', fellow: other }));
  for (const client of FELLOWS)
    meeting.in(client, (walk) => talkedThrough(walk.say(PRACTITIONER, { type: 'meeting.bringIn' }).heal()));
  return meeting.by(60_000);
}
