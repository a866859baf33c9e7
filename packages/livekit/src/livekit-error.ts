export type LiveKitErrorCode = 'wrong-grant';

/** The only error this package throws. `message` never holds personal data, a token or an address: it is safe to log. */
export class LiveKitError extends Error {
  override readonly name = 'LiveKitError';
  readonly code: LiveKitErrorCode;
  constructor(code: LiveKitErrorCode, detail: string, options?: ErrorOptions) {
    super(`[${code}] ${detail}`, options);
    this.code = code;
  }
}
