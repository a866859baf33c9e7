import {
  isCommandType,
  referencePolicy,
  usualAppointment,
  type Actor,
  type Appointment,
  type CallOutcome,
  type Command,
  type Effect,
  type Fact,
  type Id,
  type Instant,
  type Policy,
  type ProtocolEvent,
  type Refusal,
} from '@holdfast/protocol';
import { ANSWERS } from './answers.js';
import { clientOf, practitionerOf } from '../step/circumstances.js';
import { createSession, type NewSession } from '../step/create-session.js';
import { runOf, type RunState } from '../machines/run/run-state.js';
import { SessionError } from '../session-error.js';
import type { ChartKey, Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';
import { nextDeadline, step } from '../step/step.js';

/** The people of every test session: a practitioner, a client, and the policy's duty list. */
export const PRACTITIONER = 'p1';
/** The client's id in every test session. */
export const CLIENT = 'c1';
/** The reference policy's duty list, in order. */
export const DUTY = ['duty-1', 'duty-2'] as const;

/** Each person has one device of the same name with `.a`, unless a test says otherwise. */
export const deviceOf = (person: Id): Id => `${person}.a`;

/** How a test session differs from the usual one. */
export interface SessionOptions {
  /** Default: the reference policy. */
  readonly policy?: Policy;
  /** Default false. */
  readonly drill?: boolean;
  /** How the appointment differs from `usualAppointment`. */
  readonly appointment?: Partial<Appointment>;
  /** Default {@link CLIENT}. */
  readonly client?: Id;
  /** Others who take part, beside the practitioner and the client. Default none. */
  readonly others?: NewSession['people'];
  /** When it is made. Default 0. */
  readonly atMs?: Instant;
}

/** A session in its first state, with nobody in it. */
export const aSession = ({
  policy = referencePolicy,
  drill = false,
  appointment = {},
  client = CLIENT,
  others = [],
  atMs = 0,
}: SessionOptions = {}): Session =>
  createSession({
    id: 's1',
    tenant: 't1',
    drill,
    appointment: { ...usualAppointment, ...appointment },
    policy,
    policyHash: '0'.repeat(64),
    people: [{ id: PRACTITIONER, role: 'practitioner' }, { id: client, role: 'client' }, ...others],
    atMs,
  });

/**
 * A session with its clock, for tests: fires every deadline at its instant on the way, as a punctual session server
 * does, and keeps what came out. Instants are absolute.
 */
export class Walk {
  /** As it is now. */
  session: Session;
  /** Absolute, in milliseconds. */
  nowMs: Instant;
  /** Since the walk began, or since `forget`. */
  readonly events: ProtocolEvent[] = [];
  /** Since the walk began, or since `forget`. */
  readonly effects: Effect[] = [];
  /** Of the newest command; null when it was taken. */
  lastRefusal: Refusal | null = null;
  private count = 0;

  constructor(session: Session, nowMs: Instant = session.createdAtMs) {
    this.session = session;
    this.nowMs = nowMs;
  }

  /** Goes on to an instant; deadlines on the way fire when they are due, those due at the instant itself as well. */
  to(atMs: Instant): this {
    for (
      let due = nextDeadline(this.session);
      due !== null && due <= atMs;
      due = nextDeadline(this.session)
    ) {
      this.nowMs = Math.max(this.nowMs, due);
      this.take({ type: 'clock.reached' }, { person: null, role: null, source: 'clock', device: null });
    }
    this.nowMs = atMs;
    return this;
  }

  /** Goes on to just before an instant, so that an input there goes before a deadline there. */
  before(atMs: Instant): this {
    this.to(atMs - 1);
    this.nowMs = atMs;
    return this;
  }

  /** Goes on by so many milliseconds, as `to` does. */
  by(ms: number): this {
    return this.to(this.nowMs + ms);
  }

  /** A command of a person. `saidAtMs` when they said it earlier than it arrived. */
  say(person: Id, body: Command, saidAtMs: Instant | null = null): this {
    return this.take(body, this.actor(person, deviceOf(person)), saidAtMs);
  }

  /** A fact from the server's own knowledge, or from a person's device. */
  state(body: Fact, person: Id | null = null): this {
    const from =
      person === null
        ? { person: null, role: null, source: 'server' as const, device: null }
        : this.actor(person, deviceOf(person));
    return this.take(body, from);
  }

  /** Nobody looks after it for so long, and nothing fires; then a session server takes it over. */
  away(unwatchedMs: number): this {
    this.nowMs += unwatchedMs;
    return this.state({ type: 'server.started', unwatchedMs });
  }

  /** A device of this person opens its line. */
  join(person: Id, device: Id = deviceOf(person)): this {
    return this.state({ type: 'device.joined', person, device });
  }

  /** The session server hears this device no more. */
  silent(person: Id, lastHeardAtMs: Instant = this.nowMs, device: Id = deviceOf(person)): this {
    return this.state({ type: 'device.silent', person, device, lastHeardAtMs });
  }

  /** The session server hears this device again. */
  heard(person: Id, device: Id = deviceOf(person)): this {
    return this.state({ type: 'device.heard', person, device, heardAtMs: this.nowMs });
  }

  /** What a person's device says of the media path. `lastBothWaysAtMs`: now when up. */
  media(
    person: Id,
    state: 'up' | 'silent',
    lastBothWaysAtMs: Instant = this.nowMs,
    device: Id = deviceOf(person),
  ): this {
    return this.take(
      {
        type: 'media.reported',
        client: clientOf(this.session),
        device,
        state,
        lastBothWaysAtMs,
        verdict: 'unknown',
      },
      this.actor(person, device),
    );
  }

  /** What came of a call to the client. By the practitioner, about the first run and the attempt that is due. */
  recordCall(
    outcome: CallOutcome,
    {
      by = practitionerOf(this.session),
      run = `${clientOf(this.session)}.r1`,
      attempt = this.run.context.attempt,
    }: { readonly by?: Id; readonly run?: Id; readonly attempt?: number } = {},
  ): this {
    const client = clientOf(this.session);
    return this.say(by, { type: 'ladder.recordCall', client, run, attempt, outcome });
  }

  /** The person presses leave. */
  leave(person: Id): this {
    return this.state({ type: 'person.left', person }, person);
  }

  /** The person presses quick exit. */
  exit(person: Id): this {
    return this.state({ type: 'person.exited', person }, person);
  }

  /** The network between the two is cut: last contact now, noticed by both devices after `suspectAfterMs`. */
  cut(): this {
    const lastMs = this.nowMs;
    this.by(this.session.policy.durations.suspectAfterMs);
    return this.media(practitionerOf(this.session), 'silent', lastMs).media(
      clientOf(this.session),
      'silent',
      lastMs,
    );
  }

  /** Both devices report heartbeats both ways again. */
  heal(): this {
    return this.media(practitionerOf(this.session), 'up').media(clientOf(this.session), 'up');
  }

  /** Kinds of the events since the walk began, or since `forget`. */
  get kinds(): readonly string[] {
    return this.events.map((event) => event.kind);
  }

  /** When events of this kind happened. */
  when(kind: string): readonly Instant[] {
    return this.events.filter((event) => event.kind === kind).map((event) => event.occurredAtMs);
  }

  /** The state of a chart as its name: `together`, `open.phoning.attempting+…`. */
  value(chart: ChartKey): string {
    const found = this.session.charts[chart];
    return found === undefined ? 'none' : stateName(found.value);
  }

  /** The client's run: open, or the last one. @throws SessionError `bad-option` when the session has no client. */
  get run(): RunState {
    const run = runOf(this.session, clientOf(this.session));
    if (run === null) throw new SessionError('bad-option', 'this session has no client');
    return run;
  }

  /** The id that the ladder's commands carry. */
  get runId(): Id {
    return this.run.context.run ?? `${clientOf(this.session)}.r0`;
  }

  /** Who was alerted, for what: `decidingSilent.duty-1`. */
  get alerted(): readonly string[] {
    return this.events
      .filter((event) => event.kind === 'alert.sent')
      .map((event) => `${String(event.details['cause'])}.${String(event.details['person'])}`);
  }

  /** Empties `events` and `effects`. */
  forget(): this {
    this.events.length = 0;
    this.effects.length = 0;
    return this;
  }

  /** Another walk from here: what it does does not happen to this one. */
  fork(): Walk {
    const other = new Walk(this.session, this.nowMs);
    other.events.push(...this.events);
    other.effects.push(...this.effects);
    other.count = this.count;
    return other;
  }

  /** Takes one input as `step` has it. */
  take(body: Command | Fact, from: Actor, saidAtMs: Instant | null = null): this {
    this.count += 1;
    const result = step(this.session, { id: `i${this.count}`, atMs: this.nowMs, saidAtMs, from, body });
    this.session = result.session;
    this.events.push(...result.events);
    this.effects.push(...result.effects);
    if (isCommandType(body.type)) this.lastRefusal = result.refusal;
    return this;
  }

  private actor(person: Id, device: Id): Actor {
    const role = this.session.people.find((known) => known.id === person)?.role ?? null;
    return { person, role, source: 'device', device };
  }
}

/** A walk from the first state of a session. */
export const aWalk = (options: SessionOptions = {}): Walk => new Walk(aSession(options));

/** Both are there, the items of the media threshold are answered, the client waits to be let in. */
export function aWaitingSession(options: SessionOptions = {}): Walk {
  const walk = aWalk(options);
  const client = clientOf(walk.session);
  walk.join(PRACTITIONER).join(client);
  for (const item of ['callBackNumber', 'location', 'consent', 'device'] as const)
    walk.say(client, ANSWERS[item]);
  return walk
    .state({ type: 'route.tested', route: 'log', outcome: 'reached', asOfMs: walk.nowMs })
    .say(PRACTITIONER, ANSWERS.suitability)
    .say(PRACTITIONER, ANSWERS.practitionerPrivacy);
}

/** What the practitioner settles once both can talk, beside the number that is read back. */
export const SETTLED_BY_TALKING = [
  'identity',
  'clientPrivacy',
  'locationConfirmed',
  'emergencyContact',
  'backUpChannel',
  'limits',
  'signal',
  'preferences',
] as const;

/** Two people who talk: every item settled, live, media both ways. It is `atMs` + 60 s. */
export function aLiveSession(options: SessionOptions = {}): Walk {
  const walk = aWaitingSession(options);
  walk.say(PRACTITIONER, { type: 'person.admit', person: clientOf(walk.session) }).heal();
  return talkedThrough(walk).by(60_000);
}

/** With media between the two: what is settled by talking is settled, and the session is live. */
export function talkedThrough(walk: Walk): Walk {
  const { flags } = ANSWERS.callBackNumber;
  walk.say(PRACTITIONER, { ...ANSWERS.callBackNumber, flags: { ...flags, wasReadBack: true } });
  for (const item of SETTLED_BY_TALKING) walk.say(PRACTITIONER, ANSWERS[item]);
  return walk.say(PRACTITIONER, { type: 'session.goLive' });
}
