import type { EventDetails, EventKind, Subject } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { aLiveSession } from '../testing/a-session.js';
import { effectsOf } from './effects.js';
import type { ChartState, Session } from './session.js';

const ABOUT = 'c1.r1';
const alertId = (person: string) => `${ABOUT}.decidingSilent.${person}`;
const anAlert = (person: string): ChartState =>
  ({
    value: 'unanswered',
    context: {
      alert: alertId(person),
      about: ABOUT,
      cause: 'decidingSilent',
      client: 'c1',
      person,
      deadlines: {},
    },
  }) as ChartState;

const { session: live } = aLiveSession();
const withAlerts = (...people: readonly string[]): Session => ({
  ...live,
  charts: {
    ...live.charts,
    ...Object.fromEntries(people.map((person) => [`alert:${alertId(person)}`, anAlert(person)])),
    'run:c1': { value: 'open', context: { run: ABOUT, owner: 'p1', deadlines: {} } as never },
  },
});
const effects = (
  type: EventKind,
  session: Session,
  { subject = null, details = {} }: { subject?: Subject | null; details?: EventDetails } = {},
) => effectsOf({ type, rules: [], subject, details }, session, 7000);
const ofAlert = (person: string): Subject => ({ kind: 'alert', id: alertId(person) });

const told = (person: string, id: string, attempt = 1) => ({
  kind: 'alert',
  id: `${alertId(person)}.${id}`,
  alert: alertId(person),
  person,
  cause: 'decidingSilent',
  client: 'c1',
  run: ABOUT,
  attempt,
  atMs: 7000,
});

test('[A1][H09] an alert that is sent reaches the one person whom it names, under an id that is the same each time', () => {
  const session = withAlerts('duty-1');
  expect(effects('alert.sent', session, { subject: ofAlert('duty-1') })).toEqual([told('duty-1', '1')]);
  expect(effects('alert.sent', session)).toEqual([]);
  expect(effects('alert.sent', session, { subject: ofAlert('duty-2') })).toEqual([]);
});

test.each(['run.exhausted', 'run.exhaustedRepeated', 'alert.listExhausted'] as const)(
  '[A6] %s: a repeat goes to everybody who was alerted for it; the first time they were told already',
  (type) => {
    const session = withAlerts('duty-1', 'duty-2');
    const again = (attempt: unknown, about = ABOUT) =>
      effects(type, session, {
        subject: ofAlert('duty-2'),
        details: { attempt, about, cause: 'decidingSilent' } as EventDetails,
      });
    const series = type === 'alert.listExhausted' ? 'duty-2.' : 'run.';
    expect(again(2)).toEqual([told('duty-1', `${series}2`, 2), told('duty-2', `${series}2`, 2)]);
    expect(again(3)).toHaveLength(2);
    expect([again(1), again(0), again('2'), again(undefined), again(2, 'c1.r9')]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
    const one = effects(type, withAlerts('duty-1'), {
      subject: null,
      details: { attempt: 2, about: ABOUT, cause: 'decidingSilent' },
    });
    expect(one).toEqual([told('duty-1', 'run.2', 2)]);
    expect(effects(type, session)).toEqual([]);
  },
);

test('[A5] who was alerted hears when it is over, once each time', () => {
  const session = withAlerts('duty-1');
  const alert = alertId('duty-1');
  expect(effects('alert.stoodDown', session, { subject: ofAlert('duty-1') })).toEqual([
    { kind: 'alertStoodDown', id: `${alert}.down.7000`, alert, person: 'duty-1', atMs: 7000 },
  ]);
  expect(effects('alert.stoodDown', session)).toEqual([]);
  expect(effects('alert.stoodDown', session, { subject: ofAlert('duty-2') })).toEqual([]);
});

test.each([
  ['recording.asked', 'startRecording'],
  ['recording.stopAsked', 'stopRecording'],
] as const)('[B3][B4] %s: each take begins once and ends once', (type, kind) => {
  expect(effects(type, live, { details: { take: 2 } })).toEqual([
    { kind, id: `s1.${kind}2`, take: 2, atMs: 7000 },
  ]);
  expect(effects(type, live, { details: { take: '2' } })).toEqual([]);
  expect(effectsOf({ type, rules: [], subject: null }, live, 7000)).toEqual([]);
});

test('[G7] the room is closed with the session; nothing else asks anything of the world', () => {
  expect(effects('session.closed', live)).toEqual([{ kind: 'closeRoom', id: 's1.closeRoom', atMs: 7000 }]);
  for (const type of ['contact.lost', 'alert.acknowledged', 'run.opened', 'recording.started'] as const)
    expect(effects(type, live, { subject: ofAlert('duty-1'), details: { attempt: 2, take: 1 } })).toEqual([]);
});
