import { randomUUID } from 'node:crypto';
import { isParticipant, type Id } from '@holdfast/protocol';
import { ServerError } from './errors.js';
import {
  makeSession,
  type MadeSession,
  type NewPerson,
  type NewSessionOptions,
  type SessionSettings,
} from './new-session.js';
import { checkShapes, type OptionShapes } from './option-shapes.js';
import { checkHostId, checkedPolicy } from './options.js';

/** A joint meeting as the host asks for it: a couple, or a family. */
export interface NewMeetingOptions {
  /** The host's reference. Default: made at random. */
  readonly id?: Id;
  /**
   * One session for each client, 2 to 5, as for `createSession`: own policy, appointment, people and arrangements. The
   * same practitioners in each, in the same order; others who take part (an interpreter) in each session whose client
   * they may meet.
   */
  readonly sessions: readonly NewSessionOptions[];
}

const SHAPES: OptionShapes<NewMeetingOptions> = { id: 'one', sessions: 'list' };
const FEWEST = 2;
const MOST = 5;

/**
 * Makes the sessions of a joint meeting; nothing is stored yet.
 *
 * @throws ServerError `bad-option`, `bad-policy`.
 */
export function makeMeeting(
  options: NewMeetingOptions,
  settings: SessionSettings,
  atMs: number,
): { readonly id: Id; readonly made: readonly MadeSession[] } {
  checkShapes('createMeeting', options, SHAPES);
  const { sessions } = options;
  if (sessions.length < FEWEST || sessions.length > MOST)
    throw new ServerError(
      'bad-option',
      `sessions: a joint meeting has ${FEWEST} to ${MOST}, one for each client`,
    );
  const id = checkHostId('id', options.id ?? `m-${randomUUID()}`);
  const ids = sessions.map((session) => checkHostId('sessions.id', session.id ?? `s-${randomUUID()}`));
  const clients = sessions.map(clientOf);
  if (new Set(ids).size < ids.length || new Set(clients.map((client) => client.id)).size < ids.length)
    throw new ServerError('bad-option', 'sessions: two of them have the same id, or the same client');
  checkTogether(sessions, settings);
  const made = sessions.map((session, index) =>
    makeSession(session, ids[index] ?? '', settings, atMs, {
      joint: {
        meeting: { id, sessions: ids },
        fellows: clients.filter((_, other) => other !== index).map(nameOnly),
      },
    }),
  );
  return { id, made };
}

function clientOf({ people = [] }: Partial<NewSessionOptions>): NewPerson {
  const client = people.find(({ role }) => role === 'client');
  if (client === undefined)
    throw new ServerError('bad-option', 'sessions: each must hold a practitioner and one client');
  return client;
}

const nameOnly = ({ id, name }: NewPerson): NewPerson => ({
  id,
  role: 'fellowClient',
  ...(name === undefined ? {} : { name }),
});

/** What can only be said of all of them: who leads, how many meet, and that nobody records it (J19). */
function checkTogether(sessions: readonly NewSessionOptions[], settings: SessionSettings): void {
  const leads = (role: NewPerson['role']) => (session: NewSessionOptions) =>
    session.people
      .filter((person) => person.role === role)
      .map((person) => person.id)
      .join(' ');
  const same = (valueOf: (session: NewSessionOptions) => unknown): boolean =>
    new Set(sessions.map(valueOf)).size === 1;
  if (!same(leads('practitioner')))
    throw new ServerError('bad-option', 'sessions: each must have the same practitioners in the same order');
  if (!same(({ tenant }) => tenant ?? settings.tenant) || !same(({ drill }) => drill ?? false))
    throw new ServerError('bad-option', 'sessions: all are of one tenant, and all are rehearsals or none is');
  const others = new Set(
    sessions
      .flatMap(({ people }) => people)
      .filter(isSeen)
      .map((person) => person.id),
  );
  if (others.size > settings.video.mostPeople)
    throw new ServerError(
      'bad-option',
      `sessions: ${others.size} people, and the video of this session server brings ${settings.video.mostPeople} together; use a video server (livekitVideo) for more than two`,
    );
  const policies = sessions.map(({ policy }) =>
    policy === undefined ? settings.policy : checkedPolicy('policy', policy),
  );
  if (policies.some(({ recording }) => recording.mode !== 'prohibited'))
    throw new ServerError(
      'bad-option',
      'policy.recording: a joint meeting is not recorded; give each session a policy whose mode is prohibited',
    );
}

/** Who may be in the room: clients, whoever takes part, and one practitioner for all. */
const isSeen = (person: NewPerson, index: number, all: readonly NewPerson[]): boolean =>
  person.role === 'client' ||
  isParticipant(person.role) ||
  (person.role === 'practitioner' && all.findIndex(({ role }) => role === 'practitioner') === index);
