import type { Person } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, deliver, PEOPLE } from '../../testing/deliver.js';
import { meetingConcept } from './meeting.concept.js';
import type { Fellow, MeetingContext } from './meeting-state.js';

const client = 'c1';
const fellow = 'c2';
const people: readonly Person[] = [
  ...PEOPLE,
  { id: 'c2', role: 'fellowClient' },
  { id: 'c3', role: 'fellowClient' },
];
const begun = aChart(meetingConcept, client, people);
const stranger: Fellow = {
  isInside: false,
  agrees: false,
  alone: 0,
  clientSays: 'notAsked',
  wasInside: false,
};
const at = (
  value: 'inside' | 'outside',
  known: Partial<Fellow>,
  rest: Partial<MeetingContext> = {},
): ChartState => ({
  value,
  context: {
    ...begun.context,
    fellows: { c2: { ...stranger, ...known }, c3: stranger },
    ...rest,
  },
});
const there = { isInside: true, wasInside: true } as const;
const was = { times: 1, alone: 2 } as const;
const states: Readonly<Record<string, ChartState>> = {
  'outside from the beginning': begun,
  'outside, and each agrees': at('outside', { ...there, clientSays: 'agrees', agrees: true }),
  'outside, and this client was not asked': at('outside', { ...there, agrees: true }),
  'outside, and this client refuses': at('outside', { ...there, clientSays: 'refuses', agrees: true }),
  'outside, and the fellow does not agree': at('outside', { ...there, clientSays: 'agrees' }),
  'outside, and the fellow was inside': at(
    'outside',
    { wasInside: true, clientSays: 'refuses' },
    { ...was, because: 'practitioner' },
  ),
  'inside alone': at('inside', {}, was),
  'inside with a fellow, and each agrees': at(
    'inside',
    { ...there, clientSays: 'agrees', agrees: true, alone: 1 },
    was,
  ),
  'inside, and this client refuses': at('inside', { clientSays: 'refuses', agrees: true, alone: 1 }, was),
};

const heard = (type: Emitted['type']): Cell => ({ message: { type, rules: [], subject: null } });
const told = (isInside: boolean, agrees: boolean, alone: number, who = fellow): Cell => ({
  message: { type: 'meeting.fellowChanged', fellow: who, isInside, agrees, alone },
});
const cells: Readonly<Record<string, Cell>> = {
  'the client agrees': { message: { type: 'meeting.clientAgrees', fellow } },
  'the client agrees to another': { message: { type: 'meeting.clientAgrees', fellow: 'c3' } },
  'the client agrees to somebody unknown': { message: { type: 'meeting.clientAgrees', fellow: 'c9' } },
  'the client refuses': { message: { type: 'meeting.clientRefuses', fellow } },
  'the client refuses another': { message: { type: 'meeting.clientRefuses', fellow: 'c3' } },
  'the client refuses somebody unknown': { message: { type: 'meeting.clientRefuses', fellow: 'c9' } },
  'brought in': { message: { type: 'meeting.bringIn' } },
  'set apart': { message: { type: 'meeting.setApart' } },
  'the fellow is inside and agrees': told(true, true, 0),
  'the fellow is inside and does not agree': told(true, false, 0),
  'the fellow is outside and does not agree': told(false, false, 0),
  'the fellow is to be alone once': told(true, true, 1),
  'the fellow is to be alone once more': told(false, true, 2),
  'somebody unknown is inside': told(true, false, 3, 'c9'),
  'a crisis opens': heard('crisis.opened'),
  'safeguarding opens': heard('safeguarding.opened'),
  'privacy is broken': heard('privacy.compromised'),
  'the client left': heard('person.left'),
  'the client went at once': heard('person.exited'),
};

test('[J15][J16][J17] what each state does with each message', () => {
  expect(decisionTable(meetingConcept, states, cells)).toMatchSnapshot();
});

test('[J14] at the beginning every client of another session is known by id, and nothing else', () => {
  expect(begun).toEqual({
    value: 'outside',
    context: {
      client,
      fellows: { c2: stranger, c3: stranger },
      alone: 0,
      times: 0,
      because: null,
      deadlines: {},
    },
  });
});

test('[J15] what is missing is named to whoever would bring the client in', () => {
  const refusal = (known: Partial<Fellow>) =>
    deliver(meetingConcept, at('outside', known), { type: 'meeting.bringIn' }).refused;
  expect(refusal(there)).toEqual({
    type: 'refused',
    code: 'gate-open',
    missing: ['clientAgrees', 'fellowAgrees'],
  });
  expect(refusal({ ...there, agrees: true })?.missing).toEqual(['clientAgrees']);
  expect(refusal({ ...there, clientSays: 'agrees' })?.missing).toEqual(['fellowAgrees']);
});

test('[J14] every event of a meeting is about the client of this session', () => {
  const { emitted } = deliver(meetingConcept, at('inside', {}, was), {
    type: 'meeting.clientRefuses',
    fellow,
  });
  const subject = { kind: 'client', id: client };
  expect(emitted).toMatchObject([{ subject }, { subject }]);
  expect(deliver(meetingConcept, begun, { type: 'meeting.bringIn' }).emitted).toMatchObject([{ subject }]);
});
