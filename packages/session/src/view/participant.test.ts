import type { Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { asClosed } from '../device/projected.js';
import { project } from '../project/project.js';
import { admitted, atTheDoor, NEEDED } from '../testing/a-participant.js';
import { aDevice } from '../testing/a-projection.js';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../testing/a-session.js';
import type { DeviceState, View } from './types.js';
import { view } from './view.js';

const person = NEEDED.id;
const invited = (): Walk => aLiveSession({ others: [NEEDED] }).join(person);
const inside = (): Walk => admitted(invited(), person);
const mine = (walk: Walk, command: Command): Walk => walk.say(PRACTITIONER, command);
const about = (type: 'hold' | 'remove'): Command => ({ type: `participant.${type}`, person });

const heldBy = ({ session }: Walk) => {
  const held = project(session, person);
  if (held === null) throw new TypeError('they are of the session');
  return held;
};
const pageOf = (walk: Walk, device: Partial<DeviceState> = {}): View =>
  view(heldBy(walk), aDevice({ lastHeardAtMs: walk.nowMs, ...device }), walk.nowMs);
/** Nothing was heard of the session server for five seconds. */
const cutOff = (walk: Walk, device: Partial<DeviceState> = {}): View =>
  pageOf(walk, { lastHeardAtMs: walk.nowMs - 5000, unsent: 1, ...device });

test('[V5][J6][J7][U1] off the line only a page that showed the room goes back to it: at the door, outside and in a pause it says where they are', () => {
  const outside = mine(inside(), about('hold'));
  const paused = mine(inside(), { type: 'pause.start', client: CLIENT, reason: 'needed' });
  const said = [invited(), atTheDoor(invited(), person), outside, paused, inside()].map((walk) => {
    const { stage, headline, whoActs, showsVideo } = cutOff(walk);
    return [stage, headline.key, whoActs, showsVideo];
  });
  expect(said).toEqual([
    ['setUp', 'participant.setUp.headline', 'you', false],
    ['waiting', 'participant.door.headline', 'practitioner', false],
    ['waiting', 'participant.outside.headline', 'practitioner', false],
    ['live', 'participant.paused.headline', 'nobody', false],
    ['reconnecting', 'participant.reconnecting.headline', 'software', true],
  ]);
});

test('[J2] only who is asked to agree has it to do: neither who left, nor who was removed, nor a page that is open elsewhere', () => {
  const removed = mine(invited(), about('remove'));
  const pages = [
    pageOf(invited()),
    pageOf(invited(), { hasLeft: 'left' }),
    pageOf(removed),
    pageOf(invited(), { isSuperseded: true }),
  ];
  expect(pages.map(({ stage, tasks }) => [stage, tasks.map(({ id }) => id)])).toEqual([
    ['setUp', ['participation']],
    ['left', []],
    ['closed', []],
    ['openElsewhere', []],
  ]);
});

test('[V5][E4] a page that is over says nothing of its line or its device, and what would reach nobody is not offered there', () => {
  const preflight = { browser: 'unsupported', connection: 'bad', battery: 'low' } as const;
  const told = ({ stage, notices, reports }: View) => [stage, notices.length, reports.length];
  const ended = mine(inside(), { type: 'session.end' });
  const removed = mine(inside(), about('remove'));
  expect([
    told(cutOff(inside(), { preflight, hasLeft: 'left' })),
    told(cutOff(inside(), { preflight, isSuperseded: true })),
    ...[ended, removed].map((walk) => told(cutOff(walk, { preflight }))),
    ...[ended, removed].map((walk) => told(pageOf(walk, { preflight }))),
  ]).toEqual([
    ['left', 0, 0],
    ['openElsewhere', 0, 0],
    ['closed', 0, 0],
    ['closed', 0, 0],
    ['closed', 0, 2],
    ['closed', 0, 2],
  ]);
  const atClose = view(asClosed(heldBy(inside())), aDevice({ lastHeardAtMs: 0 }), 60_000);
  expect([told(atClose), told(cutOff(inside(), { preflight }))]).toEqual([
    ['closed', 0, 0],
    ['reconnecting', 2, 2],
  ]);
});
