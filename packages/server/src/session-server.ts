import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AuditEvent, CancelReason, Id, Instant } from '@holdfast/protocol';
import { summaryOf, type SessionSummary } from '@holdfast/session/authority';
import type { LineSocket } from '@holdfast/session/practice';
import { addMeeting, addSession } from './add-session.js';
import { Authority, type Problem } from './authority/authority.js';
import type { Desk } from './authority/desk.js';
import { listenOn, type Listening, type ListenOptions } from './edge/listen.js';
import { httpEdge, pathOf, SOCKET_PATH } from './edge/http-edge.js';
import { lineWithin } from './edge/line-end.js';
import { makeMeasuring } from './edge/measure.js';
import { socketEdge, type SocketEdge } from './edge/socket-edge.js';
import { ServerError } from './errors.js';
import type { NewMeetingOptions } from './new-meeting.js';
import type { NewSessionOptions } from './new-session.js';
import { healthOf, type Health } from './health.js';
import { joiningOf, type Joining, type JoiningOptions } from './joining.js';
import { checkOptions, type SessionServerOptions, type Settings } from './options.js';
import type { PracticeRoom, PracticeRoomOptions } from './practice/practice-options.js';
import { practiceRooms } from './practice/practice-rooms.js';
import { cancelAppointment, moveAppointment } from './scheduling/appointments.js';
import type { SessionKey } from './store/store.js';
import { stored } from './store/stored.js';
import type { VaultEntries } from './vault/sealer.js';

/** Which session, and of which tenant when it is not the session server's own. */
export interface SessionChoice {
  /** The id that `createSession` gave. */
  readonly session: Id;
  /** Default: the session server's. */
  readonly tenant?: Id;
}

/** What the session server tells the process that it runs in. */
export interface SessionServerEvents {
  /** Something that an operator should know; the protocol goes on. `session`: with `session-unreadable`, which one. */
  problem: (problem: Problem, session?: SessionKey) => void;
  /** Audit events, as soon as they are durable. A sink gets every one even over a crash; a listener does not. */
  events: (events: readonly AuditEvent[]) => void;
}

/** A running session server. Everything that it must not forget is in its store. */
export interface SessionServer {
  /** Answers a request of the session server's own routes; false: it is the host's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Takes an upgrade to the session server's WebSocket; false: it is the host's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /**
   * Makes a session with its first event. Nobody is told of it: ask for join links next.
   *
   * @throws ServerError `bad-option`, `bad-policy`, `session-exists`, `store-unavailable`, `server-closed`.
   */
  createSession(options: NewSessionOptions): Promise<{ readonly session: Id }>;
  /**
   * Makes a joint meeting: a session for each client, which share one video room (J14). Needs a video server.
   *
   * @throws ServerError `bad-option`, `bad-policy`, `session-exists`, `store-unavailable`, `server-closed`.
   */
  createMeeting(
    options: NewMeetingOptions,
  ): Promise<{ readonly meeting: Id; readonly sessions: readonly Id[] }>;
  /**
   * Makes a practice room: a drill in the real session, with one person who practises alone; everybody else is played by a
   * script in this process. Nobody outside is alerted by it, and no media leaves a device. The page needs `PracticeVideo` of
   * `@holdfast/session/practice` among its transports. After a start of the session server the room is ended.
   *
   * @throws ServerError `bad-option`, `bad-policy`, `session-exists`, `store-unavailable`, `server-closed`.
   */
  createPracticeRoom(options?: PracticeRoomOptions): Promise<PracticeRoom>;
  /**
   * A link for one person. Another can be made at any time; each is used by one device. It is a secret. Of a closed session
   * only supervisors and management have one: they look back at it, and change nothing of it.
   *
   * @throws ServerError `unknown-session`, `unknown-person`, `session-closed`, `session-unreadable`,
   *   `store-unavailable`, `server-closed`.
   */
  joinLink(options: SessionChoice & { readonly person: Id }): Promise<string>;
  /**
   * Moves an appointment, or gives it a time: for as long as the gate is not open, so that nobody has media (B08). Join
   * links stay as they are. The record says that the host did it.
   *
   * @throws ServerError `bad-option`, `session-begun`, `unknown-session`, `session-closed`, `session-unreadable`,
   *   `store-unavailable`, `server-closed`.
   */
  reschedule(options: SessionChoice & { readonly startsAtMs: Instant }): Promise<void>;
  /**
   * Calls an appointment off, and closes its session: for as long as the gate is not open and no run or crisis is. Where
   * something else in it waits for a person, it ends, and a person closes it (B08).
   *
   * @throws ServerError as `reschedule`.
   */
  cancel(options: SessionChoice & { readonly reason: CancelReason }): Promise<void>;
  /**
   * What the host sends to a person before the session: how to join, in the words of the policy's version, and a test link
   * (A43). Changes nothing and leaves nothing in the record. The texts name no service and nothing that it is about (H29).
   *
   * @throws ServerError `unknown-session`, `unknown-person`, `session-closed`, `session-unreadable`, `store-unavailable`,
   *   `server-closed`.
   */
  joining(options: SessionChoice & JoiningOptions): Promise<Joining>;
  /**
   * Gives the host what it keeps of the session's personal data. Once the session is closed, the vault is erased: not
   * while the store cannot write that down.
   *
   * @throws ServerError `unknown-session`, `session-unreadable`, `store-unavailable`, `server-closed`.
   */
  takeVault(choice: SessionChoice): Promise<VaultEntries>;
  /**
   * The session in codes, ready for the host's own notes: identity, privacy and place, who came, pathways and decisions,
   * what is owed (A44, E22). Holds no words: `takeVault` gives those. Ask for it once the event `session.closed` has come;
   * before that it says how things stand. What is looked back at after the close stands in it the next time.
   *
   * @throws ServerError `unknown-session`, `session-unreadable`, `store-unavailable`, `server-closed`.
   */
  summary(choice: SessionChoice): Promise<SessionSummary>;
  /** How it is, without asking the store. */
  health(): Health;
  /** Adds a listener; one that throws stops nobody. */
  on<E extends keyof SessionServerEvents>(event: E, listener: SessionServerEvents[E]): void;
  /**
   * Serves the routes on a port of its own: for trying out. 0 takes a free port. `fallback` answers other requests.
   *
   * @throws ServerError `bad-option`, `server-closed`.
   */
  listen(options: ListenOptions): Promise<{ readonly port: number }>;
  /**
   * Stops cleanly: what is committed goes to the sinks, sockets are closed, the store is given free. A sink, an alert
   * or a video server that fails at its own end is told as a problem and keeps nothing else from ending.
   */
  close(): Promise<void>;
}

/**
 * Starts a session server: takes over the open sessions of its store and watches their deadlines. Mount `handle` and
 * `upgrade` in the host's own server.
 *
 * @throws ServerError `bad-option`, `bad-policy`, `bad-key`, `store-in-use`, `store-newer`, `store-unavailable`.
 */
export async function createSessionServer(options: SessionServerOptions): Promise<SessionServer> {
  return (await assemble(options)).server;
}

/** A session server and what is inside it, for tests that play in it. */
export interface Assembled {
  readonly server: SessionServer;
  readonly authority: Authority;
  /** A line that begins in this process. */
  readonly openLine: () => LineSocket;
}

export async function assemble(options: SessionServerOptions): Promise<Assembled> {
  const settings = checkOptions(options);
  const listeners = {
    problem: new Set<SessionServerEvents['problem']>(),
    events: new Set<SessionServerEvents['events']>(),
  };
  const tell: Tell = (...problem) => tellAll(listeners.problem, problem, () => {});
  const authority = new Authority({
    ...settings,
    joinUrl: dutyLinksOf(settings, tell),
    onProblem: tell,
    onEvents: (events) =>
      tellAll(listeners.events, [events], () => tellAll(listeners.problem, ['input-failed'], () => {})),
  });
  try {
    await authority.start();
  } catch (cause) {
    await endAll(authority, settings, tell).catch(() => {});
    throw cause instanceof ServerError
      ? cause
      : new ServerError('store-unavailable', 'open sessions could not be loaded', { cause });
  }
  const lifetime: Lifetime = { isClosed: false };
  const { allowedOrigins, clock } = settings;
  const sockets = socketEdge({ authority, allowedOrigins, clock });
  const openLine = () => lineWithin(clock, (end) => sockets.acceptEnd(end));
  const sessions = sessionsOf(authority, settings, lifetime);
  const practice = practiceRooms({
    authority,
    settings,
    openLine,
    joinLink: (choice) => sessions.joinLink(choice),
    add: (wanted, video) => addSession(authority, settings, wanted, video),
    deskOf: (choice) => deskFor(authority, settings, choice),
    onProblem: () => tell('input-failed'),
  });
  practice.tidy();
  const server: SessionServer = {
    ...sessions,
    ...hostOf(authority, settings, lifetime, { tell, sockets, endPlays: practice.end }),
    async createPracticeRoom(options = {}) {
      mustBeOpen(lifetime);
      return practice.create(options);
    },
    health: () => healthOf(authority),
    on: (event, listener) => void (listeners[event] as Set<typeof listener>).add(listener),
  };
  return { server, authority, openLine };
}

/** A listener of the host that throws, at once or later, stops neither the others nor the session server. */
function tellAll<T extends readonly unknown[]>(
  listeners: ReadonlySet<(...told: T) => unknown>,
  told: T,
  onThrown: () => void,
): void {
  for (const listener of listeners) {
    try {
      void Promise.resolve(listener(...told)).catch(onThrown);
    } catch {
      onThrown();
    }
  }
}

type Tell = SessionServerEvents['problem'];

/** An alert is better without its link than not at all (H22); that the host's function makes none is told. */
const dutyLinksOf =
  ({ joinUrl }: Settings, tell: Tell): Settings['joinUrl'] =>
  (link) => {
    try {
      return joinUrl(link);
    } catch (cause) {
      tell('alert-failed');
      throw cause;
    }
  };

/** What is the host's own may fail at its end: everything else ends all the same, and the store is given free. */
async function endAll(authority: Authority, { alerts, video, store }: Settings, tell: Tell): Promise<void> {
  const end = async (one: { close(): Promise<void> }, problem: Problem): Promise<void> => {
    try {
      await one.close();
    } catch {
      tell(problem);
    }
  };
  try {
    await authority.close();
  } finally {
    await Promise.all([...alerts.map((alert) => end(alert, 'alert-failed')), end(video, 'video-failed')]);
    await store.close();
  }
}

interface Lifetime {
  isClosed: boolean;
}

function mustBeOpen({ isClosed }: Lifetime): void {
  if (isClosed) throw new ServerError('server-closed', 'this session server was closed; make another one');
}

type Sessions = Pick<
  SessionServer,
  | 'createSession'
  | 'createMeeting'
  | 'joinLink'
  | 'reschedule'
  | 'cancel'
  | 'joining'
  | 'takeVault'
  | 'summary'
>;

function sessionsOf(authority: Authority, settings: Settings, lifetime: Lifetime): Sessions {
  return {
    async createSession(wanted) {
      mustBeOpen(lifetime);
      return addSession(authority, settings, wanted);
    },
    async createMeeting(wanted) {
      mustBeOpen(lifetime);
      return addMeeting(authority, settings, wanted);
    },
    async joinLink({ person, ...choice }) {
      mustBeOpen(lifetime);
      const desk = await deskFor(authority, settings, choice);
      const role = desk.personOf(person)?.role;
      if (role === 'fellowClient')
        throw new ServerError('unknown-person', 'a client of a joint meeting joins the session of their own');
      if (desk.live.record.isOpen && role === undefined)
        throw new ServerError('unknown-person', 'no such person in this session');
      if (role === undefined || !desk.mayCome(person))
        throw new ServerError(
          'session-closed',
          'a closed session has no join links but for those who look back at it',
        );
      const expiresAtMs = authority.nowMs() + settings.linkValidMs;
      const token = await stored(() => authority.links.make({ ...desk.key, person }, expiresAtMs));
      return settings.joinUrl({ ...desk.key, person, role, token });
    },
    async reschedule({ startsAtMs, ...choice }) {
      mustBeOpen(lifetime);
      await moveAppointment(await deskFor(authority, settings, choice), startsAtMs);
    },
    async cancel({ reason, ...choice }) {
      mustBeOpen(lifetime);
      await cancelAppointment(await deskFor(authority, settings, choice), reason);
    },
    async joining(options) {
      mustBeOpen(lifetime);
      const desk = await deskFor(authority, settings, options);
      return joiningOf(authority, settings, desk, options, stored);
    },
    async takeVault(choice) {
      mustBeOpen(lifetime);
      const desk = await deskFor(authority, settings, choice);
      const { entries, record } = desk.live;
      const id = `vault-${randomUUID()}`;
      const taken = { kind: 'notes', id, notes: [], outcome: null, room: 'same', vault: 'taken' } as const;
      if (!record.isOpen && !(await desk.live.takeIfStored(taken)))
        throw new ServerError(
          'store-unavailable',
          'the vault was not taken: the store does not answer; try again',
        );
      return entries;
    },
    async summary(choice) {
      mustBeOpen(lifetime);
      return summaryOf((await deskFor(authority, settings, choice)).live.session);
    },
  };
}

type Host = Pick<SessionServer, 'handle' | 'upgrade' | 'listen' | 'close'>;

interface HostTools {
  readonly tell: Tell;
  readonly sockets: SocketEdge;
  readonly endPlays: () => void;
}

function hostOf(
  authority: Authority,
  settings: Settings,
  lifetime: Lifetime,
  { tell, sockets, endPlays }: HostTools,
): Host {
  const { basePath, allowedOrigins } = settings;
  const publicHealth = (): { inCharge: boolean } => ({ inCharge: authority.charge.isInCharge });
  const measuring = makeMeasuring({
    isKnown: async (key) =>
      (await authority.admission.memberOf(key)) !== null ||
      (await authority.links.testOf(key, authority.nowMs())) !== null,
    nowMs: () => authority.nowMs(),
  });
  const handle = httpEdge({ authority, basePath, allowedOrigins, measuring, publicHealth });
  const upgrade: Host['upgrade'] = (request, socket, head) => {
    if (pathOf(request) !== basePath + SOCKET_PATH) return false;
    sockets.accept(request, socket, head);
    return true;
  };
  const listening: Listening[] = [];
  const stop = async (): Promise<void> => {
    lifetime.isClosed = true;
    endPlays();
    await Promise.all([...listening.map(({ close }) => close()), sockets.close()]);
    await endAll(authority, settings, tell);
  };
  let stopping: Promise<void> | null = null;
  return {
    handle,
    upgrade,
    async listen(options) {
      mustBeOpen(lifetime);
      const started = await listenOn({ handle, upgrade }, options);
      if (lifetime.isClosed) await started.close();
      mustBeOpen(lifetime);
      listening.push(started);
      return { port: started.port };
    },
    close: () => (stopping ??= stop()),
  };
}

async function deskFor(authority: Authority, { tenant }: Settings, choice: SessionChoice): Promise<Desk> {
  const desk = await stored(() =>
    authority.desks.find({ tenant: choice.tenant ?? tenant, session: choice.session }),
  );
  if (desk === null) throw new ServerError('unknown-session', 'there is no such session of this tenant');
  return desk;
}
