import { expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';

const client = CLIENT;
const VAULT = { [PRACTITIONER]: { staffNote: 'she is at the window' }, 'duty-1': { staffNote: 'I come' } };
const screenWith = (walk: Walk, person: string) => screenOf(walk, person, VAULT);
const escalated = (): Walk =>
  aLiveSession()
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client });

test('[M4][A31] the others read it as a notice, in its own words; its author does not read it back', () => {
  const walk = escalated().say(PRACTITIONER, { type: 'staffNote.send', client });
  expect(screenWith(walk, 'duty-1').notices).toContainEqual({
    id: 'note.p1.1',
    level: 'status',
    message: { key: 'notice.note', params: { name: 'p1', atMs: walk.nowMs, words: 'she is at the window' } },
  });
  expect(screenWith(walk, PRACTITIONER).notices.map(({ id }) => id)).not.toContain('note.p1.1');
  walk.say('duty-1', { type: 'staffNote.send', client });
  expect(screenWith(walk, PRACTITIONER).notices.map(({ id }) => id)).toContain('note.duty-1.1');
});

test('[M4] a note takes the place of the one before, and is announced as a new one', () => {
  const walk = escalated();
  for (const _ of [1, 2]) walk.say(PRACTITIONER, { type: 'staffNote.send', client });
  const notes = screenWith(walk, 'duty-1').notices.filter(({ id }) => id.startsWith('note.'));
  expect(notes.map(({ id }) => id)).toEqual(['note.p1.2']);
});

test('[M4][A31][H16] the client neither holds nor sees any of it, and may send none', () => {
  const [quiet, loud] = [escalated(), escalated()];
  loud
    .say(PRACTITIONER, { type: 'staffNote.send', client })
    .say('duty-1', { type: 'staffNote.send', client });
  const bytes = (walk: Walk): string =>
    JSON.stringify([project(walk.session, CLIENT), screenWith(walk, CLIENT)]);
  expect(JSON.stringify(project(loud.session, CLIENT))).toBe(JSON.stringify(project(quiet.session, CLIENT)));
  expect(bytes(loud)).toBe(bytes(quiet));
  expect(loud.say(CLIENT, { type: 'staffNote.send', client }).lastRefusal?.code).toBe('not-allowed');
});

test('[M4][H18] the record says that a note was sent and by whom, and nothing of it', () => {
  const walk = escalated().say(PRACTITIONER, { type: 'staffNote.send', client });
  expect(walk.events.at(-1)).toMatchObject({
    kind: 'staffNote.sent',
    outcome: null,
    actor: { person: PRACTITIONER },
    details: { count: 1 },
  });
  expect(JSON.stringify(walk.session)).not.toContain('window');
});

test('[V6][M4] a duty person who was not alerted holds none', () => {
  const walk = escalated().say(PRACTITIONER, { type: 'staffNote.send', client });
  expect(project(walk.session, 'duty-2')).toMatchObject({ care: null });
});
