import {
  Appointment,
  isParticipant,
  PARTICIPANT_ROLES,
  Personal,
  ROLES,
  rolesOf,
  SESSION_TYPES,
  STAFF_ROLES,
  usualAppointment,
  type AuditEvent,
  type Id,
  type Person,
  type Policy,
  type Role,
} from '@holdfast/protocol';
import { FIRST_HASH, hashOf } from '@holdfast/protocol/audit';
import { createSession, nextDeadline } from '@holdfast/session/authority';
import { chainEvents, noteEvent, type Note } from './authority/event-chain.js';
import type { Held } from './authority/work.js';
import { isPracticeRoom } from './authority/outside.js';
import { ServerError } from './errors.js';
import { checkShapes, type OptionShapes } from './option-shapes.js';
import { checkHostId, checkedPolicy, type Settings } from './options.js';
import type { VaultEntries } from './vault/sealer.js';

/** A person of a new session. */
export interface NewPerson {
  /** The host's reference. */
  readonly id: Id;
  /** What they are in this session. */
  readonly role: Role;
  /** Goes to the vault. */
  readonly name?: string;
  /** Of participants: client and practitioner cannot understand each other without them. Default false. */
  readonly isNeeded?: boolean;
  /** Of participants: where a needed one is rung when they are lost. Goes to the vault; the practitioner reads it. */
  readonly callBackNumber?: string;
}

/** A session as the host asks for it. */
export interface NewSessionOptions {
  /** The host's reference. Default: made at random. */
  readonly id?: Id;
  /** Default: the session server's. */
  readonly tenant?: Id;
  /** A rehearsal: marked as one on every screen and in every event; needs a drill policy (A27). Default false. */
  readonly drill?: boolean;
  /** Default: the session server's own. */
  readonly policy?: unknown;
  /** What is known beforehand: kind, first or not, a minor, when it begins, claims. Default: a first therapy session of an adult. */
  readonly appointment?: Partial<Appointment>;
  /**
   * One client, the practitioner who leads, further practitioners who may take the session over, and others who take part: `supporter`, `interpreter`, `observer`, `trainee`, `liveSupervisor` (a video
   * server of its own is needed for them). People of the policy's staff lists may be named too.
   */
  readonly people: readonly NewPerson[];
  /** What was agreed with the client before (number, address, contact): goes to the vault and settles nothing. */
  readonly clientArrangements?: Personal;
}

const SHAPES: OptionShapes<NewSessionOptions> = {
  id: 'one',
  tenant: 'one',
  drill: 'one',
  policy: 'one',
  appointment: 'one',
  people: 'list',
  clientArrangements: 'one',
};

/** What a session of a joint meeting has beside its own: see `createMeeting`. */
export interface Joint {
  readonly meeting: NonNullable<Appointment['meeting']>;
  /** The clients of the other sessions. */
  readonly fellows: readonly NewPerson[];
}

/** What a session can be beside the usual. */
export interface SessionKind {
  /** Part of a joint meeting. Default null: of one client. */
  readonly joint?: Joint | null;
  /** A practice room: everybody in it but one is played (rule K20). Default false. */
  readonly isPractice?: boolean;
}

/** Of the session server's settings, what a new session needs. */
export type SessionSettings = Pick<Settings, 'tenant' | 'policy' | 'sealer' | 'video' | 'recording'>;

/** A session that is made and not stored yet. */
export interface MadeSession {
  readonly held: Held;
  readonly events: readonly AuditEvent[];
}

/**
 * Makes a session with its first event; nothing is stored yet.
 *
 * @throws ServerError `bad-option`, `bad-policy`.
 */
export function makeSession(
  options: NewSessionOptions,
  id: Id,
  settings: SessionSettings,
  atMs: number,
  { joint = null, isPractice = false }: SessionKind = {},
): MadeSession {
  checkShapes('createSession', options, SHAPES);
  const tenant = checkHostId('tenant', options.tenant ?? settings.tenant);
  const policy = options.policy === undefined ? settings.policy : checkedPolicy('policy', options.policy);
  const drill = options.drill ?? false;
  checkKind(policy, drill);
  checkVideo(policy, settings.video);
  checkRecording(policy, settings.recording);
  const appointment = { ...appointmentOf(options, policy), ...(joint && { meeting: joint.meeting }) };
  checkPractice(appointment, isPractice);
  const people = [...peopleOf(options, policy, settings.video), ...(joint?.fellows ?? []).map(fellowOf)];
  const key = { tenant, session: checkHostId('id', id) };
  const snapshot = createSession({
    id: key.session,
    tenant,
    drill,
    appointment,
    policy,
    policyHash: hashOf(policy),
    people,
    atMs,
  });
  const notes = [created(people, appointment), ...(isReviewOverdue(policy, atMs) ? [reviewOverdue] : [])];
  const events = chainEvents(
    snapshot,
    { lastSequence: 0, lastHash: FIRST_HASH },
    notes.map((note) => noteEvent(note, 'create', atMs)),
    atMs,
  );
  const entries = entriesOf({ ...options, people: [...options.people, ...(joint?.fellows ?? [])] }, people);
  const record = {
    ...key,
    revision: 1,
    snapshot,
    lastSequence: events.length,
    lastHash: events.at(-1)?.hash ?? FIRST_HASH,
    lastAtMs: atMs,
    vault: Object.keys(entries).length === 0 ? null : settings.sealer.seal(key, entries),
    isVaultTaken: false,
    roomEpoch: 1,
    nextDeadlineMs: nextDeadline(snapshot),
    isOpen: true,
  };
  return { held: { record, entries }, events };
}

/** J14: of another session's client the name, and nothing else. */
const fellowOf = ({ id }: NewPerson): Person => ({ id, role: 'fellowClient' });

const HOST = { person: null, role: null, source: 'host', device: null } as const;
const created = (people: readonly Person[], { adjustments }: Appointment): Note => ({
  kind: 'session.created',
  rules: [],
  subject: null,
  actor: HOST,
  // A45: that there were adjustments, not which.
  details: { people: people.length, hasAdjustments: adjustments !== null },
});
const reviewOverdue: Note = { kind: 'policy.reviewOverdue', rules: [], subject: null, actor: HOST };

const isReviewOverdue = (policy: Policy, atMs: number): boolean =>
  Date.parse(`${policy.reviewOn}T23:59:59Z`) < atMs;

function checkKind(policy: Policy, drill: boolean): void {
  if (drill === (policy.kind === 'drill')) return;
  throw new ServerError(
    'bad-option',
    drill
      ? 'drill: a rehearsal needs a drill policy; give policy: drillPolicy'
      : 'policy: a drill policy is refused for a real session; its times are for rehearsal. Set drill: true, or give a standard policy',
  );
}

function appointmentOf({ appointment = {} }: Partial<NewSessionOptions>, policy: Policy): Appointment {
  const parsed = Appointment.safeParse({ ...usualAppointment, ...appointment });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => issue.path.join('.') || 'a field that it does not have',
    );
    throw new ServerError(
      'bad-option',
      `appointment: look at ${faults.join(', ')}; it has type (${SESSION_TYPES.join(', ')}), isFirst, isMinor, startsAtMs, claims, planReviewedOn, preference and adjustments`,
    );
  }
  if (policy.sessionTypes[parsed.data.type] === null) {
    throw new ServerError(
      'bad-option',
      `appointment.type: the policy holds no sessions of the kind ${parsed.data.type}; see its sessionTypes`,
    );
  }
  if (parsed.data.meeting !== undefined)
    throw new ServerError('bad-option', 'appointment.meeting: a joint meeting is made by createMeeting');
  return parsed.data;
}

/** A client of flesh and blood in a room that alerts nobody would be in danger. */
function checkPractice(appointment: Appointment, isPractice: boolean): void {
  if (isPracticeRoom({ appointment }) === isPractice) return;
  throw new ServerError(
    'bad-option',
    'appointment.type: a practice room holds one person and a script; make it with createPracticeRoom. For a rehearsal between two people set drill: true and another type',
  );
}

function checkVideo(policy: Policy, video: Settings['video']): void {
  if (!policy.transports.includes(video.transport)) {
    throw new ServerError(
      'bad-option',
      `policy.transports does not list ${video.transport}, which is what this session server uses`,
    );
  }
  const sentence = video.refuses(policy);
  if (sentence !== null) throw new ServerError('bad-option', `policy: ${sentence}`);
}

/** H06: without a recorder "recording" would be a promise that nobody keeps, and its end one as well. */
function checkRecording(policy: Policy, recorder: Settings['recording']): void {
  if (policy.recording.mode === 'prohibited' || recorder !== null) return;
  throw new ServerError(
    'bad-option',
    'policy.recording: it allows recording, and this session server has no recorder; give the option recording, or set the mode to prohibited',
  );
}

function peopleOf(
  { people = [] }: Partial<NewSessionOptions>,
  policy: Policy,
  video: Settings['video'],
): readonly Person[] {
  const ids = people.map((person) => checkHostId('people.id', person.id));
  const count = (role: Role): number => people.filter((person) => person.role === role).length;
  if (new Set(ids).size !== ids.length) throw new ServerError('bad-option', 'people holds an id twice');
  if (count('practitioner') === 0 || count('client') !== 1) {
    throw new ServerError('bad-option', 'people must hold a practitioner and one client');
  }
  const roles: readonly Role[] = ROLES.filter((role) => role !== 'colleague' && role !== 'fellowClient');
  if (!people.every(({ role }) => roles.includes(role)))
    throw new ServerError('bad-option', `people: a role must be one of ${roles.join(', ')}`);
  for (const { person } of STAFF_ROLES.flatMap((role) => policy.staff[role]))
    checkHostId('policy.staff', person);
  const stranger = people.find(({ id, role }) => {
    const [listed] = rolesOf(policy, id, null);
    if (listed === undefined) return STAFF_ROLES.some((staff) => staff === role);
    // J20: who supervises may sit in, and looks back afterwards.
    const sitsIn = role === 'liveSupervisor' && rolesOf(policy, id, null).includes('supervisor');
    return role !== listed && !sitsIn;
  });
  if (stranger !== undefined) {
    throw new ServerError(
      'bad-option',
      `people: ${stranger.id} must be in policy.staff with the first role that lists them there, or in neither: nobody else is ever alerted`,
    );
  }
  checkParticipants(people, video);
  return people.map(({ id, role, isNeeded }): Person => ({
    id,
    role,
    ...(isNeeded === true ? { isNeeded } : {}),
  }));
}

function checkParticipants(people: readonly NewPerson[], video: Settings['video']): void {
  const others = people.filter(({ role }) => isParticipant(role));
  const wrong = people.find(
    ({ role, isNeeded, callBackNumber }) =>
      !isParticipant(role) && (isNeeded !== undefined || callBackNumber !== undefined),
  );
  if (wrong !== undefined) {
    throw new ServerError(
      'bad-option',
      `people: isNeeded and callBackNumber belong to participants (${PARTICIPANT_ROLES.join(', ')}), not to ${wrong.id}`,
    );
  }
  if (others.length + 2 > video.mostPeople && others.length > 0) {
    throw new ServerError(
      'bad-option',
      `people: ${others.length} more beside client and practitioner, and the video of this session server brings ${video.mostPeople} together; use a video server (livekitVideo) for more than two`,
    );
  }
}

function entriesOf(
  { people, clientArrangements }: NewSessionOptions,
  members: readonly Person[],
): VaultEntries {
  const entries: Record<Id, Personal> = {};
  for (const { id, name, callBackNumber } of people) {
    const words = { ...(name === undefined ? {} : { name }), ...(callBackNumber && { callBackNumber }) };
    if (Object.keys(words).length > 0) entries[id] = words;
  }
  const client = members.find((person) => person.role === 'client');
  if (client !== undefined && clientArrangements !== undefined) {
    entries[client.id] = { ...entries[client.id], ...clientArrangements };
  }
  for (const [id, personal] of Object.entries(entries)) {
    if (!Personal.safeParse(personal).success) {
      throw new ServerError(
        'bad-option',
        `people or clientArrangements: an entry of ${id} is empty, longer than 500 characters or of an unknown kind`,
      );
    }
  }
  return entries;
}
