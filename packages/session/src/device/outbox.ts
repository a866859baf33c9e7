import {
  REFUSALS,
  type Command,
  type DeviceMessage,
  type Fact,
  type Id,
  type Instant,
  type Personal,
  type RefusalCode,
  type ServerMessage,
} from '@holdfast/protocol';
import type { SendResult } from './types.js';

type InputMessage = Extract<DeviceMessage, { type: 'input' }>;
type Settled = Extract<ServerMessage, { type: 'settled' }>;

interface Entry {
  readonly message: InputMessage;
  /** Null once the sender was told that it is queued. */
  answer: ((result: SendResult) => void) | null;
}

export interface OutboxOptions {
  /** Hands an input to the line; false when it is down. */
  readonly send: (message: InputMessage) => boolean;
  readonly newId: () => Id;
  /** The answer to an input whose sender had been told `queued`. */
  readonly onLateAnswer: (body: Command | Fact, result: SendResult) => void;
}

/**
 * What was said and is not yet settled, in order, in memory only (it may hold words for the vault). It is sent again
 * after every break until the session server answers; the id makes repeats harmless.
 */
export interface Outbox {
  /** What the person said and nobody has yet. Reports about media are the device's own: nobody waits for those. */
  readonly unsent: number;
  add(body: Command | Fact, saidAtMs: Instant, personal?: Personal): Promise<SendResult>;
  settle(settled: Settled): void;
  /** The person took back what nobody has answered yet: it is not said again. */
  withdraw(type: (Command | Fact)['type']): void;
  /** The line is back: everything once more. */
  resend(): void;
  /** The line is down: whoever waits is told that it is queued. */
  lineIsDown(): void;
  clear(): void;
}

/** What a device sees by itself: nobody waits for it, and only the newest of each matters. */
const SEEN: readonly string[] = ['media.reported', 'media.observed'];

export function createOutbox(options: OutboxOptions): Outbox {
  const entries = new Map<Id, Entry>();
  const tell = (entry: Entry, result: SendResult) => {
    entry.answer?.(result);
    entry.answer = null;
  };
  const drop = (type: (Command | Fact)['type'], result: SendResult) => {
    for (const [id, entry] of entries) {
      if (entry.message.body.type !== type) continue;
      entries.delete(id);
      tell(entry, result);
    }
  };
  return {
    get unsent() {
      return [...entries.values()].filter(({ message }) => !SEEN.includes(message.body.type)).length;
    },
    add(body, saidAtMs, personal) {
      // Only the newest of what a device saw of its media matters: an older one must not be replayed after it.
      if (SEEN.includes(body.type)) drop(body.type, { outcome: 'accepted' });
      const message: InputMessage = {
        type: 'input',
        id: options.newId(),
        saidAtMs,
        body,
        ...(personal && { personal }),
      };
      return new Promise((answer) => {
        const entry: Entry = { message, answer };
        entries.set(message.id, entry);
        if (!options.send(message)) tell(entry, { outcome: 'queued' });
      });
    },
    settle(settled) {
      const entry = entries.get(settled.id);
      if (entry === undefined) return;
      entries.delete(settled.id);
      const result = toResult(settled);
      if (entry.answer === null) options.onLateAnswer(entry.message.body, result);
      tell(entry, result);
    },
    withdraw: (type) => drop(type, { outcome: 'queued' }),
    resend() {
      for (const { message } of entries.values()) options.send(message);
    },
    lineIsDown() {
      for (const entry of entries.values()) tell(entry, { outcome: 'queued' });
    },
    clear() {
      for (const entry of entries.values()) tell(entry, { outcome: 'queued' });
      entries.clear();
    },
  };
}

function toResult(settled: Settled): SendResult {
  if (settled.outcome === 'accepted') return { outcome: 'accepted' };
  const code = settled.code ?? 'not-now';
  const known: Readonly<Record<string, string>> = REFUSALS;
  const sentence = settled.sentence ?? known[code] ?? REFUSALS['not-now'];
  return {
    outcome: 'refused',
    code: code satisfies RefusalCode | string,
    sentence,
    missing: settled.missing ?? [],
  };
}
