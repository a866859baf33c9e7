import { EXPIRIES, ITEMS, referencePolicy, usualAppointment, type Fact } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Emitted, Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { aSession } from '../../testing/a-session.js';
import { aChart } from '../../testing/deliver.js';
import { asksAgainOn, expiriesOf, isAway } from './expiries.js';
import { itemConcept } from './item.concept.js';

const session = aSession();
const withChart = (key: string, value: string): Session => ({
  ...session,
  charts: { ...session.charts, [key]: { value, context: aChart(itemConcept, 'consent').context } },
});
const presence = (value: string): Session => withChart('presence:c1', value);
const away = ['gone', 'left', 'exited'];
const there = ['notYet', 'alive', 'suspected'];

test('[I8] gone, left and exited are away; a suspicion is not', () => {
  expect([...away, ...there, 'none', ''].filter(isAway)).toEqual(away);
});

test('[I24] what makes an item old is what the policy lists for this kind of session', () => {
  const listed = ITEMS.map((item) => [item, asksAgainOn(item, session)] as const).filter(
    ([, on]) => on.length > 0,
  );
  expect(Object.fromEntries(listed)).toEqual({
    consent: ['restored'],
    practitionerPrivacy: ['restored'],
    identity: ['restoredLate'],
    clientPrivacy: ['anotherDevice', 'rejoin', 'channelSwitch', 'afterPause', 'restored'],
    locationConfirmed: ['newPlace', 'crisis', 'restoredLate'],
    emergencyContact: ['guardianNotSafe'],
    localRoute: ['newPlace'],
  });
  const of = (type: 'supervision' | 'practiceRoom') =>
    asksAgainOn('locationConfirmed', {
      policy: referencePolicy,
      appointment: { ...usualAppointment, type },
    });
  expect([of('supervision'), of('practiceRoom')]).toEqual([[], []]);
});

const joined = (person: string): Fact => ({ type: 'device.joined', person, device: 'd1' });
const heard = (person: string): Fact => ({ type: 'device.heard', person, device: 'd1', heardAtMs: 0 });
const media = (client: string, state: 'up' | 'silent'): Fact => ({
  type: 'media.reported',
  client,
  device: 'd1',
  state,
  lastBothWaysAtMs: 0,
  verdict: 'unknown',
});

test('[I8] a device of the client, and media with them, is a return after they were away', () => {
  for (const state of away) {
    expect(expiriesOf(joined('c1'), presence(state)), state).toEqual(['anotherDevice', 'rejoin']);
    expect(expiriesOf(heard('c1'), presence(state)), state).toEqual(['rejoin']);
    expect(expiriesOf(media('c1', 'up'), presence(state)), state).toEqual(['rejoin']);
    for (const other of [joined('p1'), heard('p1'), media('c1', 'silent'), media('c2', 'up')])
      expect(expiriesOf(other, presence(state)), state).toEqual([]);
    expect(
      expiriesOf({ type: 'device.silent', person: 'c1', device: 'd1', lastHeardAtMs: 0 }, presence(state)),
    ).toEqual([]);
    expect(expiriesOf({ type: 'person.left', person: 'c1' }, presence(state))).toEqual([]);
  }
  for (const state of there) {
    expect(expiriesOf(joined('c1'), presence(state)), state).toEqual(['anotherDevice']);
    expect(expiriesOf(heard('c1'), presence(state)), state).toEqual([]);
    expect(expiriesOf(media('c1', 'up'), presence(state)), state).toEqual([]);
  }
  const unknown: Session = { ...session, charts: {} };
  expect(expiriesOf(joined('c1'), unknown)).toEqual(['anotherDevice']);
});

test('[R8] a start of the session server after a gap, and not while the session is ending', () => {
  const { restoreFreshMs, restoreStaleMs } = referencePolicy.durations;
  const after = (unwatchedMs: number, of: Session = session) =>
    expiriesOf({ type: 'server.started', unwatchedMs }, of);
  const both = ['restored', 'restoredLate'];
  expect(after(restoreFreshMs - 1)).toEqual([]);
  expect(after(restoreFreshMs)).toEqual(['restored']);
  expect(after(restoreStaleMs - 1)).toEqual(['restored']);
  expect(after(restoreStaleMs)).toEqual(both);
  for (const stage of ['gathering', 'settingUp', 'live'])
    expect(after(restoreStaleMs, withChart('lifecycle:session', stage)), stage).toEqual(both);
  for (const stage of ['closing', 'closed'])
    expect(after(restoreStaleMs, withChart('lifecycle:session', stage)), stage).toEqual([]);
  expect(after(restoreStaleMs, { ...session, charts: {} })).toEqual(both);
});

const said = (type: Emitted['type'], id: string | null = null, outcome: string | null = null): Message => ({
  type,
  rules: [],
  subject: id === null ? null : { kind: 'item', id },
  outcome,
});

test('[I7][I8][I14][U6][Q9][W7] which events make answers old, in the words of the policy', () => {
  const of = (...event: Parameters<typeof said>) => expiriesOf(said(...event), session);
  for (const type of ['item.answered', 'item.reopened'] as const) {
    expect(of(type, 'location', 'confirmed')).toEqual(['newPlace']);
    expect(of(type, 'guardianConsent', 'notSafe')).toEqual(['guardianNotSafe']);
    expect(of(type, 'guardianConsent', 'confirmed')).toEqual([]);
    expect(of(type, 'identity', 'notSafe')).toEqual([]);
    expect(of(type, null, 'notSafe')).toEqual([]);
  }
  expect(of('crisis.opened')).toEqual(['crisis']);
  expect(of('call.movedToVideo')).toEqual(['channelSwitch']);
  expect(of('channel.changed')).toEqual(['channelSwitch']);
  expect(of('pause.ended')).toEqual(['afterPause']);
  expect(of('privacy.resolved')).toEqual(['afterPause']);
  for (const type of ['item.overridden', 'crisis.resolved', 'pause.started', 'session.ending'] as const)
    expect(of(type, 'location')).toEqual([]);
  expect(expiriesOf({ type: 'session.goLive' }, session)).toEqual([]);
});

test('[V1][I7] which items an event concerns under a policy that lists everything for each', () => {
  const items = Object.fromEntries(
    ITEMS.map((item) => [item, { settledBefore: 'live', asksAgainOn: [...EXPIRIES] }]),
  );
  const listsAll: Session = aSession({
    policy: {
      ...referencePolicy,
      sessionTypes: { ...referencePolicy.sessionTypes, therapy: { items } },
    },
  });
  const concerned = (message: Message) => itemConcept.concerns(message, listsAll);
  const ofClient = ['callBackNumber', 'location', 'consent', 'device', 'emergencyContact', 'backUpChannel'];
  expect(concerned(said('crisis.opened'))).toEqual(ITEMS);
  expect(concerned(said('privacy.resolved'))).toEqual(ITEMS.filter((item) => !ofClient.includes(item)));
  expect(concerned(said('item.answered', 'location'))).toEqual(ITEMS.filter((item) => item !== 'location'));
  expect(concerned(joined('c1'))).toEqual(ITEMS);
  expect(concerned(said('route.tested'))).toEqual(['escalationRoute']);
  expect(concerned(said('consent.withdrawn'))).toEqual(['consent']);
  expect(concerned(said('risk.raised'))).toEqual(['localRoute']);
  expect(concerned(said('risk.lowered'))).toEqual(['localRoute']);
});
