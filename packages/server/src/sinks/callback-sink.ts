import type { AuditEvent, Code } from '@holdfast/protocol';
import type { Sink } from './sink.js';

/** Gives events to a function of the host, in batches, in order. A rejection is tried again. */
export function callbackSink(options: {
  readonly name: Code;
  readonly write: (events: readonly AuditEvent[]) => void | Promise<void>;
}): Sink {
  return {
    name: options.name,
    write: async (events) => options.write(events),
    close: async () => {},
  };
}
