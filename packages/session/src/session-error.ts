/**
 * Closed set of codes; docs/errors.md says who must act. A refusal by the session server keeps its own code
 * (`link-used`, `wrong-credential` …) in `refusal`.
 */
export type SessionErrorCode =
  'refused' | 'unreachable' | 'no-transport' | 'bad-option' | 'endless-step' | 'unreadable';

/** The only error this package throws. `message` never holds personal data: it is safe to log. */
export class SessionError extends Error {
  /** For `catch` across bundles, where `instanceof` fails. */
  override readonly name = 'SessionError';
  /** Callers branch on this, never on the message. */
  readonly code: SessionErrorCode;
  /** With `refused`: the session server's code. */
  readonly refusal: string | null;
  /** With `refused`: a plain sentence for the person. */
  readonly sentence: string | null;
  constructor(
    code: SessionErrorCode,
    detail: string,
    options?: ErrorOptions & { readonly refusal?: string; readonly sentence?: string },
  ) {
    super(`[${code}] ${detail}`, options);
    this.code = code;
    this.refusal = options?.refusal ?? null;
    this.sentence = options?.sentence ?? null;
  }
}
