/** Why something was refused. Closed: callers branch on it; docs/errors.md says who must act. */
export const REFUSALS = {
  'not-allowed': 'Your role may not do this.',
  'not-now': 'This cannot be done at this point of the session.',
  'gate-open': 'Some checks are not settled yet.',
  'not-admitted': 'The practitioner has not let this person in yet.',
  'run-open': 'Contact is not settled yet. Settle that first.',
  'crisis-open': 'A crisis is open. It must be resolved first.',
  'pathway-open': 'A pathway is still open. Settle it first.',
  'follow-up-open': 'A follow-up must be settled or handed over first.',
  'recording-prohibited': 'This service does not record.',
  'ringing-blocked': 'It is not safe to reach the client in this way.',
  'reason-missing': 'Say why first.',
  'help-open': 'The client asked for someone. Answer that first.',
  'disposition-missing': 'Say how the session ended first.',
  'rationale-missing': 'Say where the reasons are written down first, or hand that over.',
  'alternative-missing': 'Offer another way first: what, when, and whom to turn to until then.',
  'stale-run': 'This belongs to an earlier loss of contact.',
  'not-owner': 'Someone else is acting on this now.',
  'channel-not-safe': 'The client has not marked this way as safe.',
  'bad-answer': 'This answer does not belong to this check.',
  'bad-time': 'The time to look again is too far ahead.',
  'unknown-person': 'There is no such person in this session.',
  malformed: 'The message could not be read.',
  'too-large': 'The message is too large.',
  'unknown-session': 'There is no such session.',
  'link-used': 'This link has already been used. Ask for a new one.',
  'link-expired': 'This link is no longer valid. Ask for a new one.',
  'wrong-credential': 'This device is not known here. Open your link again.',
  'wrong-origin': 'This page is not allowed to connect.',
  'version-unknown': 'This page is out of date. Reload it.',
  'too-fast': 'Too many messages. Wait a moment.',
  'opened-elsewhere': 'The session was opened on another device.',
  'session-closed': 'The session is closed.',
  'not-in-charge': 'The session server cannot store anything at the moment.',
} as const;
/** One of the codes of {@link REFUSALS}. */
export type RefusalCode = keyof typeof REFUSALS;

/** An input that was not taken: nothing changed. The sentence is plain and holds no personal data. */
export interface Refusal {
  /** For programs. */
  readonly code: RefusalCode;
  /** For people: plain English, safe to show. */
  readonly sentence: string;
  /** What is missing (item names), when that helps. */
  readonly missing: readonly string[];
}

/** The refusal of a code, with its sentence. */
export const refusal = (code: RefusalCode, missing: readonly string[] = []): Refusal => ({
  code,
  sentence: REFUSALS[code],
  missing,
});
