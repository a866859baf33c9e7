import { randomUUID } from 'node:crypto';
import {
  hasMedia,
  REVIEWING,
  rolesOf,
  type Actor,
  type Fact,
  type Id,
  type Instant,
  type Person,
  type Role,
} from '@holdfast/protocol';
import {
  clientOf,
  isMediaAllowed,
  leadOf,
  mayBeInMeeting,
  meetingOf,
  participantOf,
  practitionerOf,
  project,
  roleOf,
  type Session,
} from '@holdfast/session/authority';
import type { DeviceRecord, InputOutcome, SessionKey } from '../store/store.js';
import { vaultViewFor } from '../vault/vault-view.js';
import { SERVER, type Note } from './event-chain.js';
import { inputOf } from './input-of.js';
import type { LiveSession } from './live-session.js';
import { roomOf } from './room.js';
import { makeSeat, sendTo, type Seat } from './seat.js';

type Projection = NonNullable<ReturnType<typeof project>>;

/** A session and the devices that are in it: what the parts of the authority work on. */
export class Desk {
  readonly live: LiveSession;
  readonly seats = new Map<Id, Seat>();
  /** Since a start, or since the machine slept: devices that were there before and do not come back are stated as silent. */
  awaitsSinceMs: Instant | null;
  /** Media was allowed when people were last told, and its room is not known to be closed since. */
  wasMediaAllowed = false;
  /** The video room that was opened before anybody may go in. */
  openedAhead: Id | null = null;

  /** Other sessions of the same joint meeting, as far as they are open and this process has them. */
  readonly #others: () => readonly Desk[];

  constructor(
    live: LiveSession,
    restored: { readonly atMs: Instant; readonly devices: readonly DeviceRecord[] } | null,
    others: (desk: Desk) => readonly Desk[] = () => [],
  ) {
    this.live = live;
    this.#others = () => others(this);
    this.awaitsSinceMs = restored?.atMs ?? null;
    for (const device of restored?.devices ?? []) this.#restoreSeat(device);
    // Who was killed between a withdrawn consent and the end of its room ends it now: what is not allowed has no room (G7).
    this.wasMediaAllowed = this.isMediaAllowed() || (restored !== null && this.#hadMedia());
  }

  get key(): SessionKey {
    return this.live.key;
  }

  /** The session's video room; a joint meeting has one for all its sessions (J15). */
  get room(): Id {
    const { tenant, session } = this.key;
    const { meeting } = this.live.session.appointment;
    // Its epoch stays: a new room would break the contact of those who stay. Who is put out is put out again (J18).
    return meeting === undefined
      ? roomOf(`${tenant}/${session}`, this.live.record.roomEpoch)
      : roomOf(`${tenant}/meeting/${meeting.id}`, 1);
  }

  /** Somebody of another session may be in the same room: it is not this session's to close (J18). */
  get isRoomUsed(): boolean {
    return this.#others().some((other) => other.isMediaAllowed());
  }

  get client(): Person | undefined {
    return this.live.session.people.find((person) => person.role === 'client');
  }

  /** With the role that they have now (D1). */
  personOf(id: Id): Person | undefined {
    const { session } = this.live;
    const person = session.people.find((known) => known.id === id);
    return person && { ...person, role: roleOf(session, id) ?? person.role };
  }

  /** Who leads may be another than when the pages were opened. */
  renewRoles(): void {
    for (const seat of this.seats.values()) seat.person = this.personOf(seat.person.id) ?? seat.person;
  }

  /** Every role of theirs: their own, and those of the policy's lists that name them. */
  rolesOf(person: Person): readonly Role[] {
    return rolesOf(this.live.session.policy, person.id, person.role);
  }

  /** Closed, a session is opened only by those who look back at it; who is there already stays (F3, F7). */
  mayCome(id: Id): boolean {
    const person = this.personOf(id);
    if (this.live.record.isOpen || person === undefined) return this.live.record.isOpen;
    const isOfSession = ['client', 'practitioner', 'colleague'].includes(person.role);
    return !isOfSession && this.rolesOf(person).some((role) => REVIEWING.includes(role));
  }

  /** As after a start: nobody is lost for the session server's own silence, and an open run waits for the devices. */
  wokeUp(atMs: Instant, unwatchedMs: number): Promise<InputOutcome> {
    this.awaitsSinceMs = atMs;
    for (const seat of this.seats.values())
      if (seat.presence === 'heard' || seat.presence === 'unloading') seat.presence = 'awaited';
    return this.state({ type: 'server.started', unwatchedMs });
  }

  /** A fact that the session server itself states. */
  state(body: Fact, from: Actor = SERVER): Promise<InputOutcome> {
    return this.live.take(inputOf(body, from));
  }

  /** Records something beside `step`. */
  note(...notes: readonly Note[]): Promise<InputOutcome> {
    return this.live.take({
      kind: 'notes',
      id: `n-${randomUUID()}`,
      notes,
      outcome: null,
      room: 'same',
      vault: 'same',
    });
  }

  /** What a person may see now, words included. */
  projectionFor(person: Person): Projection {
    const { session, entries } = this.live;
    // Duty sees nothing until alerted: the projection without words says whether that is so.
    const bare = project(session, person.id);
    const isAlerted = bare !== null && 'care' in bare && bare.care !== null;
    const projection = project(
      session,
      person.id,
      vaultViewFor(entries, session.people, { ...person, isAlerted }),
    );
    if (projection === null) throw new Error('a seat belongs to a person of the session');
    // Devices that talk directly have no room that could be closed: they end it themselves once they are told (G7).
    const isTakenBack = this.live.latest !== this.live.session && !this.isMediaAllowed();
    return isTakenBack ? withoutMedia(projection) : projection;
  }

  /**
   * Media is allowed between the client and the practitioner: admission and gate both say so; to a person, as long as
   * they have not left (P4); to another participant, as long as they are admitted (J1); in a joint meeting, as long as
   * every session whose client is in the room agrees (J15, J16).
   */
  isMediaAllowed(person: Person | null = null): boolean {
    const { record } = this.live;
    const others = person === null ? [] : this.#others().map(({ live }) => live);
    const isAllowedIn = (state: 'session' | 'latest'): boolean =>
      person === null
        ? isMediaAllowed(this.live[state])
        : mayBeInMeeting(
            this.live[state],
            others.map((other) => other[state]),
            person.id,
          );
    // Given, it counts once it is stored; taken back, it counts at once, also while the store is gone (G7).
    const isUnstored = [this.live, ...others].some((live) => live.latest !== live.session);
    return record.isOpen && isAllowedIn('session') && (!isUnstored || isAllowedIn('latest'));
  }

  /** Before the gate has opened for the first time: media may still come. A session never leads back here. */
  isGathering(): boolean {
    return this.#ofClient(this.live.latest)?.stage === 'gathering';
  }

  isClientAdmitted(): boolean {
    return this.#ofClient()?.isAdmitted === true;
  }

  /**
   * Participants who were let in and are not any more, who led before, and in a joint meeting the clients who are not
   * inside any more: a token of theirs may outlive it (J11, D3, J16). Nobody is in a room that is not open.
   */
  get outside(): readonly Id[] {
    const { session } = this.live;
    if (!this.isMediaAllowed()) return [];
    const { before = [], lead = null } = leadOf(session) ?? {};
    const wereIn = session.people
      .filter(({ id }) => (participantOf(session, id)?.context.admissions ?? 0) > 0)
      .filter((person) => !this.isMediaAllowed(person));
    return [
      ...wereIn.map(({ id }) => id),
      ...before.filter((person) => person !== lead),
      ...this.#clientsOutside(),
    ];
  }

  /** Of every session of the meeting: the last one that is open puts out those of the others. */
  #clientsOutside(): readonly Id[] {
    const meeting = meetingOf(this.live.session);
    const { client } = this;
    if (meeting === null || client === undefined) return [];
    const others = this.#others();
    const isIn = (fellow: Id): boolean =>
      others.some((other) => other.client?.id === fellow && other.isMediaAllowed(other.client));
    return [
      ...(meeting.context.times > 0 && !this.isMediaAllowed(client) ? [client.id] : []),
      ...Object.entries(meeting.context.fellows).flatMap(([id, { wasInside }]) =>
        wasInside && !isIn(id) ? [id] : [],
      ),
    ];
  }

  /** The device that has this person's media. */
  holderOf(person: Id): Seat | undefined {
    return [...this.seats.values()].find(
      (seat) => seat.person.id === person && seat.holdsMedia && seat.presence !== 'left',
    );
  }

  /** The other side's device, for direct media. */
  peerOf(seat: Seat): Seat | undefined {
    if (!hasMedia(seat.person.role)) return undefined;
    const { session } = this.live;
    return this.holderOf(seat.person.role === 'client' ? practitionerOf(session) : clientOf(session));
  }

  /** Brings everybody's screen up to date; a screen that would show the same is sent nothing. */
  push(): void {
    this.renewRoles();
    const made = new Map<Id, string>();
    for (const seat of this.seats.values()) {
      if (seat.connections.size === 0) continue;
      const json = made.get(seat.person.id) ?? JSON.stringify(this.projectionFor(seat.person));
      made.set(seat.person.id, json);
      if (json === seat.json) continue;
      seat.json = json;
      seat.sequence += 1;
      sendTo(seat, { type: 'update', sequence: seat.sequence, projection: JSON.parse(json) });
    }
  }

  /** Proofs of life as they are kept over a start. */
  deviceRecords(): readonly DeviceRecord[] {
    return [...this.seats.values()]
      .filter((seat) => seat.presence !== 'awaited')
      .map((seat) => ({
        ...this.key,
        person: seat.person.id,
        device: seat.device,
        lastHeardAtMs: seat.lastHeardAtMs,
        isHere: seat.presence === 'heard' || seat.presence === 'unloading',
        holdsMedia: seat.holdsMedia,
      }));
  }

  #hadMedia(): boolean {
    return this.live.record.isOpen && !this.isGathering();
  }

  #ofClient(session: Session = this.live.session): Extract<Projection, { role: 'client' }> | null {
    const { client } = this;
    const projection = client === undefined ? null : project(session, client.id);
    return projection?.role === 'client' ? projection : null;
  }

  #restoreSeat(record: DeviceRecord): void {
    const person = this.personOf(record.person);
    if (person === undefined) return;
    const seat = makeSeat(person, record.device, record.isHere ? 'awaited' : 'silent', record.lastHeardAtMs);
    seat.holdsMedia = record.holdsMedia;
    this.seats.set(record.device, seat);
  }
}

function withoutMedia(projection: Projection): Projection {
  if (!('care' in projection)) return { ...projection, mediaAllowed: false };
  if (projection.care === null) return projection;
  return { ...projection, care: { ...projection.care, mediaAllowed: false } };
}
