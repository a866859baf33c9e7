import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  Beacon,
  CheckRequest,
  MAX_MESSAGE_BYTES,
  RedeemRequest,
  SERVER_PATHS,
  refusal,
  type CheckAnswer,
  type RedeemAnswer,
  type RefusalCode,
} from '@holdfast/protocol';
import type { Authority } from '../authority/authority.js';
import type { Measuring } from './measure.js';
import { sessionOfTest } from '../joining.js';
import { isOriginAllowed } from './origin.js';

/** Path of the WebSocket, under the base path. */
export const SOCKET_PATH = '/socket';
const HEALTH_PATH = '/health';

const STATUS: Partial<Record<RefusalCode, number>> = {
  'wrong-origin': 403,
  'wrong-credential': 401,
  'link-used': 409,
  'link-expired': 410,
  'session-closed': 410,
  'unknown-session': 404,
  'too-large': 413,
  'too-fast': 429,
  'not-in-charge': 503,
};

export interface HttpEdgeOptions {
  readonly authority: Authority;
  readonly basePath: string;
  readonly allowedOrigins: readonly string[];
  /** What anybody may see: no identifiers. */
  readonly measuring: Measuring;
  readonly publicHealth: () => { readonly inCharge: boolean };
}

/** Answers requests under the base path. Returns false for all others: they are the host's. */
export function httpEdge(
  options: HttpEdgeOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { basePath } = options;
  const routes: Readonly<Record<string, Route>> = {
    [basePath + SERVER_PATHS.redeem]: { method: 'POST', answer: redeem },
    [basePath + SERVER_PATHS.beacon]: { method: 'POST', answer: beacon },
    [basePath + SERVER_PATHS.measure]: { method: 'POST', answer: measure },
    [basePath + SERVER_PATHS.check]: { method: 'POST', answer: check },
    [basePath + HEALTH_PATH]: { method: 'GET', answer: health },
  };
  return (request, response) => {
    const path = pathOf(request);
    if (path !== basePath && !path.startsWith(`${basePath}/`)) return false;
    void answer(routes[path], request, response, options).catch(() => response.destroy());
    return true;
  };
}

/** The path of a request without what follows `?`. */
export const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?')[0] ?? '/';

/** What a route answers. */
export interface Answer {
  readonly status: number;
  /** Written as JSON; bytes go out as they are. */
  readonly body: unknown;
}
interface Route {
  readonly method: 'GET' | 'POST';
  readonly answer: (body: unknown, options: HttpEdgeOptions, isOriginAllowed: boolean) => Promise<Answer>;
}

async function answer(
  route: Route | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpEdgeOptions,
): Promise<void> {
  const isAllowed = isOriginAllowed(request, options.allowedOrigins);
  const { origin } = request.headers;
  response.setHeader('cache-control', 'no-store');
  response.setHeader('vary', 'origin');
  if (isAllowed && origin !== undefined) response.setHeader('access-control-allow-origin', origin);
  if (request.method === 'OPTIONS' && isAllowed) {
    response
      .writeHead(204, {
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'content-type',
      })
      .end();
    return;
  }
  if (route === undefined)
    return write(response, { status: 404, body: { code: 'not-found', sentence: 'There is nothing here.' } });
  if (route.method !== request.method)
    return write(response, { status: 405, body: { code: 'malformed', sentence: 'Another method.' } });
  const body = route.method === 'POST' ? await readBody(request) : null;
  if (body === 'too-large') return write(response, refused('too-large'));
  write(response, await route.answer(body, options, isAllowed));
}

/** The other side has gone, or is too slow: it has what it has. */
const SEND_WITHIN_MS = 5000;

function write(response: ServerResponse, { status, body }: Answer): void {
  if (body instanceof Readable) {
    // Made smaller on the way, it would measure nothing.
    response.writeHead(status, {
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store, no-transform',
    });
    const signal = AbortSignal.timeout(SEND_WITHIN_MS);
    void pipeline(body, response, { signal }).catch(() => response.destroy());
    return;
  }
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(body === null ? undefined : JSON.stringify(body));
}

const refused = (code: RefusalCode): Answer => {
  const { sentence } = refusal(code);
  return { status: STATUS[code] ?? 400, body: { code, sentence } };
};

async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_MESSAGE_BYTES) return 'too-large';
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return null;
  }
}

/** The answer to a join link's token, however it came. */
export async function redeem(
  body: unknown,
  { authority, basePath }: Pick<HttpEdgeOptions, 'authority' | 'basePath'>,
  isAllowed: boolean,
): Promise<Answer> {
  const parsed = RedeemRequest.safeParse(body);
  if (!parsed.success) return refused(isAllowed ? 'malformed' : 'wrong-origin');
  const result = await authority.admission.redeem(parsed.data, isAllowed);
  if (!result.ok) return refused(result.code);
  const { member, credential, role, drill } = result;
  const answer: RedeemAnswer = {
    credential,
    session: member.session,
    person: member.person,
    role,
    drill,
    socket: basePath + SOCKET_PATH,
  };
  return { status: 200, body: answer };
}

async function beacon(body: unknown, { authority }: HttpEdgeOptions, isAllowed: boolean): Promise<Answer> {
  if (!isAllowed) return refused('wrong-origin');
  const parsed = Beacon.safeParse(body);
  if (!parsed.success) return refused('malformed');
  const code = await authority.admission.takeBeacon(parsed.data);
  return code === null ? { status: 204, body: null } : refused(code);
}

async function measure(body: unknown, { measuring }: HttpEdgeOptions, isAllowed: boolean): Promise<Answer> {
  if (!isAllowed) return refused('wrong-origin');
  const bytes = await measuring(body);
  return typeof bytes === 'string' ? refused(bytes) : { status: 200, body: bytes };
}

/** A43: what the page of a test link needs. Nobody has come by it, and nothing is noted. */
async function check(body: unknown, { authority }: HttpEdgeOptions, isAllowed: boolean): Promise<Answer> {
  if (!isAllowed) return refused('wrong-origin');
  const parsed = CheckRequest.safeParse(body);
  if (!parsed.success) return refused('malformed');
  const session = await sessionOfTest(authority, parsed.data.token);
  if (typeof session === 'string') return refused(session);
  const answer: CheckAnswer = { drill: session.drill, joining: session.policy.texts.joining ?? null };
  return { status: 200, body: answer };
}

async function health(_body: unknown, { publicHealth }: HttpEdgeOptions): Promise<Answer> {
  const state = publicHealth();
  return { status: state.inCharge ? 200 : 503, body: state };
}
