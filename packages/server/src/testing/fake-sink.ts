import type { AuditEvent } from '@holdfast/protocol';
import type { Sink } from '../sinks/sink.js';

/** A sink that keeps what it was given. */
export interface FakeSink extends Sink {
  /** Every event that was taken, once, in order. */
  readonly events: readonly AuditEvent[];
  /** `hanging`: takes the batch and never answers. */
  behave(how: 'working' | 'failing' | 'hanging'): void;
}

/** An audit sink in memory. */
export function fakeSink(name = 'fake'): FakeSink {
  const events: AuditEvent[] = [];
  let behaviour: 'working' | 'failing' | 'hanging' = 'working';
  return {
    name,
    events,
    behave: (how) => void (behaviour = how),
    async write(batch) {
      if (behaviour === 'failing') throw new Error('the fake sink was told to fail');
      if (behaviour === 'hanging') await new Promise<never>(() => {});
      for (const event of batch) if (!events.some((taken) => taken.id === event.id)) events.push(event);
    },
    close: async () => {},
  };
}
