/** Closed: callers branch on it; docs/errors.md says who must act. */
export type ServerErrorCode =
  | 'bad-option'
  | 'bad-policy'
  | 'bad-key'
  | 'unknown-session'
  | 'unknown-person'
  | 'session-exists'
  | 'session-closed'
  | 'store-unavailable'
  | 'store-newer'
  | 'store-in-use'
  | 'delivery-failed'
  | 'video-failed'
  | 'server-closed';

/** The only error this package throws. `message` never holds personal data or secrets: it is safe to log. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly code: ServerErrorCode;
  constructor(code: ServerErrorCode, detail: string, options?: ErrorOptions) {
    super(`[${code}] ${detail}`, options);
    this.code = code;
  }
}
