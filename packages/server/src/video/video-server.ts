import type { Id, Instant, MediaGrant, Policy, Role } from '@holdfast/protocol';
import type { SessionKey } from '../store/store.js';

/** For whom a grant is. Nobody gets one before the gate is open and they were let in; the authority sees to that. */
export interface GrantRequest extends SessionKey {
  /** The session's video room of this epoch. */
  readonly room: Id;
  /** Who is to join. */
  readonly person: Id;
  /** Which of their devices. */
  readonly device: Id;
  /** Of that person. */
  readonly role: Role;
  /** The other side's device that holds media, when it is there. */
  readonly peerDevice: Id | null;
  /** Of the session. */
  readonly policy: Policy;
  /** On the authority's clock: lifetimes count from here. */
  readonly nowMs: Instant;
}

/** A video room. */
export interface Room {
  /** Its name at the video server. */
  readonly room: Id;
  /** Of the session. */
  readonly policy: Policy;
}

/**
 * The port of whatever stands behind the video: a vendor's server, or nothing for direct media. Every method may be
 * called again with the same arguments. Held to test/contracts/video-server.
 */
export interface VideoServer {
  /** Of the grants that it gives out; a policy names those that it allows (C01). */
  readonly transport: MediaGrant['transport'];
  /** How many people it brings together: 2 where media goes from one device to the other directly. */
  readonly mostPeople: number;
  /** Why a session under this policy cannot be served (a sentence for the developer), or null. */
  refuses(policy: Policy): string | null;
  /** Makes the room ready. One that is there stays as it is. */
  openRoom(room: Room): Promise<void>;
  /** What one device needs to join. Makes the room again when it is gone. */
  grant(request: GrantRequest): Promise<MediaGrant>;
  /** Takes one person out of a room. Their token lives on: the authority starts a new room for those who stay. */
  removePerson(room: Room & { readonly person: Id }): Promise<void>;
  /** Ends the room for everybody. One that is gone already is fine. */
  closeRoom(room: Room): Promise<void>;
  /** The session server ends. Rooms stay: the sessions go on after the next start. */
  close(): Promise<void>;
}
