import type { Command, ParticipantRole } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { Film } from '../testing/film.js';
import { aLiveMeeting, aWaitingMeeting, FELLOWS } from '../testing/a-meeting.js';
import { admitted, atTheDoor, NEEDED, PARTICIPANTS, theirConsent } from '../testing/a-participant.js';
import {
  aLiveSession,
  aWaitingSession,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '../testing/a-session.js';

const client = CLIENT;
const [FIRST] = DUTY;
const by = (person: string, command: Command) => (walk: Walk) => walk.say(person, command);
const mine = (command: Command) => by(PRACTITIONER, command);
type About = 'admit' | 'hold' | 'remove' | 'clientAgrees' | 'clientRefuses';
const about = (type: About, person: string): Command => ({ type: `participant.${type}`, person });

test('[J1][J2][J3][J4][J6][J7] a supporter, on each screen: from invited to removed', () => {
  const person = 'supporter';
  const [supporter] = PARTICIPANTS.filter(({ role }) => role === person);
  const others = supporter === undefined ? [] : [supporter];
  const film = new Film(aLiveSession({ others }), [PRACTITIONER, CLIENT, person], { isGoingOn: true })
    .step('at the door', (walk) => walk.join(person))
    .aside('the client refuses', mine(about('clientRefuses', person)))
    .step('their own consent', by(person, theirConsent(person)))
    .step('identity is confirmed', mine({ type: 'participant.confirmIdentity', person, method: 'document' }))
    .step('the client agrees', mine(about('clientAgrees', person)))
    .step('let in', mine(about('admit', person)))
    .aside('the client refuses after all', mine(about('clientRefuses', person)))
    .aside('consent is taken back', by(person, { type: 'participant.withdraw', person }))
    .aside('left', (walk) => walk.leave(person))
    .aside('the session is ended', mine({ type: 'session.end' }))
    .aside('a pause', mine({ type: 'pause.start', client, reason: 'needed' }))
    .step('held outside', mine(about('hold', person)))
    .step('let in again', mine(about('admit', person)))
    .step('a crisis puts them outside', mine({ type: 'crisis.open', client }))
    .step('the crisis is over', mine({ type: 'crisis.resolve', client, exit: 'helpOnScene' }))
    .step('removed', mine(about('remove', person)));
  const early = new Film(atTheDoor(aWaitingSession({ others }), person), [PRACTITIONER, person], {
    isGoingOn: true,
  })
    .frame('at the door before the client is in the room')
    .step('the client is let in', mine({ type: 'person.admit', person: client }));
  expect(film.text + early.text).toMatchSnapshot();
});

test('[V5][J7][I23] pages of a participant, from the first screen: by their role, on their own, elsewhere', () => {
  const person = 'interpreter';
  const inside = admitted(aLiveSession({ others: [NEEDED] }), person);
  const film = new Film(inside, [person])
    .frame('in the room')
    .on(person, { lastHeardAtMs: inside.nowMs - 5000, unsent: 1 })
    .frame('the page reaches nobody')
    .on(person, {
      lastHeardAtMs: null,
      preflight: { browser: 'unsupported', connection: 'bad', battery: 'low' },
    })
    .frame('not heard yet')
    .on(person, { isSuperseded: true })
    .frame('open elsewhere')
    .on(person, { hasLeft: 'left' })
    .frame('left');
  const roles: readonly ParticipantRole[] = ['observer', 'trainee', 'liveSupervisor'];
  const others = new Film(aLiveSession({ others: PARTICIPANTS }), [PRACTITIONER, ...roles], {
    isGoingOn: true,
  });
  for (const role of roles) others.step(`${role}: let in`, (walk) => admitted(walk, role));
  expect(film.text + others.text).toMatchSnapshot();
});

test('[J8][J9][J10][J6] an interpreter who is needed, on each screen: lost, called back, gone on without', () => {
  const person = NEEDED.id;
  const inside = (): Walk => admitted(aLiveSession({ others: [NEEDED] }).join(FIRST), person);
  const goOn = (way: 'plainWording' | 'threeWayPhone'): Command => ({
    type: 'participant.goOnWithout',
    person,
    way,
  });
  const called = (outcome: 'reached' | 'noAnswer'): Command => ({
    type: 'participant.recordCallBack',
    person,
    outcome,
  });
  const film = new Film(inside(), [PRACTITIONER, CLIENT, person], { isGoingOn: true })
    .step('not heard', (walk) => walk.silent(person).by(4000))
    .aside('back', (walk) => walk.heard(person))
    .aside('no answer', mine(called('noAnswer')))
    .aside('waited for', mine({ type: 'participant.waitFor', person }))
    .step('a reminder', (walk) => walk.by(120_000))
    .step('waited for', mine({ type: 'participant.waitFor', person }))
    .step('reached', mine(called('reached')))
    .aside('three on the phone', mine(goOn('threeWayPhone')))
    .step('in plain words', mine(goOn('plainWording')))
    .step('back at the door', (walk) => walk.heard(person));
  const withdrew = new Film(inside(), [PRACTITIONER, CLIENT], { isGoingOn: true, words: {} }).step(
    'consent is taken back',
    by(person, { type: 'participant.withdraw', person }),
  );
  const crisis = new Film(inside(), [PRACTITIONER, CLIENT, person, FIRST], { isGoingOn: true })
    .step('a crisis', (walk) =>
      walk
        .say(PRACTITIONER, { type: 'crisis.open', client })
        .say(PRACTITIONER, { type: 'crisis.offerEscalation', client }),
    )
    .step('left in the crisis', (walk) => walk.leave(person));
  expect(film.text + withdrew.text + crisis.text).toMatchSnapshot();
});

test('[D1][D2][D3][D4][D5] the session goes to a colleague, on each screen', () => {
  const colleague = { id: 'p2', role: 'practitioner' } as const;
  const live = (): Walk => aLiveSession({ others: [colleague] }).join('p2');
  const offer: Command = { type: 'handOver.offer', to: 'p2' };
  const risky = (walk: Walk) =>
    walk.say(PRACTITIONER, { type: 'risk.raise', client }).say(PRACTITIONER, { type: 'crisis.open', client });
  const film = new Film(live(), [PRACTITIONER, CLIENT, 'p2'], { isGoingOn: true })
    .frame('a colleague is there')
    .step('offered', mine(offer))
    .aside('declined', by('p2', { type: 'handOver.decline' }))
    .aside('with risk and a crisis', risky)
    .aside('contact is lost', (walk) => walk.cut().by(2000))
    .aside('phoning', (walk) => walk.cut().to(370_000))
    .aside('deciding', (walk) => walk.cut().to(545_000))
    .aside('exhausted', (walk) => walk.cut().to(2_000_000))
    .step('accepted', by('p2', { type: 'handOver.accept' }))
    .aside('the new lead ends it', by('p2', { type: 'session.end' }));
  const gone = new Film(live(), ['p2'])
    .frame('nothing to see')
    .step('who leads is not there', (walk) => walk.leave(PRACTITIONER))
    .step('taken over', by('p2', { type: 'handOver.take' }));
  const devices = new Film(live().say(PRACTITIONER, offer), ['p2'], { isGoingOn: true })
    .on('p2', { isSuperseded: true })
    .frame('open elsewhere')
    .on('p2', { hasLeft: 'left' })
    .frame('left')
    .on('p2', { lastHeardAtMs: 50_000 })
    .frame('cut off');
  expect(film.text + gone.text + devices.text).toMatchSnapshot();
});

test('[J14][J15][J16][J17][J18] a joint meeting, on the screens of one client’s session', () => {
  const [one, other] = FELLOWS;
  const words = { c1: { name: 'C Name' }, c2: { name: 'F Name' }, p1: { name: 'P Name' } };
  const waiting = aWaitingMeeting();
  const asked = new Film(waiting.of(one), [PRACTITIONER, one], { isGoingOn: true, words });
  const ask = (who: string, fellow: string, type: 'meeting.clientAgrees' | 'meeting.clientRefuses') =>
    waiting.in(who, (walk) => walk.say(PRACTITIONER, { type, fellow }));
  asked.frame('nobody was asked');
  ask(one, other, 'meeting.clientRefuses');
  asked.frame('this client refuses');
  ask(one, other, 'meeting.clientAgrees');
  asked.frame('this client agrees');
  ask(other, one, 'meeting.clientAgrees');
  asked.frame('the other agrees');
  waiting.in(one, (walk) => walk.say(PRACTITIONER, { type: 'meeting.bringIn' }).heal());
  asked.frame('brought in');
  waiting.in(other, (walk) => walk.say(PRACTITIONER, { type: 'meeting.bringIn' }).heal());
  asked.frame('the other is brought in');
  const meeting = aLiveMeeting();
  const live = new Film(meeting.of(one), [PRACTITIONER, one], { isGoingOn: true, words });
  meeting.in(one, (walk) => walk.say(PRACTITIONER, { type: 'meeting.setApart' }));
  live.frame('set apart');
  meeting.in(one, (walk) => walk.say(PRACTITIONER, { type: 'meeting.bringIn' }).heal());
  live.frame('in again');
  meeting.in(other, (walk) => walk.say(PRACTITIONER, { type: 'crisis.open', client: other }));
  live.frame('a crisis in the session of the other');
  meeting.in(one, (walk) => walk.leave(one));
  live.frame('left');
  expect(asked.text + live.text).toMatchSnapshot();
});
