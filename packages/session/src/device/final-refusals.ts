/** After these the session server does not want this device again; others may pass. */
export const FINAL_REFUSALS: readonly string[] = [
  'unknown-session',
  'unknown-person',
  'wrong-credential',
  'wrong-origin',
  'version-unknown',
  'session-closed',
];
/** After these what the tab kept opens nothing any more (H18). */
export const USELESS_AFTER: readonly string[] = ['wrong-credential', 'unknown-session', 'session-closed'];
