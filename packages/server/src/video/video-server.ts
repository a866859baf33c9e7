import type { Id, Instant, MediaGrant, Policy, Role } from '@holdfast/protocol';
import type { SessionKey } from '../store/store.js';

/** For whom a grant is. Nobody gets one before the gate is open and they were let in; the authority sees to that. */
export interface GrantRequest extends SessionKey {
  /** The session's video room of this epoch. */
  readonly room: Id;
  readonly person: Id;
  readonly device: Id;
  readonly role: Role;
  /** The other side's device that holds media, when it is there. */
  readonly peerDevice: Id | null;
  readonly policy: Policy;
  readonly nowMs: Instant;
}

/** A video room. */
export interface Room {
  readonly room: Id;
  readonly policy: Policy;
}

/**
 * The port of whatever stands behind the video: a vendor's server, or nothing for direct media. Every method may be
 * called again with the same arguments. Held to test/contracts/video-server.
 */
export interface VideoServer {
  readonly transport: MediaGrant['transport'];
  /** Why a session under this policy cannot be served (a sentence for the developer), or null. */
  refuses(policy: Policy): string | null;
  openRoom(room: Room): Promise<void>;
  /** What one device needs to join. Makes the room again when it is gone. */
  grant(request: GrantRequest): Promise<MediaGrant>;
  /** Takes one person out of a room. Their token lives on: the authority starts a new room for those who stay. */
  removePerson(room: Room & { readonly person: Id }): Promise<void>;
  closeRoom(room: Room): Promise<void>;
  close(): Promise<void>;
}
