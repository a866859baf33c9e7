import type { AlertCause, Code, Id, Instant } from '@holdfast/protocol';

/** What one named person of the service's staff is told. Identifiers and codes only: no names, no numbers (H18). */
export interface AlertNotice {
  /** The same on every try: the receiver drops what it has (H09). */
  readonly id: Id;
  /** `stoodDown`: nobody is needed any more. */
  readonly kind: 'alert' | 'stoodDown';
  /** Of the session. */
  readonly tenant: Id;
  /** The host's reference. */
  readonly session: Id;
  /** A rehearsal: say so first (A27). */
  readonly drill: boolean;
  /** One alert of one person; several notices may belong to it. */
  readonly alert: Id;
  /** Who is alerted; the host knows how to reach them. */
  readonly person: Id;
  /** Why; null when it is stood down. */
  readonly cause: AlertCause | null;
  /** About whom, or null when it is about the session. */
  readonly client: Id | null;
  /** The run that it belongs to, or null. */
  readonly run: Id | null;
  /** 1, 2, 3 …: repeats after the whole list was used up. */
  readonly attempt: number;
  /** When the alert was raised, on the authority's clock. */
  readonly atMs: Instant;
  /** This person's own link to the plain duty page. A secret: it goes to them and nowhere else. */
  readonly joinLink: string | null;
}

/**
 * The port of an alert channel to the service's staff. Resolves when the channel has taken the notice; a rejection is
 * tried again with the same id. Held to test/contracts/alert.
 */
export interface Alert {
  /** In the events `alert.delivered` and `alert.failed`. */
  readonly name: Code;
  /** Hands one notice on. `signal` ends it when it takes too long; that counts as failed. */
  send(notice: AlertNotice, signal: AbortSignal): Promise<void>;
  /**
   * Tests the channel without alerting anybody (A17, A21): resolves when a notice would be taken now. Left out: nobody
   * knows until the first alert, and the practitioner is told so.
   */
  test?(signal: AbortSignal): Promise<void>;
  /** The session server ends: finishes what is on its way. */
  close(): Promise<void>;
}
