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

/** What a page says by itself: nobody is told how it was settled. */
export const UNTOLD: readonly string[] = ['person.left', 'media.reported', 'media.observed'];
