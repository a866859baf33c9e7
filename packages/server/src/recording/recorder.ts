import type { Code, Id, Instant } from '@holdfast/protocol';
import type { SessionKey } from '../store/store.js';

/** One recording of one session. Identifiers and codes only: no names. */
export interface RecordingRequest extends SessionKey {
  /** The same on every try; of beginning and of ending one each. */
  readonly id: Id;
  /** 1, 2, 3 …: each beginning is another recording. */
  readonly take: number;
  /** The session's video room. */
  readonly room: Id;
  /** A rehearsal (A27). */
  readonly drill: boolean;
  /** Version of the service's recording policy under which both agreed (E16). */
  readonly recordingPolicy: Code | null;
  /** When the session decided it, on the authority's clock. */
  readonly atMs: Instant;
}

/**
 * The port of the host's recorder. Holdfast has none of its own: without this one a policy that allows recording is
 * refused. Each may be called again with the same arguments. `start` resolves once it records, `stop` once nothing is
 * recorded any more; `signal` ends a try that takes too long, which counts as failed.
 */
export interface Recorder {
  /** Both the client and management have agreed (E15). */
  start(request: RecordingRequest, signal: AbortSignal): Promise<void>;
  /** At once, also when it is not known whether it began. It is tried again until it resolves. */
  stop(request: RecordingRequest, signal: AbortSignal): Promise<void>;
}
