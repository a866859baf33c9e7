import { createHash, randomUUID } from 'node:crypto';
import type { Actor, Id, Instant, MediaEvidence, Person, ServerMessage } from '@holdfast/protocol';

/** One open line to a device. */
export interface Connection {
  send(message: ServerMessage): void;
  close(): void;
}

/**
 * What this process knows of a device's being there. `new`: it has just said hello for the first time; `awaited`: it was
 * there before the session server started.
 */
export type SeatPresence = 'new' | 'awaited' | 'heard' | 'silent' | 'unloading' | 'left';

/** A device in a session, with or without an open line. */
export interface Seat {
  /** With the role that they have now: of several practitioners one leads (D1). */
  person: Person;
  readonly device: Id;
  readonly connections: Set<Connection>;
  presence: SeatPresence;
  lastHeardAtMs: Instant;
  unloadingAtMs: Instant;
  /** When the person last opened the session here, or took it back; 0: before this process started. */
  openedAtMs: Instant;
  /** The newest device of a person has the person's media. */
  holdsMedia: boolean;
  /** Names this run of sequence numbers. */
  readonly epoch: Id;
  sequence: number;
  /** The projection that was sent last, as it was sent. */
  json: string | null;
  /** For staff: what stands on the watchdog's list, as it was sent last on this line. */
  watchdogJson: string | null;
  evidence: MediaEvidence | null;
  /** What the device sees of its media has to be stated again: it was not heard for a while, or we were not there. */
  owesEvidence: boolean;
  /** Silence was stated for the device: that its media is up again is stated for it, too. */
  owesRecovery: boolean;
  /** Room and peer of the newest grant. */
  granted: { readonly room: Id; readonly peer: Id | null } | null;
  isGranting: boolean;
  /** The record holds that this device was let into this room. */
  notedRoom: Id | null;
  /** The newest discreet signal of the device that was taken. */
  signalNote: Id | null;
  /** The record holds that a description of this device came too early. */
  isSignalRefusalNoted: boolean;
}

export const makeSeat = (
  person: Person,
  device: Id,
  presence: SeatPresence,
  lastHeardAtMs: Instant,
): Seat => ({
  person,
  device,
  connections: new Set(),
  presence,
  lastHeardAtMs,
  unloadingAtMs: 0,
  openedAtMs: 0,
  holdsMedia: false,
  epoch: `e-${randomUUID()}`,
  sequence: 0,
  json: null,
  watchdogJson: null,
  evidence: null,
  owesEvidence: presence === 'awaited',
  owesRecovery: false,
  granted: null,
  isGranting: false,
  notedRoom: null,
  signalNote: null,
  isSignalRefusalNoted: false,
});

/** The person behind a seat, speaking from their device. */
export const actorOf = ({ person, device }: Seat): Actor => ({
  person: person.id,
  role: person.role,
  source: 'device',
  device,
});

/** Longest id of an input or an event's cause (protocol, `Id`). */
const LONGEST_ID = 160;

/**
 * The id under which an input of a person is kept: what one device sends is never taken for a repeat of what another
 * person's device, or the session server itself, has said under the same id (H09). Both parts may hold a dot, so the
 * person's length says where the id begins.
 */
export function inputIdOf(person: Id, id: Id): Id {
  const owner = `i.${person.length}.${person}`;
  const own = `${owner}.${id}`;
  return own.length <= LONGEST_ID ? own : `${owner}.${createHash('sha256').update(id).digest('hex')}`;
}

export function sendTo(seat: Seat, message: ServerMessage): void {
  for (const connection of seat.connections) connection.send(message);
}
