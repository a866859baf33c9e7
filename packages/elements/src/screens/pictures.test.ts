import type { RemoteTrack, View } from '@holdfast/session';
import { expect, test } from 'vitest';
import { sentence } from '../testing/a-view.js';
import { picturesOf } from './pictures.js';

const aTrack = (from: string | null, kind: 'audio' | 'video', isMuted = false): RemoteTrack => {
  const id = `${kind} of ${from}`;
  return { id, kind, isMuted, from, track: { id, kind } as MediaStreamTrack };
};
const both = (from: string | null) => [aTrack(from, 'audio'), aTrack(from, 'video')];

const PEOPLE = (['client', 'practitioner', 'interpreter', 'supporter'] as const).map((role) => ({
  id: role,
  role,
  name: null,
  presence: sentence('here'),
  isHere: true,
}));
const viewOf = (role: View['role'], people: View['people'] = PEOPLE) => ({ role, person: role, people });

function idsOf(view: ReturnType<typeof viewOf>, tracks: readonly RemoteTrack[]) {
  const { large, thirds } = picturesOf(view, tracks);
  const named = thirds.map(({ person, tracks: theirs }) => [person.id, theirs.map(({ id }) => id)]);
  return { large: large.map(({ id }) => id), ...Object.fromEntries(named) };
}

test('[J1] each is shown and played as who they are, whatever the order in which they come', () => {
  const tracks = ['supporter', 'interpreter', 'practitioner'].flatMap(both);
  expect(idsOf(viewOf('client'), tracks)).toEqual({
    large: ['audio of practitioner', 'video of practitioner'],
    interpreter: ['audio of interpreter', 'video of interpreter'],
    supporter: ['audio of supporter', 'video of supporter'],
  });
});

test('[J11][H26] who was just put outside is on no page, and never in the place of somebody else', () => {
  const inside = PEOPLE.filter(({ role }) => role !== 'supporter');
  const tracks = ['supporter', 'client', 'practitioner'].flatMap(both);
  expect(
    idsOf(
      viewOf('client', inside),
      tracks.filter(({ from }) => from !== 'client'),
    ),
  ).toEqual({
    large: ['audio of practitioner', 'video of practitioner'],
  });
  expect(idsOf(viewOf('interpreter', inside), tracks)).toEqual({
    large: ['audio of practitioner', 'video of practitioner'],
    client: ['audio of client', 'video of client'],
  });
});

test('a transport between two names nobody: it is the other one', () => {
  expect(idsOf(viewOf('practitioner'), both(null))).toEqual({ large: ['audio of null', 'video of null'] });
});

test('a picture that is turned off is not shown, a sound that is muted stays', () => {
  const tracks = [aTrack('client', 'audio', true), aTrack('client', 'video', true)];
  expect(idsOf(viewOf('practitioner'), tracks)).toEqual({ large: ['audio of client'] });
});
