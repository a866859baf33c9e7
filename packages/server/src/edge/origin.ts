import type { IncomingMessage } from 'node:http';

/**
 * Whether a page may talk to this session server: a page of the same host, or one that the host named. A request
 * without an origin comes from no browser page; it still needs a link or a credential.
 */
export function isOriginAllowed(request: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
