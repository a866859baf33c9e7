export type WebRtcErrorCode = 'wrong-grant';

/** The only error this package throws. `message` never holds personal data or an address: it is safe to log. */
export class WebRtcError extends Error {
  override readonly name = 'WebRtcError';
  readonly code: WebRtcErrorCode;
  constructor(code: WebRtcErrorCode, detail: string, options?: ErrorOptions) {
    super(`[${code}] ${detail}`, options);
    this.code = code;
  }
}
