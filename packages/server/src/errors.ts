/** Closed: callers branch on it; docs/errors.md says who must act. */
export type ServerErrorCode =
  | 'bad-option'
  | 'bad-policy'
  | 'bad-key'
  | 'unknown-session'
  | 'unknown-person'
  | 'session-exists'
  | 'session-closed'
  | 'session-begun'
  | 'session-unreadable'
  | 'store-unavailable'
  | 'store-newer'
  | 'store-in-use'
  | 'delivery-failed'
  | 'video-failed'
  | 'server-closed';

/** The only error this package throws. `message` never holds personal data or secrets: it is safe to log. */
export class ServerError extends Error {
  /** For `catch` across bundles, where `instanceof` fails. */
  override readonly name = 'ServerError';
  /** Callers branch on this, never on the message. */
  readonly code: ServerErrorCode;
  constructor(code: ServerErrorCode, detail: string, options?: ErrorOptions) {
    super(`[${code}] ${detail}`, options);
    this.code = code;
  }
}
