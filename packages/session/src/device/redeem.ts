import { Id, RedeemAnswer, SERVER_PATHS, type RedeemRequest } from '@holdfast/protocol';
import * as z from 'zod/mini';
import { SessionError } from '../session-error.js';

/** What a device needs to come back after a reload: no name, number or address is in it (H18). */
export const KeptSession = z.strictObject({ ...RedeemAnswer.shape, device: z.string() });
export type KeptSession = z.infer<typeof KeptSession>;

/** Of a session that is kept, or of a tab whose link was not answered yet. */
const KeptDevice = z.object({ device: Id });
type KeptDevice = z.infer<typeof KeptDevice>;

export type SessionStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Where a page's session is kept: one a page address, so that two pages of a host do not mix, and one a name there, so
 * that two sessions of a page do not.
 */
export class SessionKeep {
  readonly #store: SessionStore;
  readonly #key: string;

  constructor(store: SessionStore, link: URL, name?: string) {
    this.#store = store;
    const page = `holdfast:${link.pathname}${link.search}`;
    // A page address has no `#`: no name can stand for another page.
    this.#key = name === undefined ? page : `${page}#${name}`;
  }

  read(): KeptSession | null {
    const parsed = KeptSession.safeParse(this.#content());
    return parsed.success ? parsed.data : null;
  }

  write(session: KeptSession | KeptDevice): void {
    try {
      this.#store.setItem(this.#key, JSON.stringify(session));
    } catch {
      // Storage is blocked: the session works, a reload needs a new link.
    }
  }

  /** The name that this tab has as a device, from before its link is traded. */
  get device(): Id | null {
    const parsed = KeptDevice.safeParse(this.#content());
    return parsed.success ? parsed.data.device : null;
  }

  forget(): void {
    try {
      this.#store.removeItem(this.#key);
    } catch {
      // Storage is blocked: nothing was kept.
    }
  }
  #content(): unknown {
    try {
      return JSON.parse(this.#store.getItem(this.#key) ?? 'null');
    } catch {
      return null; // Storage is blocked or holds something else: the link is asked for again.
    }
  }
}

/** Why the session server did not take what was asked: a code, and a sentence for the person. */
export const RefusedBody = z.object({ code: z.string(), sentence: z.string() });

/** The browser's `fetch`, as far as it is used here. */
export type Ask = (
  address: string,
  init: { method: 'POST'; headers: Record<string, string>; body: string; signal: AbortSignal },
) => Promise<{ readonly ok: boolean; json(): Promise<unknown> }>;

export interface RedeemOptions {
  readonly link: URL;
  /** Base path or address of the session server. */
  readonly server: string;
  readonly device: Id;
  readonly ask: Ask;
}

const ANSWER_WITHIN_MS = 10_000;

export const serverAddress = (link: URL, server: string, path: string): string =>
  new URL(server + path, link).href;

/**
 * Trades the link's token for this device's credential by POST: a link scanner that only opens the page burns nothing.
 * Throws `refused` (with the session server's code) and `unreachable`.
 */
export async function redeem({ link, server, device, ask }: RedeemOptions): Promise<KeptSession> {
  const request: RedeemRequest = { token: link.hash.slice(1), device };
  const address = serverAddress(link, server, SERVER_PATHS.redeem);
  let response: Awaited<ReturnType<Ask>>;
  let body: unknown;
  try {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    response = await ask(address, { method: 'POST', headers, body: JSON.stringify(request), signal });
    body = await response.json();
  } catch (cause) {
    throw new SessionError('unreachable', 'the session server did not answer to the join link', { cause });
  }
  const answer = RedeemAnswer.safeParse(body);
  if (response.ok && answer.success) return { ...answer.data, device };
  const refused = RefusedBody.safeParse(body);
  if (!refused.success)
    throw new SessionError('unreachable', 'what answered to the join link is no session server');
  const { code, sentence } = refused.data;
  throw new SessionError('refused', `the join link was refused: ${code}`, { refusal: code, sentence });
}
