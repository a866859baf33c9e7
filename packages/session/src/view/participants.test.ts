import type { Id } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { project } from '../project/project.js';
import { aDevice } from '../testing/a-projection.js';
import { admitted, NEEDED, PARTICIPANTS } from '../testing/a-participant.js';
import { screenOf } from '../testing/a-screen.js';
import { aLiveSession, aWaitingSession, CLIENT, PRACTITIONER, type Walk } from '../testing/a-session.js';
import type { Choice, View } from './types.js';
import { view } from './view.js';

const person = 'interpreter';
const client = CLIENT;
const names = { [person]: { name: 'Jo', callBackNumber: '+44 20 0000 0000' } };

const screenWith = (walk: Walk, of: Id = PRACTITIONER): View => screenOf(walk, of, names);
const choicesOf = (walk: Walk, of: Id, task: string): readonly Choice[] =>
  screenWith(walk, of).tasks.find(({ id }) => id === task)?.choices ?? [];
const ids = (walk: Walk, task: string, of: Id = PRACTITIONER) =>
  choicesOf(walk, of, task).map(({ id }) => id);

/** What the button of this screen would send. */
function press(walk: Walk, choice: string, task: string, by: Id = PRACTITIONER): Walk {
  const found = choicesOf(walk, by, task).find(({ id }) => id === choice);
  if (found === undefined) throw new Error(`${task} has no ${choice}: ${ids(walk, task, by).join(', ')}`);
  walk.say(by, found.command);
  expect(walk.lastRefusal, choice).toBeNull();
  return walk;
}
const theirs = `participant.${person}`;
const headline = (walk: Walk, of: Id = person) => screenWith(walk, of).headline.key;

test('[J1][J2][D05] from the screens alone a participant comes in, is held, let in again, and taken out', () => {
  const walk = aLiveSession({ others: PARTICIPANTS }).join(person);
  expect([headline(walk), screenWith(walk, person).whoActs]).toEqual(['participant.setUp.headline', 'you']);
  press(walk, 'agree', 'participation', person);
  expect([headline(walk), screenWith(walk, person).tasks]).toEqual(['participant.door.headline', []]);
  expect(ids(walk, theirs)).toEqual(['identify', 'agrees', 'refuses', 'remove']);
  press(walk, 'identify', theirs);
  press(walk, 'agrees', theirs);
  press(walk, 'admit', theirs);
  expect([headline(walk), screenWith(walk, person).showsVideo]).toEqual(['participant.room.headline', true]);
  expect(screenWith(walk, client).people.map(({ id }) => id)).toEqual([PRACTITIONER, client, person]);
  press(walk, 'hold', theirs);
  expect([headline(walk), screenWith(walk, person).showsVideo]).toEqual([
    'participant.outside.headline',
    false,
  ]);
  press(walk, 'admit', theirs);
  press(walk, 'remove', theirs);
  expect([headline(walk), screenWith(walk, person).stage]).toEqual([
    'participant.removed.headline',
    'closed',
  ]);
  expect(ids(walk, theirs)).toEqual([]);
});

test('[J2] before the client is in the room nobody is offered to be let in, and the screen says why', () => {
  const walk = aWaitingSession({ others: PARTICIPANTS }).join(person);
  press(walk, 'agree', 'participation', person);
  press(walk, 'identify', theirs);
  press(walk, 'agrees', theirs);
  expect(ids(walk, theirs)).toEqual(['refuses', 'remove']);
  expect(screenWith(walk).tasks.find(({ id }) => id === theirs)?.why?.key).toBe(
    'staff.participant.why.early',
  );
});

test('[V5][J7] a participant whose page reaches nobody reads that, and never that the others see and hear them', () => {
  const walk = admitted(aLiveSession({ others: [NEEDED] }), person);
  const held = project(walk.session, person, names);
  if (held === null) throw new TypeError('they are of the session');
  const screenAfter = (silentMs: number): View =>
    view(held, aDevice({ lastHeardAtMs: walk.nowMs - silentMs }), walk.nowMs);
  expect(screenAfter(1000).headline.key).toBe('participant.room.headline');
  const cut = screenAfter(5000);
  expect([cut.stage, cut.headline.key, cut.showsVideo, cut.whoActs]).toEqual([
    'reconnecting',
    'participant.reconnecting.headline',
    true,
    'software',
  ]);
  expect(cut.explanation.map(({ key }) => key)).toEqual(['participant.reconnecting.what']);
});

describe('[J8][J9] a needed participant who is lost, on the screens', () => {
  const lost = (): Walk => admitted(aLiveSession({ others: [NEEDED] }), person).leave(person);
  const task = `callBack.${person}`;

  test('[J8][J9] who, since when, the number to ring, and each way to go on', () => {
    const walk = lost();
    const shown = screenWith(walk);
    expect(shown.tasks[0]?.id).toBe(task);
    expect(shown.notices.some(({ id }) => id === `missing.${person}`)).toBe(true);
    expect(shown.facts.find(({ id }) => id === task)?.href).toBe('tel:+442000000000');
    expect(ids(walk, task)).toEqual(['called', 'plainWording', 'threeWayPhone', 'wait']);
    expect(screenWith(walk, client).headline.key).toBe('client.paused.headline');
    press(walk, 'called', task);
    press(walk, 'wait', task);
    press(walk, 'plainWording', task);
    expect(screenWith(walk, client).headline.key).not.toBe('client.paused.headline');
    expect(ids(walk, task)).toEqual(['called', 'threeWayPhone']);
  });

  test('[J10] in a crisis the task says to go on', () => {
    const walk = admitted(aLiveSession({ others: [NEEDED] }), person)
      .say(PRACTITIONER, { type: 'crisis.open', client })
      .leave(person);
    const found = screenWith(walk).tasks.find(({ id }) => id === task);
    expect(found?.why?.key).toBe('staff.callBack.crisis');
  });
});
