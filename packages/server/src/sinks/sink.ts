import type { AuditEvent, Code } from '@holdfast/protocol';

/**
 * The port of an audit sink: where the host wants its record. At least once, in the order of commits; an event's `id`
 * tells a repeat apart. Slow, hanging or failing sinks delay nothing (A02, H17). Held to test/contracts/sink.
 */
export interface Sink {
  /** Names the sink's cursor in the store: keep it over restarts. */
  readonly name: Code;
  /** Resolves when the events are safe with the host; a rejection is tried again with the same events and later ones. */
  write(events: readonly AuditEvent[], signal: AbortSignal): Promise<void>;
  /** The session server ends: finishes what is on its way. */
  close(): Promise<void>;
}
