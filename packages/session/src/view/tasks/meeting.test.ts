import { expect, test } from 'vitest';
import { aWaitingMeeting, type MeetingWalk } from '../../testing/a-meeting.js';
import { screenOf } from '../../testing/a-screen.js';
import { aWaitingSession, PRACTITIONER, type Walk } from '../../testing/a-session.js';

const names = { c1: { name: 'A Name' } };
const client = 'c2';
const tasksOf = (walk: Walk, person: string = PRACTITIONER) =>
  screenOf(walk, person, names).tasks.filter(({ id }) => id.startsWith('meeting'));
const placeOf = (meeting: MeetingWalk) => tasksOf(meeting.of(client)).find(({ id }) => id === 'meeting');
const choicesOf = (meeting: MeetingWalk) => placeOf(meeting)?.choices.map(({ id }) => id);
const agreed = (meeting: MeetingWalk, of: string, fellow: string) =>
  meeting.in(of, (walk) => walk.say(PRACTITIONER, { type: 'meeting.clientAgrees', fellow }));
const broughtIn = (meeting: MeetingWalk, of: string) =>
  meeting.in(of, (walk) => walk.say(PRACTITIONER, { type: 'meeting.bringIn' }));
/** The first client is inside, the second was not asked about them. */
const withOneInside = () => broughtIn(aWaitingMeeting(), 'c1');

test('[J15][R6] nobody is offered to be brought in before the gate, nor before both agreed to each other', () => {
  const gathering = aWaitingSession({ client, others: [{ id: 'c1', role: 'fellowClient' }] });
  expect(tasksOf(gathering).map(({ id }) => id)).toEqual(['meeting.c1']);
  expect(gathering.say(PRACTITIONER, { type: 'meeting.bringIn' }).lastRefusal?.code).toBe('not-now');

  const meeting = withOneInside();
  expect([placeOf(meeting)?.why?.key, choicesOf(meeting)]).toEqual([
    'staff.meeting.missing.clientAgrees',
    [],
  ]);
  agreed(meeting, client, 'c1');
  expect([placeOf(meeting)?.why?.key, choicesOf(meeting)]).toEqual([
    'staff.meeting.missing.fellowAgrees',
    [],
  ]);
  agreed(meeting, 'c1', client);
  expect(choicesOf(meeting)).toEqual(['bringIn']);
  broughtIn(meeting, client);
  expect([meeting.of(client).lastRefusal, choicesOf(meeting)]).toEqual([null, ['setApart']]);
});

test('[J15] who was not asked about the other yet is a task to do, by name; what they said makes room', () => {
  const fellowTask = (meeting: MeetingWalk) =>
    tasksOf(meeting.of(client)).find(({ id }) => id === 'meeting.c1');
  const meeting = aWaitingMeeting();
  expect(fellowTask(meeting)).toMatchObject({
    title: { key: 'staff.meeting.fellow', params: { name: 'A Name' } },
    urgency: 'normal',
  });
  expect(fellowTask(agreed(meeting, client, 'c1'))?.urgency).toBe('done');
  const unnamed = screenOf(meeting.of('c1'), PRACTITIONER).tasks.find(({ id }) => id === 'meeting.c2');
  expect(unnamed?.title.params).toEqual({ name: 'c2' });
});

test('[J15][V6] the meeting is the practitioner’s: a person who was alerted has no task of it', () => {
  const walk = withOneInside()
    .of(client)
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
  expect(tasksOf(walk).map(({ id }) => id)).toEqual(['meeting', 'meeting.c1']);
  expect(screenOf(walk, 'duty-1').stage).toBe('alerted');
  expect(tasksOf(walk, 'duty-1')).toEqual([]);
});

test('[J15][R6] while closing nobody is asked about the others any more: it would be refused', () => {
  const walk = aWaitingMeeting().of(client).say(PRACTITIONER, { type: 'session.end' });
  expect([screenOf(walk, PRACTITIONER).stage, tasksOf(walk)]).toEqual(['closing', []]);
  expect(walk.say(PRACTITIONER, { type: 'meeting.clientAgrees', fellow: 'c1' }).lastRefusal?.code).toBe(
    'not-now',
  );
});
