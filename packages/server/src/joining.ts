import type { Id, Instant, RefusalCode } from '@holdfast/protocol';
import { referenceTexts, type Text } from '@holdfast/protocol/texts';
import type { Session } from '@holdfast/session/authority';
import type { Authority } from './authority/authority.js';
import type { Desk } from './authority/desk.js';
import { ServerError } from './errors.js';
import type { Settings } from './options.js';
import { startsAtOf } from './scheduling/appointments.js';

/** A text as it is sent: without the language, which the host knows. */
export type JoiningText = Pick<Text, 'title' | 'paragraphs'>;

/** What a host sends to a person before a session, by its own mail or message (A43). */
export interface Joining {
  /** Version of the policy's text `joining`; null where it names none. */
  readonly textVersion: string | null;
  /** The steps in plain words; null where `texts` has no words for this version. */
  readonly text: JoiningText | null;
  /**
   * Opens the check of camera, microphone, speaker and connection, as often as they like, until the session is closed. It
   * joins nobody and leaves nothing in the record. Null where the session server has no `checkUrl`.
   */
  readonly testLink: string | null;
  /** When it begins; null without a time. */
  readonly startsAtMs: Instant | null;
}

/** For whom, and in which words. */
export interface JoiningOptions {
  /** The host's reference, as in `createSession`. */
  readonly person: Id;
  /** The host's own words or translations, by version. Default: the reference texts. */
  readonly texts?: Readonly<Record<string, JoiningText>>;
}

const REFERENCE: Readonly<Record<string, JoiningText>> = Object.fromEntries(
  Object.values(referenceTexts).map(({ version, title, paragraphs }) => [version, { title, paragraphs }]),
);

/** The words of a version. */
const textOf = (
  version: string | undefined,
  texts: Readonly<Record<string, JoiningText>> = REFERENCE,
): JoiningText | null => (version === undefined ? null : (texts[version] ?? null));

/** A test link opens nothing but a check, so it may lie about longer than a join link. */
const TEST_LINK_VALID_MS = 30 * 86_400_000;

/** What is sent to one person. Nothing of the session changes by it. */
export async function joiningOf(
  { links, nowMs }: Pick<Authority, 'links' | 'nowMs'>,
  { checkUrl }: Pick<Settings, 'checkUrl'>,
  desk: Desk,
  { person, texts }: JoiningOptions,
  stored: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<Joining> {
  if (desk.personOf(person) === undefined)
    throw new ServerError('unknown-person', 'no such person in this session');
  if (!desk.live.record.isOpen)
    throw new ServerError('session-closed', 'nobody joins a session that is closed');
  const { session } = desk.live;
  const { joining } = session.policy.texts;
  const startsAtMs = startsAtOf(session);
  const expiresAtMs = Math.max(nowMs(), startsAtMs ?? 0) + TEST_LINK_VALID_MS;
  const token =
    checkUrl === null ? null : await stored(() => links.makeTest({ ...desk.key, person }, expiresAtMs));
  return {
    textVersion: joining ?? null,
    text: textOf(joining, texts),
    testLink: token === null ? null : `${checkUrl}#${token}`,
    startsAtMs,
  };
}

/** The session that a test link is for, as long as it is not closed; or why not. Nobody has come by asking, and nothing is noted. */
export async function sessionOfTest(
  { links, desks, nowMs }: Pick<Authority, 'links' | 'desks' | 'nowMs'>,
  token: string,
): Promise<Session | RefusalCode> {
  try {
    const key = await links.testOf(token, nowMs());
    if (key === null) return 'link-expired';
    const desk = await desks.find(key);
    if (desk === null) return 'unknown-session';
    return desk.live.record.isOpen ? desk.live.session : 'session-closed';
  } catch {
    return 'not-in-charge';
  }
}
