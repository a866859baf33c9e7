import { randomUUID } from 'node:crypto';
import type { Id } from '@holdfast/protocol';
import type { Authority } from './authority/authority.js';
import { ServerError } from './errors.js';
import { makeMeeting, type NewMeetingOptions } from './new-meeting.js';
import { makeSession, type MadeSession, type NewSessionOptions } from './new-session.js';
import type { Settings } from './options.js';
import { stored } from './store/stored.js';
import type { VideoServer } from './video/video-server.js';

/** @throws ServerError `session-exists` and what `makeSession` throws. */
export async function addSession(
  authority: Authority,
  settings: Settings,
  wanted: NewSessionOptions,
  practiceVideo: VideoServer | null = null,
): Promise<{ session: Id }> {
  const id = wanted.id ?? `s-${randomUUID()}`;
  const used = practiceVideo === null ? settings : { ...settings, video: practiceVideo };
  const isPractice = practiceVideo !== null;
  await addMade(authority, makeSession(wanted, id, used, authority.nowMs(), { isPractice }));
  return { session: id };
}

/**
 * All or none, as far as the store goes: whether one of the ids is taken is looked up before the first is stored.
 *
 * @throws ServerError `session-exists` and what `makeMeeting` throws.
 */
export async function addMeeting(
  authority: Authority,
  settings: Settings,
  wanted: NewMeetingOptions,
): Promise<{ meeting: Id; sessions: readonly Id[] }> {
  const { id, made } = makeMeeting(wanted, settings, authority.nowMs());
  for (const { held } of made) {
    const known = await stored(() => authority.desks.find(held.record));
    if (known !== null) throw sessionExists();
  }
  for (const one of made) await addMade(authority, one);
  return { meeting: id, sessions: made.map(({ held }) => held.record.session) };
}

const sessionExists = (): ServerError =>
  new ServerError('session-exists', 'there is a session with this id; take another, or join that one');

async function addMade(authority: Authority, { held, events }: MadeSession): Promise<void> {
  const change = {
    record: held.record,
    expectedRevision: 0,
    events,
    effects: [],
    inputs: [],
    settledEffects: [],
  };
  if ((await stored(() => authority.store.commit(change))) === 'conflict') throw sessionExists();
  authority.add(held, events);
}
