/** Closed: callers branch on it; docs/errors.md says who must act. */
export type CliErrorCode =
  'bad-option' | 'no-livekit' | 'livekit-failed' | 'no-port' | 'no-address' | 'folder-in-use';

/** The only error this package throws. `message` is a sentence for whoever typed the command. */
export class CliError extends Error {
  /** For `catch` across bundles, where `instanceof` fails. */
  override readonly name = 'CliError';
  /** Callers branch on this, never on the message. */
  readonly code: CliErrorCode;
  constructor(code: CliErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
