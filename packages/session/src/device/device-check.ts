import { CheckAnswer, SERVER_PATHS, type CheckRequest } from '@holdfast/protocol';
import { SessionError } from '../session-error.js';
import type { Preflight } from '../view/types.js';
import { PageMedia } from './local-media.js';
import { browserPlatform, type Platform } from './platform.js';
import { RefusedBody, serverAddress } from './redeem.js';
import type { LocalMedia } from './types.js';

/** What a test link needs to become a check. */
export interface DeviceCheckOptions {
  /** The test link, with its token after `#`. */
  readonly link: string;
  /** Base path or address of the session server. Default `/holdfast`. */
  readonly server?: string;
  /** Something of the check is another than before. */
  readonly onChange: () => void;
}

/** The check of one's own device before a session: it joins nobody, and nobody is told of it (A43). */
export interface DeviceCheck {
  /** Camera and microphone, tried out on this page only. */
  readonly media: LocalMedia;
  /** Browser, connection and battery, as far as they are known now. */
  readonly preflight: Preflight;
  /** The connection is being measured. */
  readonly isMeasuring: boolean;
  /** Version of the service's text that says how to join; null without one. */
  readonly joining: string | null;
  /** The session is a rehearsal. */
  readonly drill: boolean;
  /** Measures the connection again, where the browser tells nothing of it. */
  measure(): Promise<void>;
  /** Lets go of camera and microphone. */
  end(): void;
}

const ANSWER_WITHIN_MS = 10_000;

/**
 * Opens a test link, as often as somebody likes. Throws `refused` (with the session server's code and a sentence for the
 * person), `unreachable` and `bad-option`.
 */
export const checkDevice = (options: DeviceCheckOptions): Promise<DeviceCheck> =>
  checkDeviceOn(browserPlatform(), options);

/** `checkDevice` on a given platform: for tests. */
export async function checkDeviceOn(platform: Platform, options: DeviceCheckOptions): Promise<DeviceCheck> {
  try {
    const { server = SERVER_PATHS.base, onChange } = options;
    const link = parsed(options.link);
    const token = link.hash.slice(1);
    const answer = await ask(platform, serverAddress(link, server, SERVER_PATHS.check), { token });
    const address = serverAddress(link, server, SERVER_PATHS.measure);
    return new OpenCheck(platform, answer, { address, key: token, onChange });
  } catch (error) {
    platform.end();
    throw error;
  }
}

function parsed(link: string): URL {
  if (!URL.canParse(link) || new URL(link).hash.length <= 1)
    throw new SessionError('bad-option', 'link is no address with a token');
  return new URL(link);
}

async function ask(platform: Platform, address: string, request: CheckRequest): Promise<CheckAnswer> {
  let body: unknown;
  let isOk: boolean;
  try {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await platform.ask(address, {
      method: 'POST',
      headers,
      body: JSON.stringify(request),
      signal,
    });
    isOk = answer.ok;
    body = await answer.json();
  } catch (cause) {
    throw new SessionError('unreachable', 'the session server did not answer to the test link', { cause });
  }
  const answer = CheckAnswer.safeParse(body);
  if (isOk && answer.success) return answer.data;
  const refused = RefusedBody.safeParse(body);
  if (!refused.success)
    throw new SessionError('unreachable', 'what answered to the test link is no session server');
  const { code, sentence } = refused.data;
  throw new SessionError('refused', `the test link was refused: ${code}`, { refusal: code, sentence });
}

interface CheckContext {
  readonly address: string;
  readonly key: string;
  readonly onChange: () => void;
}

class OpenCheck implements DeviceCheck {
  readonly media: PageMedia;
  readonly joining: string | null;
  readonly drill: boolean;
  isMeasuring = false;
  readonly #platform: Platform;
  readonly #context: CheckContext;

  constructor(platform: Platform, { joining, drill }: CheckAnswer, context: CheckContext) {
    this.#platform = platform;
    this.#context = context;
    this.joining = joining;
    this.drill = drill;
    this.media = new PageMedia({
      devices: platform.devices,
      onChange: context.onChange,
      // Nobody sees or hears anything of it.
      onTrack: () => undefined,
      onPictures: () => undefined,
    });
    void this.measure();
  }

  get preflight(): Preflight {
    return this.#platform.preflight();
  }

  async measure(): Promise<void> {
    const { address, key, onChange } = this.#context;
    if (this.isMeasuring) return;
    this.isMeasuring = true;
    onChange();
    await this.#platform.measureLink(address, key);
    this.isMeasuring = false;
    onChange();
  }

  end(): void {
    this.media.dispose();
    this.#platform.end();
  }
}
