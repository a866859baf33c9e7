/** Closed: callers branch on it; docs/errors.md says who must act. */
export type CliErrorCode =
  'bad-option' | 'no-livekit' | 'livekit-failed' | 'no-port' | 'no-address' | 'folder-in-use';

/** The only error this package throws. `message` is a sentence for whoever typed the command. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  constructor(code: CliErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
