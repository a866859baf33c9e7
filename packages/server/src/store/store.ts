import type { AuditEvent, Code, Effect, Id, Instant, RefusalCode } from '@holdfast/protocol';
import type { Session } from '@holdfast/session/authority';

/** Where a session is: every row of the store carries both. */
export interface SessionKey {
  /** Which of the host's organisations. */
  readonly tenant: Id;
  /** Unique within the tenant. */
  readonly session: Id;
}

/** A session as it is stored. `snapshot` holds no personal data; `vault` is sealed by the authority before it comes here. */
export interface SessionRecord extends SessionKey {
  /** 1, 2, 3 …: grows by one with each commit. */
  readonly revision: number;
  /** The session as `step` gave it. */
  readonly snapshot: Session;
  /** Place of the newest event in the session's chain; 0 before the first. */
  readonly lastSequence: number;
  /** Of the newest event; the next one links to it. */
  readonly lastHash: string;
  /** Instant of the newest commit, on the authority's clock. */
  readonly lastAtMs: Instant;
  /** Sealed personal data (base64), or null when there is none or it was erased. */
  readonly vault: string | null;
  /** The host has taken what it keeps of the vault. */
  readonly isVaultTaken: boolean;
  /** Counts video rooms: a removed person's token opens none of the later ones. */
  readonly roomEpoch: number;
  /** When `step` must be called with `clock.reached`; the store's `due` finds it. */
  readonly nextDeadlineMs: Instant | null;
  /** False once the session is closed: no deadline fires any more and a start passes over it. */
  readonly isOpen: boolean;
  /** Only as loaded: it was stored in this older version, and what was agreed is asked again (R8). Never stored. */
  readonly migratedFrom?: number;
}

/** How an input ended, kept so that a repeat gets the same answer and changes nothing. */
export interface InputOutcome {
  /** Of the input. */
  readonly id: Id;
  /** Taken and stored, or nothing changed. */
  readonly outcome: 'accepted' | 'refused';
  /** With `refused`. */
  readonly code: RefusalCode | null;
  /** With `refused`: item names, when that helps. */
  readonly missing: readonly string[];
}

/** An effect on its way into the world. `id` is deterministic: doing the job twice is told apart by the receiver (H09). */
export interface EffectJob extends SessionKey {
  /** The effect's own and its channel. */
  readonly id: Id;
  /** What to do. */
  readonly effect: Effect;
  /** The alert channel that this job is for; null for rooms. */
  readonly channel: Code | null;
  /** Times that it was taken up before. */
  readonly attempts: number;
  /** Not to be taken up before this instant. */
  readonly notBeforeMs: Instant;
}

/** What one transaction writes. All of it or nothing. */
export interface Change {
  /** The session as it is afterwards; its revision is `expectedRevision + 1`. */
  readonly record: SessionRecord;
  /** 0 for a new session. */
  readonly expectedRevision: number;
  /** Chained to the newest event before them. */
  readonly events: readonly AuditEvent[];
  /** Jobs that this change adds. */
  readonly effects: readonly EffectJob[];
  /** Outcomes to keep. */
  readonly inputs: readonly InputOutcome[];
  /** Jobs that are done with this change. */
  readonly settledEffects: readonly Id[];
}

/** A join link: only the hash of its token is kept. Single use per device: `device` is who used it first. */
export interface LinkRecord extends SessionKey {
  /** SHA-256 of the token. */
  readonly tokenHash: string;
  /** Whose link it is. */
  readonly person: Id;
  /** After this it cannot be used for the first time. */
  readonly expiresAtMs: Instant;
  /** Null until it was used. */
  readonly device: Id | null;
}

/** What a device shows on each connection; only its hash is kept. */
export interface CredentialRecord extends SessionKey {
  /** SHA-256 of the credential. */
  readonly hash: string;
  /** Whose device it is. */
  readonly person: Id;
  /** The only device that may show it. */
  readonly device: Id;
  /** When the link was redeemed. */
  readonly madeAtMs: Instant;
}

/** Proof of life of one device, at most 5 s old while it is heard (design, "After a start"). */
export interface DeviceRecord extends SessionKey {
  /** Whose device it is. */
  readonly person: Id;
  /** Its id, made by the device. */
  readonly device: Id;
  /** The newest sign of life. */
  readonly lastHeardAtMs: Instant;
  /** Heard until `lastHeardAtMs` and, as far as was known then, still there; not known to be silent, nor left. */
  readonly isHere: boolean;
  /** This device holds the person's media; a newer one takes it. */
  readonly holdsMedia: boolean;
}

/** An event with its place in the whole store, in the order of commits: what sinks read. */
export interface PlacedEvent {
  /** Grows with each event of any session; gaps are allowed. */
  readonly position: number;
  /** As it stands in the record. */
  readonly event: AuditEvent;
}

/**
 * The port of durable storage. What `commit` has returned from is durable. Any method may reject: then the session
 * server says that it is not in charge and goes on in memory. Held to test/contracts/store.
 */
export interface Store {
  /** The newest state of a session, or null when there is none. */
  load(key: SessionKey): Promise<SessionRecord | null>;
  /** `conflict`: the stored revision is another one; nothing was written. */
  commit(change: Change): Promise<'committed' | 'conflict'>;
  /** Sessions that are not closed, in the order in which they were made. */
  openSessions(): Promise<readonly SessionKey[]>;
  /** Open sessions whose deadline has come, earliest first. */
  due(nowMs: Instant, limit: number): Promise<readonly SessionKey[]>;
  /** The newest instant that any commit carries, or null: a new process never goes back behind it. */
  lastAtMs(): Promise<Instant | null>;
  /** How an input ended, or null when it never came. */
  inputOutcome(key: SessionKey, id: Id): Promise<InputOutcome | null>;

  /** Takes up to `limit` jobs that are due and not leased, oldest first, leases them and counts the attempt. */
  takeEffects(options: {
    nowMs: Instant;
    leaseUntilMs: Instant;
    limit: number;
  }): Promise<readonly EffectJob[]>;
  /** Gives a job back, to be taken again at `notBeforeMs`. */
  postponeEffect(job: SessionKey & { readonly id: Id }, notBeforeMs: Instant): Promise<void>;
  /** Marks a job done without a commit of its session. */
  settleEffect(job: SessionKey & { readonly id: Id }): Promise<void>;

  /** Keeps a new link. */
  addLink(link: LinkRecord): Promise<void>;
  /** By the hash of its token; null when there is none. */
  findLink(tokenHash: string): Promise<LinkRecord | null>;
  /** Binds the link to the device and adds the credential, in one transaction; false when another device was first. */
  redeemLink(tokenHash: string, credential: CredentialRecord): Promise<boolean>;
  /** By its hash; null when there is none. */
  findCredential(hash: string): Promise<CredentialRecord | null>;

  /** Keeps the newest of each device; an older instant changes nothing. */
  recordDevices(devices: readonly DeviceRecord[]): Promise<void>;
  /** Every device of a session that was ever heard. */
  devices(key: SessionKey): Promise<readonly DeviceRecord[]>;

  /** Events after a position, in the order of commits: for sinks. */
  eventsAfter(position: number, limit: number): Promise<readonly PlacedEvent[]>;
  /** Events of one session after a sequence. */
  events(key: SessionKey, afterSequence: number, limit: number): Promise<readonly AuditEvent[]>;
  /** How far a sink has everything; 0 at first. */
  cursor(sink: Code): Promise<number>;
  /** Called once the sink has everything up to this position. */
  moveCursor(sink: Code, position: number): Promise<void>;

  /** Gives the store free; no call comes after it. */
  close(): Promise<void>;
}
