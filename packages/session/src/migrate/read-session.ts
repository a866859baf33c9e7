import type { Policy } from '@holdfast/protocol';
import { SessionError } from '../session-error.js';
import { parseSession } from '../step/session-text.js';
import type { Session } from '../step/session.js';
import { sessionFromV1, SessionV1 } from './session-v1.js';

/** A session as a store gives it back. */
export interface ReadSession {
  /** In the shape of this version. */
  readonly session: Session;
  /** The older version that it was stored in; null for this one. What was agreed under an older one is asked again (R8). */
  readonly migratedFrom: 1 | null;
}

/**
 * Reads a stored session of this version or of the one before. Every store loads by this. Pure.
 *
 * @param text What `writeSession` gave, or the whole session as JSON as version 1 stored it.
 * @param policy The session's own, kept beside it; null where it is inside (version 1).
 * @throws SessionError `unreadable`: of a version that is not known here, or not a session at all. It is never guessed at.
 */
export function readSession(text: string, policy: Policy | null): ReadSession {
  if (policy !== null) return { session: parseSession(text, policy), migratedFrom: null };
  const stored: unknown = JSON.parse(text);
  const version =
    typeof stored === 'object' && stored !== null && 'version' in stored ? stored.version : undefined;
  if (version === 2)
    throw new SessionError(
      'unreadable',
      'a session of version 2 cannot be read: its policy is not beside it',
    );
  if (version !== 1)
    throw new SessionError(
      'unreadable',
      `a session of version ${String(version)} is not known here: this version reads 1 and 2. Start the version that wrote it.`,
    );
  const parsed = SessionV1.safeParse(stored);
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path }) => path.join('.')).slice(0, 5);
    throw new SessionError('unreadable', `not a session of version 1; look at ${places.join(', ')}`);
  }
  return { session: sessionFromV1(parsed.data), migratedFrom: 1 };
}
