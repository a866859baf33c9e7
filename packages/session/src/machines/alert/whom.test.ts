import { referencePolicy, type AlertCause, type Id } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import type { ChartState, Session } from '../../step/session.js';
import { aLiveSession, CLIENT, PRACTITIONER } from '../../testing/a-session.js';
import { alertConcept } from './alert.concept.js';

const ABOUT = 'c1.x1';
const THREE = ['duty-1', 'duty-2', 'duty-3'];
const policy = {
  ...referencePolicy,
  staff: { ...referencePolicy.staff, duty: THREE.map((person) => ({ person })) },
};

type Charts = Readonly<Record<string, { readonly value?: string; readonly context?: object }>>;
/** A live session with three on the duty list, in which these charts stand as they are written. */
function aSessionWith(charts: Charts): Session {
  const { session } = aLiveSession({ policy });
  const made = Object.entries(charts).map(([key, { value = 'sent', context = {} }]) => {
    const usual = session.charts[key as keyof Session['charts']]?.context;
    const chart: ChartState = { value, context: { deadlines: {}, ...usual, ...context } };
    return [key, chart] as const;
  });
  return { ...session, charts: { ...session.charts, ...Object.fromEntries(made) } };
}

const key = (cause: AlertCause, person: Id, about = ABOUT) => `alert:${about}.${cause}.${person}`;
const kept = (cause: AlertCause, about: Id, deadlines: object) => ({ context: { about, cause, deadlines } });

const asks = (cause: AlertCause, about = ABOUT): Emitted => ({
  type: 'run.opened',
  rules: [],
  subject: null,
  alert: { about, cause, client: CLIENT },
});
/** The person to whom the request goes; none while one is under way. */
const goesTo = (session: Session, cause: AlertCause, about = ABOUT): readonly Id[] =>
  alertConcept.concerns(asks(cause, about), session).map((id) => id.replace(`${about}.${cause}.`, ''));

const passedOn = (type: 'alert.unanswered' | 'alert.listExhausted', charts: Charts, about = ABOUT) => {
  const details = { about, cause: 'helpAsked', client: CLIENT };
  const subject = { kind: 'alert', id: `${about}.helpAsked.duty-3` } as const;
  return alertConcept.concerns({ type, rules: [], subject, details }, aSessionWith(charts));
};
const ids = (...people: readonly Id[]) => people.map((person) => `${ABOUT}.helpAsked.${person}`);

test('[A1] one at a time, in the order of the list; nobody else while one alert is under way', () => {
  expect(goesTo(aSessionWith({}), 'helpAsked')).toEqual(['duty-1']);
  for (const value of ['sent', 'acknowledged'])
    expect(goesTo(aSessionWith({ [key('helpAsked', 'duty-1')]: { value } }), 'helpAsked')).toEqual([]);
  for (const value of ['unanswered', 'accepted', 'stoodDown'])
    expect(goesTo(aSessionWith({ [key('helpAsked', 'duty-1')]: { value } }), 'helpAsked')).toEqual([
      'duty-2',
    ]);
  // Another matter, or another cause, is not this one.
  expect(goesTo(aSessionWith({ [key('helpAsked', 'duty-1', 'c1.x2')]: {} }), 'helpAsked')).toEqual([
    'duty-1',
  ]);
  expect(goesTo(aSessionWith({ [key('helpSilent', 'duty-1')]: {} }), 'helpAsked')).toEqual(['duty-1']);
});

test('[A6] asked for again when the list is used up: by the last alert, which tells everybody', () => {
  const used = Object.fromEntries(THREE.map((one) => [key('helpAsked', one), { value: 'unanswered' }]));
  expect(goesTo(aSessionWith(used), 'helpAsked')).toEqual(['duty-3']);
});

test.each([
  [
    'the owner of the run',
    'helpAsked',
    { [`run:${CLIENT}`]: { value: 'open', context: { owner: 'duty-1' } } },
  ],
  ['who holds the phone', 'phoneSilent', { [`contact:${CLIENT}`]: { context: { caller: 'duty-1' } } }],
  [
    'who offered the escalation',
    'escalation',
    { [`crisis:${CLIENT}`]: { context: { offeredBy: 'duty-1' } } },
  ],
  ['who owns the crisis', 'escalation', { [`crisis:${CLIENT}`]: { context: { owner: 'duty-1' } } }],
  ['who is waited for', 'escalation', { [`crisis:${CLIENT}`]: { context: { waitedFor: 'duty-1' } } }],
] as const)('[A1] %s is asked last about themselves, and only then', (_name, cause, charts) => {
  expect(goesTo(aSessionWith(charts), cause)).toEqual(['duty-2']);
  const others = { ...charts, [key(cause, 'duty-2')]: { value: 'unanswered' } };
  expect(goesTo(aSessionWith(others), cause)).toEqual(['duty-3']);
  if (cause === 'helpAsked') return;
  // About anything else they are asked like everybody.
  expect(goesTo(aSessionWith(charts), 'helpAsked')).toEqual(['duty-1']);
});

test('[A1] one on the list alone is asked also about themselves', () => {
  const alone = { ...policy, staff: { ...policy.staff, duty: [{ person: 'duty-1' }] } };
  const { charts } = aSessionWith({ [`run:${CLIENT}`]: { value: 'open', context: { owner: 'duty-1' } } });
  const { session } = aLiveSession({ policy: alone });
  expect(goesTo({ ...session, charts }, 'helpAsked')).toEqual(['duty-1']);
});

test('[M1] who was asked for advice by name is asked although they act on it; who asks comes last', () => {
  const consult = (person: Id | null, askedBy: Id) => ({
    [`consult:${CLIENT}`]: { value: 'asked', context: { person, askedBy } },
    [`run:${CLIENT}`]: { value: 'open', context: { owner: 'duty-2' } },
  });
  expect(goesTo(aSessionWith(consult('duty-2', PRACTITIONER)), 'consult')).toEqual(['duty-2']);
  expect(goesTo(aSessionWith(consult(null, 'duty-1')), 'consult')).toEqual(['duty-2']);
  expect(goesTo(aSessionWith({}), 'consult')).toEqual(['duty-1']);
});

test('[P5][H09] an absence that goes on is told anew, but not while an alert of it has a clock that runs', () => {
  const [before, after] = [`${PRACTITIONER}.a1`, `${PRACTITIONER}.a2`];
  const again = (cause: AlertCause, about: Id, deadlines: object, asked = after) =>
    goesTo(
      aSessionWith({
        [key(cause, 'duty-1', about)]: { value: 'unanswered', ...kept(cause, about, deadlines) },
      }),
      'practitionerGone',
      asked,
    );
  const running = { repeat: 90_000 };
  expect(again('practitionerGone', before, running)).toEqual([]);
  expect(again('practitionerGone', before, {})).toEqual(['duty-1']);
  expect(again('practitionerLeft', before, running)).toEqual(['duty-1']);
  expect(again('practitionerGone', 'c1.r1', running)).toEqual(['duty-1']);
  // A run is its own matter: the absence before it does not keep it quiet.
  expect(again('practitionerGone', before, running, 'c1.r1')).toEqual(['duty-1']);
});

test('[A4] not answered: the next in line; nobody left: the alert itself says so, once for a matter', () => {
  const chart = (value: string, deadlines = {}) => ({ value, ...kept('helpAsked', ABOUT, deadlines) });
  const one = { [key('helpAsked', 'duty-1')]: chart('unanswered') };
  expect(passedOn('alert.unanswered', one)).toEqual(ids('duty-2'));
  const used = Object.fromEntries(THREE.map((person) => [key('helpAsked', person), chart('unanswered')]));
  expect(passedOn('alert.unanswered', used)).toEqual(ids('duty-3'));
  const loud = { ...used, [key('helpAsked', 'duty-1')]: chart('unanswered', { repeat: 90_000 }) };
  expect(passedOn('alert.unanswered', loud)).toEqual([]);
  const other = { ...used, [key('helpAsked', 'duty-1', 'c1.x2')]: chart('unanswered', { repeat: 90_000 }) };
  expect(passedOn('alert.unanswered', other)).toEqual(ids('duty-3'));
});

test('[A6] at the end of the list it goes to everybody who was not alerted yet', () => {
  const one = { [key('helpAsked', 'duty-2')]: { value: 'unanswered' } };
  expect(passedOn('alert.listExhausted', one)).toEqual(ids('duty-1', 'duty-3'));
});

test('[A2][A7] what is said of an alert reaches that alert, and of one that is unknown none', () => {
  const session = aSessionWith({ [key('helpAsked', 'duty-1')]: {} });
  const alert = `${ABOUT}.helpAsked.duty-1`;
  const known = (id: Id) =>
    (['alert.acknowledge', 'alert.accept', 'alert.delivered', 'alert.failed'] as const).map((type) =>
      alertConcept.concerns({ type, alert: id, channel: 'log' } as never, session),
    );
  expect(known(alert)).toEqual([[alert], [alert], [alert], [alert]]);
  expect(known('nothing')).toEqual([[], [], [], []]);
});
