import { project } from '@holdfast/session/authority';
import {
  aLiveMeeting,
  aWaitingMeeting,
  deviceOf,
  FELLOWS,
  PRACTITIONER,
  type MeetingWalk,
  type Walk,
} from '@holdfast/session/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyMove } from './moves.js';

const [FIRST, SECOND] = FELLOWS;
const otherOf = (client: string): string => (client === FIRST ? SECOND : FIRST);

type Happening = readonly [name: string, make: (walk: Walk, client: string) => void];

/** What happens in either session; `anyMove` is of the first client's. */
const common: readonly Happening[] = [
  [
    'agrees',
    (walk, client) => walk.say(PRACTITIONER, { type: 'meeting.clientAgrees', fellow: otherOf(client) }),
  ],
  [
    'refuses',
    (walk, client) => walk.say(PRACTITIONER, { type: 'meeting.clientRefuses', fellow: otherOf(client) }),
  ],
  ['bring in', (walk) => walk.say(PRACTITIONER, { type: 'meeting.bringIn' })],
  ['bring in again', (walk) => walk.say(PRACTITIONER, { type: 'meeting.bringIn' })],
  ['set apart', (walk) => walk.say(PRACTITIONER, { type: 'meeting.setApart' })],
  ['crisis', (walk, client) => walk.say(PRACTITIONER, { type: 'crisis.open', client })],
  [
    'safeguarding',
    (walk, client) => walk.say(PRACTITIONER, { type: 'safeguarding.open', client, about: 'adult' }),
  ],
  ['not private', (walk, client) => walk.say(PRACTITIONER, { type: 'privacy.open', client })],
  ['signal', (walk, client) => walk.say(client, { type: 'privacy.signal', client })],
  ['risk', (walk, client) => walk.say(PRACTITIONER, { type: 'risk.raise', client })],
  ['cut', (walk) => walk.cut()],
  ['heal', (walk) => walk.heal()],
  ['leave', (walk, client) => walk.leave(client)],
  ['exit', (walk, client) => walk.exit(client)],
  ['join', (walk, client) => walk.join(client)],
  ['silent', (walk, client) => walk.silent(client)],
  ['withdraw', (walk, client) => walk.say(client, { type: 'consent.withdraw' })],
  ['end', (walk) => walk.say(PRACTITIONER, { type: 'session.end' })],
  ['restart', (walk) => walk.away(20_000)],
];
const happening = fc.constantFrom(...common);
const client = fc.constantFrom(...FELLOWS);
const step = fc.oneof(
  fc.tuple(client, happening).map(([of, [name, make]]) => ({
    name: `${of} ${name}`,
    of,
    make: (walk: Walk): void => make(walk, of),
  })),
  anyMove.map(({ name, make }) => ({ name: `${FIRST} ${name}`, of: FIRST, make })),
);
const starts = { waiting: aWaitingMeeting, live: aLiveMeeting };
const start = fc.constantFrom(...(Object.keys(starts) as (keyof typeof starts)[]));

const OPENED: readonly string[] = ['crisis.opened', 'safeguarding.opened', 'privacy.compromised'];
const AGAIN: readonly unknown[] = ['again', 'corrected'];
const bothIn = (meeting: MeetingWalk): boolean => FELLOWS.every((one) => meeting.mayBeIn(one));
const says = (meeting: MeetingWalk, of: string): unknown => {
  const shown = project(meeting.of(of).session, PRACTITIONER);
  return shown?.role === 'practitioner' ? shown.care.meeting?.fellows[0]?.clientSays : null;
};

describe('[J15] [J16] in any order of what is said in either session', () => {
  test('[J15] [J16] [H26] two clients are in the room together only while each agreed to the other, and never in the step in which a pathway opens', () => {
    fc.assert(
      fc.property(start, fc.array(step, { minLength: 1, maxLength: 40 }), (from, steps) => {
        const meeting = starts[from]();
        for (const { name, of, make } of steps) {
          const walk = meeting.of(of);
          walk.to(Math.max(walk.nowMs, meeting.nowMs));
          const before = walk.events.length;
          make(walk);
          const isOpened = walk.events
            .slice(before)
            .some(({ kind, outcome }) => OPENED.includes(kind) && !AGAIN.includes(outcome));
          // Before the other session was told anything, and after it.
          for (const told of [meeting, meeting.tell()]) {
            if (bothIn(told))
              expect([name, ...FELLOWS.map((one) => says(told, one))]).toEqual([name, 'agrees', 'agrees']);
            expect([name, isOpened && bothIn(told)]).toEqual([name, false]);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('[J17] [H01] nobody is lost for being outside: while their device is there, no run opens', () => {
    const outside = fc.constantFrom('set apart', 'bring in', 'agrees', 'refuses', 'crisis', 'safeguarding');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(client, outside, fc.integer({ min: 0, max: 90_000 })), { maxLength: 15 }),
        (steps) => {
          const meeting = aLiveMeeting();
          for (const [of, what, ms] of steps) {
            const found = common.find(([name]) => name === what);
            meeting.in(of, (walk) => found?.[1](walk, of));
            for (const one of FELLOWS) {
              const walk = meeting.of(one);
              if (meeting.mayBeIn(one)) walk.heal();
              else walk.media(PRACTITIONER, 'silent').media(one, 'silent');
            }
            meeting.by(ms);
            for (const one of FELLOWS) expect(meeting.of(one).value(`run:${one}`)).toBe('none');
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** What concerns the first client only, and changes nothing of who may be in the room. */
const HIDDEN: readonly string[] = ['signal', 'risk', 'cut', 'heal', 'silent'];

test('[J14] [H26] two meetings that differ in what is said and happens to one client are the same to the other, byte by byte', () => {
  const frames = (meeting: MeetingWalk): string =>
    JSON.stringify([
      project(meeting.of(SECOND).session, SECOND),
      project(meeting.of(SECOND).session, PRACTITIONER),
    ]);
  const hidden = fc.constantFrom(...common.filter(([name]) => HIDDEN.includes(name)));
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          hidden.map((one) => [FIRST, one] as const),
          fc.constant([SECOND, common[10]] as const),
        ),
        {
          minLength: 1,
          maxLength: 20,
        },
      ),
      (steps) => {
        const [one, two] = [aLiveMeeting(), aLiveMeeting()];
        for (const [of, made] of steps) {
          if (made === undefined) throw new Error('no such happening');
          one.in(of, (walk) => made[1](walk, of));
          if (of === SECOND) two.in(of, (walk) => made[1](walk, of));
          two.of(SECOND).to(one.of(SECOND).nowMs);
          expect(frames(two)).toBe(frames(one));
        }
        expect(JSON.stringify(one.of(SECOND).session)).not.toContain(deviceOf(FIRST));
      },
    ),
    { numRuns: 60 },
  );
});
