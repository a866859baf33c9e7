import type { Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { isMediaAllowed } from '../../project/media-allowed.js';
import { project } from '../../project/project.js';
import {
  aLiveMeeting,
  aLiveSession,
  aWaitingMeeting,
  FELLOWS,
  PRACTITIONER,
  type MeetingWalk,
  type Walk,
} from '../../testing/index.js';
import { meetingOf } from './meeting-state.js';

const bringIn: Command = { type: 'meeting.bringIn' };
const setApart: Command = { type: 'meeting.setApart' };
const [FIRST, SECOND] = FELLOWS;
const agreesTo = (fellow: string): Command => ({ type: 'meeting.clientAgrees', fellow });
const refuses = (fellow: string): Command => ({ type: 'meeting.clientRefuses', fellow });
const say = (command: Command) => (walk: Walk) => walk.say(PRACTITIONER, command);
const inRoom = (meeting: MeetingWalk) => FELLOWS.filter((client) => meeting.mayBeIn(client));
const isInside = (meeting: MeetingWalk, client: string) => meetingOf(meeting.of(client).session)?.isInside;

describe('[J15] coming in', () => {
  test('[J15][D05] nobody is in the shared room before the practitioner brought them in', () => {
    const meeting = aWaitingMeeting();
    expect(FELLOWS.map((client) => meeting.of(client).value('lifecycle:session'))).toEqual([
      'settingUp',
      'settingUp',
    ]);
    expect(inRoom(meeting)).toEqual([]);
    expect(meeting.mayBeIn(FIRST, PRACTITIONER)).toBe(true);
  });

  test('[J15] the first comes in alone; the second only once each agreed to the other, and what is missing is named', () => {
    const meeting = aWaitingMeeting().in(FIRST, say(bringIn));
    expect(inRoom(meeting)).toEqual([FIRST]);
    meeting.in(SECOND, say(bringIn));
    expect(meeting.of(SECOND).lastRefusal).toMatchObject({
      code: 'gate-open',
      missing: ['clientAgrees', 'fellowAgrees'],
    });
    meeting.in(SECOND, say(agreesTo(FIRST))).in(SECOND, say(bringIn));
    expect(meeting.of(SECOND).lastRefusal).toMatchObject({ missing: ['fellowAgrees'] });
    meeting.in(FIRST, say(agreesTo(SECOND))).in(SECOND, say(bringIn));
    expect(inRoom(meeting)).toEqual([...FELLOWS]);
  });

  test('[J15] somebody who is of no session of this meeting is asked about by nobody', () => {
    const meeting = aWaitingMeeting().in(FIRST, say(agreesTo('c9')));
    expect(meeting.of(FIRST).lastRefusal?.code).toBe('bad-answer');
  });

  test('[J15] brought in at the same instant without agreement neither hears the other, and one waits again', () => {
    const meeting = aWaitingMeeting();
    for (const client of FELLOWS) meeting.of(client).say(PRACTITIONER, bringIn);
    expect(inRoom(meeting)).toEqual([]);
    meeting.tell();
    expect(FELLOWS.filter((client) => isInside(meeting, client))).toHaveLength(1);
  });
});

const PATHWAYS: readonly (readonly [string, Command])[] = [
  ['crisis', { type: 'crisis.open', client: FIRST }],
  ['safeguarding', { type: 'safeguarding.open', client: FIRST, about: 'adult' }],
  ['privacy', { type: 'privacy.open', client: FIRST }],
];

describe('[J16] one client alone', () => {
  test.each(PATHWAYS)('[J16][H26] %s of one puts every other out in the same step', (_, open) => {
    const meeting = aLiveMeeting();
    meeting.of(FIRST).say(PRACTITIONER, open);
    expect(meeting.of(FIRST).lastRefusal).toBeNull();
    // Nothing was told to the other session yet.
    expect(inRoom(meeting)).toEqual([FIRST]);
    meeting.tell();
    expect([isInside(meeting, FIRST), isInside(meeting, SECOND)]).toEqual([true, false]);
    meeting.in(SECOND, say(bringIn));
    expect(inRoom(meeting)).toEqual([...FELLOWS]);
  });

  test('[J16] asked for twice, a pathway puts nobody out who was brought in again meanwhile', () => {
    const crisis: Command = { type: 'crisis.open', client: FIRST };
    const meeting = aLiveMeeting().in(FIRST, say(crisis)).in(SECOND, say(bringIn)).in(FIRST, say(crisis));
    expect(inRoom(meeting)).toEqual([...FELLOWS]);
  });

  test('[J16] a client who no longer agrees stays, and the other is out', () => {
    const meeting = aLiveMeeting();
    meeting.of(FIRST).say(PRACTITIONER, refuses(SECOND));
    expect(inRoom(meeting)).toEqual([FIRST]);
    meeting.tell().in(SECOND, say(bringIn));
    expect(meeting.of(SECOND).lastRefusal).toMatchObject({ missing: ['fellowAgrees'] });
  });

  test('[J16] the discreet signal of one changes nothing for the other', () => {
    const meeting = aLiveMeeting();
    const before = JSON.stringify(project(meeting.of(SECOND).session, SECOND));
    meeting.in(FIRST, (walk) => walk.say(FIRST, { type: 'privacy.signal', client: FIRST }));
    expect(meeting.of(FIRST).value(`signal:${FIRST}`)).toContain('signalled');
    expect(inRoom(meeting)).toEqual([...FELLOWS]);
    expect(JSON.stringify(project(meeting.of(SECOND).session, SECOND))).toBe(before);
  });

  test('[J14][D05] risk, a run and a crisis of one stand in no other session', () => {
    const meeting = aLiveMeeting();
    meeting.in(FIRST, (walk) =>
      walk.say(PRACTITIONER, { type: 'crisis.open', client: FIRST }).cut().by(5000),
    );
    meeting.of(SECOND).to(meeting.nowMs);
    expect(meeting.of(FIRST).value(`run:${FIRST}`)).toContain('open');
    expect(meeting.of(SECOND).value(`run:${SECOND}`)).toBe('none');
    expect(meeting.of(SECOND).value(`risk:${SECOND}`)).toBe('routine');
    expect(meeting.of(SECOND).value(`crisis:${SECOND}`)).toBe('none');
  });
});

describe('[J17] waiting outside', () => {
  test('[J17] who is set apart has no media, and is not lost by it', () => {
    const meeting = aLiveMeeting().in(SECOND, say(setApart));
    const walk = meeting.of(SECOND);
    expect(isMediaAllowed(walk.session, SECOND)).toBe(false);
    walk.media(PRACTITIONER, 'silent').media(SECOND, 'silent');
    meeting.by(600_000);
    expect(walk.value(`run:${SECOND}`)).toBe('none');
    expect(project(walk.session, SECOND)).toMatchObject({ isSetApart: true, mediaAllowed: false });
    meeting.in(SECOND, say(bringIn));
    walk.heal();
    expect(walk.value(`contact:${SECOND}`)).toBe('together');
  });

  test('[J17][H01] who vanishes while they wait outside is lost as anybody who waits', () => {
    const meeting = aLiveMeeting().in(SECOND, say(setApart)).by(10_000);
    const walk = meeting.of(SECOND).media(PRACTITIONER, 'silent').silent(SECOND).by(20_000);
    expect(walk.run.context.cause).toBe('vanishedWaiting');
  });

  test('[J17][H01] an open run goes on when its client is set apart, and hears that they are back', () => {
    const meeting = aLiveMeeting();
    const walk = meeting.of(SECOND).cut().by(10_000);
    expect(walk.value(`run:${SECOND}`)).toContain('open');
    walk.silent(SECOND).by(10_000);
    meeting.in(SECOND, say(setApart));
    expect(walk.value(`run:${SECOND}`)).toContain('open');
    walk.heard(SECOND).by(1000);
    expect(walk.run.context.isBack).toBe(true);
  });

  test.each(['leave', 'exit'] as const)('[J17][H12] %s: who went and comes again waits outside', (go) => {
    const meeting = aLiveMeeting().in(SECOND, (walk) => walk[go](SECOND).by(1000).join(SECOND));
    expect(isInside(meeting, SECOND)).toBe(false);
    expect(inRoom(meeting)).toEqual([FIRST]);
    meeting.in(SECOND, say(bringIn));
    meeting.of(SECOND).heal();
    // A quick exit has opened a run, which hears of it as of any return.
    expect(meeting.of(SECOND).value(`contact:${SECOND}`)).toBe(go === 'exit' ? 'returning' : 'together');
  });

  test('[J17] the practitioner’s going puts no client outside', () => {
    const meeting = aLiveMeeting();
    for (const client of FELLOWS) meeting.in(client, (walk) => walk.leave(PRACTITIONER));
    expect(FELLOWS.map((client) => isInside(meeting, client))).toEqual([true, true]);
    for (const client of FELLOWS) expect(meeting.of(client).kinds).not.toContain('meeting.setApart');
  });

  test('[J17] a phone call is not ended by it', () => {
    const meeting = aLiveMeeting();
    const walk = meeting.of(SECOND);
    walk.cut().by(310_000).recordCall('reachedByName');
    expect(walk.value(`contact:${SECOND}`)).toBe('byPhone');
    meeting.in(SECOND, say(setApart));
    expect(walk.value(`contact:${SECOND}`)).toBe('byPhone');
  });
});

test('[J14] a session of one client has no joint meeting, and takes nothing of one', () => {
  const walk = aLiveSession();
  walk.say(PRACTITIONER, bringIn);
  expect(walk.lastRefusal).not.toBeNull();
  expect(meetingOf(walk.session)).toBeNull();
});

test('[J14] a fellow client is shown nothing by this session, and in the room each reads that the other is there', () => {
  const meeting = aLiveMeeting();
  const { session } = meeting.of(FIRST);
  expect(project(session, SECOND)).toBeNull();
  expect(project(session, FIRST)).toMatchObject({
    people: [
      { id: PRACTITIONER, role: 'practitioner' },
      { id: FIRST, role: 'client' },
      { id: SECOND, role: 'fellowClient', presence: 'here' },
    ],
  });
  meeting.in(FIRST, say(setApart));
  expect(JSON.stringify(project(meeting.of(FIRST).session, FIRST))).not.toContain(SECOND);
});
