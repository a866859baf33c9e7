// For applications: small hosts that start on one machine.
export { devOptions, startDev } from './dev/dev-options.js';
export type { DevLivekit, DevOptions } from './dev/dev-options.js';
export type { DevPractice } from './dev/dev-flags.js';
export { CliError } from './cli-error.js';
export type { CliErrorCode } from './cli-error.js';

// For adapter authors: the command itself.
export { runCommand } from './run-command.js';
