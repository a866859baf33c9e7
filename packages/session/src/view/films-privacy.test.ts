import type { Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { Film, FILM_WORDS } from '../testing/film.js';
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
const EVERYBODY = [PRACTITIONER, CLIENT, FIRST, 'safeguarding-1'] as const;
const by = (person: string, command: Command) => (walk: Walk) => walk.say(person, command);
const mine = (command: Command) => by(PRACTITIONER, command);
const signal: Command = { type: 'privacy.signal', client };
const open: Command = { type: 'privacy.open', client };
const resolve = (
  outcome: Extract<Command, { type: 'privacy.resolve' }>['outcome'],
  isFreeToSpeak = false,
): Command => ({ type: 'privacy.resolve', client, outcome, isFreeToSpeak });
const takes = (person: string) => (walk: Walk) => {
  const alert = walk.events.findLast(
    ({ kind, details }) => kind === 'alert.sent' && details['person'] === person,
  );
  return walk.say(person, { type: 'alert.accept', alert: alert?.subject?.id ?? 'none' });
};
const live = (): Walk => aLiveSession().join(FIRST).join('safeguarding-1');

test('[Q1][Q2][Q3][Q4][Q12][V1] a discreet signal, on each screen: on the client’s nothing shows', () => {
  const film = new Film(live(), EVERYBODY, { isGoingOn: true })
    .step('given', by(CLIENT, signal))
    .aside('seen', mine({ type: 'privacy.acknowledge', client, outcome: 'seen' }))
    .aside('a false alarm', mine({ type: 'privacy.acknowledge', client, outcome: 'falseAlarm' }))
    .aside('the session is ended over it', mine({ type: 'session.end' }))
    .step('nobody has seen it', (walk) => walk.by(30_000))
    .aside('taken', takes(FIRST))
    .step('privacy is called broken', mine(open));
  const waiting = new Film(aWaitingSession(), EVERYBODY, { isGoingOn: true }).step(
    'given while waiting',
    by(CLIENT, signal),
  );
  expect(film.text + waiting.text).toMatchSnapshot();
});

test('[Q5][Q7][Q8][Q9][Q12][U2] broken privacy, on each screen: each step, and each end', () => {
  const film = new Film(live(), EVERYBODY, { isGoingOn: true })
    .step('privacy is broken', mine(open))
    .aside('a false alarm', mine(resolve('falseAlarm')))
    .aside('no next step', (walk) => walk.by(120_000))
    .step('asked again', mine({ type: 'privacy.recontract', client }))
    .aside('yes', mine(resolve('privateAgain', true)))
    .aside('back to the pause', mine({ type: 'privacy.pause', client }))
    .step('over to the back-up channel', mine({ type: 'privacy.switchChannel', client, to: 'backUpChannel' }))
    .aside('gone over', mine(resolve('otherChannel')))
    .step('nobody acts', (walk) => walk.by(120_000))
    .step('the duty person takes it', takes(FIRST))
    .step(
      'ending neutrally',
      by(FIRST, { type: 'privacy.endNeutrally', client, wording: 'neutralEnding-v1' }),
    )
    .aside('the session is ended', mine({ type: 'session.end' }))
    .step('ended so', mine(resolve('endedNeutrally')))
    .step('the session is ended', mine({ type: 'session.end' }));
  expect(film.text).toMatchSnapshot();
});

test('[Q10][Q11][Q12] a safe contact and the safeguarding lead, on each screen', () => {
  const words = { ...FILM_WORDS, c1: { ...FILM_WORDS['c1'], safeContact: 'After six, by the neighbour' } };
  const agreed: Command = { type: 'privacy.setSafeContact', client, answerRef: 'a-1' };
  const film = new Film(live(), EVERYBODY, { isGoingOn: true, words })
    .step('privacy is broken', mine(open))
    .step('a safe contact is agreed', mine(agreed))
    .step('over to it', mine({ type: 'privacy.switchChannel', client, to: 'safeContact' }))
    .step('the lead is alerted', mine({ type: 'privacy.alertLead', client }))
    .aside('the lead takes it', takes('safeguarding-1'))
    .step('the lead has seen it', (walk) => {
      const alert = walk.events.findLast(({ kind }) => kind === 'alert.sent')?.subject?.id ?? 'none';
      walk.say('safeguarding-1', { type: 'alert.acknowledge', alert });
    })
    .step('gone over', mine(resolve('otherChannel')))
    .step('broken again', mine(open));
  const early = new Film(
    aWaitingSession().say(PRACTITIONER, { type: 'person.admit', person: client }).heal(),
    [PRACTITIONER, CLIENT],
    { isGoingOn: true, words },
  ).step('agreed in set-up', mine(agreed));
  expect(film.text + early.text).toMatchSnapshot();
});

test('[Q6][Q8][L3] broken privacy in a run, and with a practitioner who goes, on each screen', () => {
  const inRun = new Film(live().cut().to(370_000), EVERYBODY.slice(0, 3), { isGoingOn: true })
    .step('privacy is broken while it rings', mine(open))
    .step('settled in another way', mine(resolve('falseAlarm')));
  const gone = new Film(live().say(PRACTITIONER, open), EVERYBODY.slice(0, 3), { isGoingOn: true })
    .step('the practitioner goes', (walk) => walk.leave(PRACTITIONER))
    .aside(
      'the client opens what they answered',
      by(CLIENT, { type: 'item.reopen', item: 'callBackNumber' }),
    );
  const closing = new Film(live().say(PRACTITIONER, { type: 'session.end' }), EVERYBODY.slice(0, 3), {
    isGoingOn: true,
  }).step('broken in closing', mine(open));
  expect(inRun.text + gone.text + closing.text).toMatchSnapshot();
});

test('[U1][U2][U3][U5][R9] a pause for each reason, on each screen', () => {
  const start = (reason: 'overwhelmed' | 'needed'): Command => ({ type: 'pause.start', client, reason });
  const end: Command = { type: 'pause.end', client };
  const three = EVERYBODY.slice(0, 3);
  const needed = new Film(live(), three, { isGoingOn: true })
    .step('the practitioner pauses', mine(start('needed')))
    .aside('too much for the client', mine(start('overwhelmed')))
    .step('a reminder', (walk) => walk.by(180_000))
    .step('over', mine(end));
  const tooMuch = new Film(live(), three, { isGoingOn: true })
    .step('the client pauses', by(CLIENT, start('overwhelmed')))
    .step('the client is ready', by(CLIENT, end))
    .step('not ready after all', by(CLIENT, start('overwhelmed')))
    .aside('contact is lost in the pause', (walk) => walk.cut().by(2000))
    .step('ready again', by(CLIENT, end))
    .step('over', mine(end));
  const restored = new Film(live(), three, { isGoingOn: true })
    .step('nobody looked after it for a minute', (walk) => walk.away(60_000))
    .step('the pages are back', (walk) => walk.heard(PRACTITIONER).heard(CLIENT).heal().by(6000))
    .step('over', mine(end));
  const long = new Film(live(), three, { isGoingOn: true }).step('nobody for two hours', (walk) =>
    walk.away(7_200_000),
  );
  const early = new Film(
    aWaitingSession().say(PRACTITIONER, { type: 'person.admit', person: client }).heal(),
    [PRACTITIONER, CLIENT],
    { isGoingOn: true },
  ).step('paused while settling in', mine(start('overwhelmed')));
  expect([needed, tooMuch, restored, long, early].map(({ text }) => text).join('')).toMatchSnapshot();
});
