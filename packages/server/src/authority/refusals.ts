import type { Instant, RefusalCode } from '@holdfast/protocol';
import type { SessionKey } from '../store/store.js';
import type { Desk } from './desk.js';
import { SERVER } from './event-chain.js';

/** One event in this time for each link or credential: who tries without end fills no record. */
const ONE_EVENT_EVERY_MS = 60_000;

/** Something that was not let in, in a session that is known. */
export interface Refused {
  readonly key: SessionKey;
  readonly code: RefusalCode;
  /** What was tried. */
  readonly input: 'redeem' | 'beacon' | 'hello';
  /** Hash of the link's token or of the credential, or the device that it is for: its tries are counted together. */
  readonly by: string;
}

interface Counted {
  readonly notedAtMs: Instant;
  readonly last: Refused;
  /** Since the newest event. */
  readonly count: number;
}

export interface RefusalsOptions {
  readonly nowMs: () => Instant;
  readonly deskOf: (key: SessionKey) => Promise<Desk | null>;
}

/** Writes down who was not let in: the first at once, and how many more came, once a minute (R3). */
export class Refusals {
  readonly #options: RefusalsOptions;
  readonly #counted = new Map<string, Counted>();

  constructor(options: RefusalsOptions) {
    this.#options = options;
  }

  async note(refused: Refused): Promise<void> {
    const name = `${refused.key.tenant}/${refused.key.session}/${refused.by}`;
    const known = this.#counted.get(name);
    if (known !== undefined) {
      this.#counted.set(name, { ...known, last: refused, count: known.count + 1 });
      return;
    }
    this.#counted.set(name, { notedAtMs: this.#options.nowMs(), last: refused, count: 0 });
    await this.#write(refused, 1);
  }

  /** On the regular look, and at the end: what came after the newest event of each. */
  async look(isEnd = false): Promise<void> {
    const atMs = this.#options.nowMs();
    for (const [name, { notedAtMs, last, count }] of this.#counted) {
      if (!isEnd && atMs - notedAtMs < ONE_EVENT_EVERY_MS) continue;
      if (count === 0) this.#counted.delete(name);
      else this.#counted.set(name, { notedAtMs: atMs, last, count: 0 });
      if (count > 0) await this.#write(last, count);
    }
  }

  async #write({ key, code, input }: Refused, count: number): Promise<void> {
    const desk = await this.#options.deskOf(key).catch(() => null);
    const details = { input, count };
    void desk
      ?.note({ kind: 'input.refused', rules: ['R3'], subject: null, actor: SERVER, outcome: code, details })
      .catch(() => {});
  }
}
