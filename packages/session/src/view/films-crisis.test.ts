import { TOLD_STEPS, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { Film } from '../testing/film.js';
import {
  aLiveSession,
  aWaitingSession,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '../testing/a-session.js';
import { ANSWERS } from '../testing/answers.js';

const client = CLIENT;
const [FIRST, SECOND] = DUTY;
const EVERYBODY = [PRACTITIONER, CLIENT, FIRST] as const;
const by = (person: string, command: Command) => (walk: Walk) => walk.say(person, command);
const mine = (command: Command) => by(PRACTITIONER, command);
const open: Command = { type: 'crisis.open', client };
const offer: Command = { type: 'crisis.offerEscalation', client };
const resolve = (exit: 'helpOnScene' | 'handOverAccepted' | 'clientSafe' | 'overridden'): Command => ({
  type: 'crisis.resolve',
  client,
  exit,
  ...(exit === 'clientSafe' ? { rationaleRef: 'note-1' } : {}),
  ...(exit === 'overridden' ? { reason: 'clinicalJudgement' } : {}),
});
const withStaff = (): Walk => aLiveSession().join(FIRST).join(SECOND);
/** The newest alert to this person. */
const takes = (person: string) => (walk: Walk) => {
  const alert = walk.events.findLast(
    ({ kind, details }) => kind === 'alert.sent' && details['person'] === person,
  );
  return walk.say(person, { type: 'alert.accept', alert: alert?.subject?.id ?? 'none' });
};

test('[C1][C8][C9][T1][V1][V8] a crisis, on each screen: opened, place and number, whose harm, its lists, each end', () => {
  const done = (step: string, outcome: 'done' | 'declined'): Command => ({
    type: 'checklist.record',
    list: 'crisis',
    step,
    outcome,
  });
  const film = new Film(withStaff(), EVERYBODY, { isGoingOn: true })
    .step('opened', mine(open))
    .aside('the client has moved', by(CLIENT, { type: 'item.reopen', item: 'location' }))
    .step('the place is the same', mine(ANSWERS.locationConfirmed))
    .step('the number is the same', mine({ type: 'crisis.confirmFact', client, fact: 'callBackNumber' }))
    .aside('harm to themselves', mine({ type: 'crisis.setHarm', client, to: 'self' }))
    .aside('both', mine({ type: 'crisis.setHarm', client, to: 'both' }))
    .step('harm to others', mine({ type: 'crisis.setHarm', client, to: 'others' }))
    .step('a step is done', mine(done('means', 'done')))
    .step('a step is declined', mine(done('saferPlace', 'declined')))
    .aside('help is there', mine(resolve('helpOnScene')))
    .aside('the client is safe', mine(resolve('clientSafe')))
    .aside('overridden', mine(resolve('overridden')))
    .aside('the client is lost', (walk) => walk.cut().by(2000))
    .aside('the client withdraws consent', by(CLIENT, { type: 'consent.withdraw' }))
    .step('it is over', mine(resolve('clientSafe')))
    .step('risk is lowered', mine({ type: 'risk.lower', client, reason: 'clientSafe' }))
    .step('opened again', mine(open));
  expect(film.text).toMatchSnapshot();
});

test('[C2][C3][C7][C10][A2][V8] the hand-over of a crisis, on each screen', () => {
  const film = new Film(withStaff().say(PRACTITIONER, open), [...EVERYBODY, SECOND], { isGoingOn: true })
    .step('help is asked for', mine(offer))
    .aside('nobody sees it', (walk) => walk.by(60_000))
    .aside('joined without the alert', by(SECOND, { type: 'crisis.joinEscalation', client }))
    .aside(
      'place checked by the duty person',
      by(FIRST, { type: 'crisis.confirmFact', client, fact: 'location' }),
    )
    .step('taken', takes(FIRST))
    .aside('who came is gone', (walk) => walk.leave(FIRST))
    .aside('the next is asked', mine(offer))
    .step('briefed', mine({ type: 'crisis.briefEscalation', client }))
    .step('accepted', by(FIRST, { type: 'crisis.acceptEscalation', client }))
    .aside('who took it over is gone', (walk) => walk.leave(FIRST))
    .aside('the practitioner is gone', (walk) => walk.leave(PRACTITIONER))
    .aside('the new owner asks for the next', by(FIRST, offer))
    .step('introduced', mine({ type: 'crisis.introduceClient', client }))
    .step('released', by(FIRST, { type: 'crisis.releaseSender', client }))
    .step('it ends as handed over', by(FIRST, resolve('handOverAccepted')));
  expect(film.text).toMatchSnapshot();
});

test('[M1][M2][M4][M5][C20][C21] colleagues, notes, what was told: beside a crisis, on each screen', () => {
  const people = [...EVERYBODY, 'supervisor-1'];
  const words = {
    c1: { name: 'C Name' },
    p1: { name: 'P Name', staffNote: 'Words of P' },
    'duty-1': { name: 'D Name', staffNote: 'Words of D' },
    'supervisor-1': { name: 'V Name' },
  };
  const ask = (person: string): Command => ({ type: 'consult.ask', client, person });
  const film = new Film(withStaff().say(PRACTITIONER, open).say(PRACTITIONER, offer), people, {
    isGoingOn: true,
    words,
  })
    .step('a supervisor is asked', mine(ask('supervisor-1')))
    .aside('a duty person is asked instead', (walk) =>
      walk
        .say(PRACTITIONER, { type: 'consult.end', client, outcome: 'noLongerNeeded' })
        .say(FIRST, ask(SECOND)),
    )
    .step('the supervisor takes it', takes('supervisor-1'))
    .step('talked over', mine({ type: 'consult.end', client, outcome: 'talkedItOver' }))
    .step('a note of the practitioner', mine({ type: 'staffNote.send', client }))
    .step('a note of the duty person', by(FIRST, { type: 'staffNote.send', client }))
    .step(
      'somebody outside was told',
      mine({
        type: 'disclosure.record',
        client,
        to: 'emergencyServices',
        categories: ['place', 'risk'],
        rationaleRef: 'note-1',
      }),
    )
    .step(
      'and another, by the duty person',
      by(FIRST, {
        type: 'disclosure.record',
        client,
        to: 'police',
        categories: ['place'],
        rationaleRef: 'note-2',
      }),
    );
  for (const step of TOLD_STEPS)
    film.aside(`the client is told: ${step}`, mine({ type: 'client.tell', client, step }));
  film
    .step('the client is told', mine({ type: 'client.tell', client, step: 'colleagueJoins' }))
    .step('the crisis is over', mine(resolve('helpOnScene')))
    .step('the sentence is taken away', mine({ type: 'client.tell', client, step: null }));
  expect(film.text).toMatchSnapshot();
});

test('[H1][H2][H3][H4] the client asks for someone, on each screen: answered, not answered, at risk, while waiting', () => {
  const ask: Command = { type: 'help.ask', client };
  const live = new Film(withStaff(), EVERYBODY, { isGoingOn: true })
    .step('asked', by(CLIENT, ask))
    .aside('answered', mine({ type: 'help.answer', client }))
    .aside('the session is ended', mine({ type: 'session.end' }))
    .step('not answered', (walk) => walk.by(30_000))
    .step('taken by the duty person', takes(FIRST));
  const waiting = new Film(aWaitingSession().join(FIRST), EVERYBODY, { isGoingOn: true })
    .step('asked while waiting', by(CLIENT, ask))
    .step('answered', mine({ type: 'help.answer', client }));
  const risky = new Film(withStaff().say(PRACTITIONER, { type: 'risk.raise', client }), EVERYBODY, {
    isGoingOn: true,
  }).step('asked with risk', by(CLIENT, ask));
  expect(live.text + waiting.text + risky.text).toMatchSnapshot();
});

test('[C1][C9][Z1][Z4] a crisis before anybody is seen, and at the end, on each screen', () => {
  const before = new Film(aWaitingSession(), EVERYBODY, { isGoingOn: true })
    .step('opened in waiting', mine(open))
    .step('it is over', mine(resolve('helpOnScene')));
  const closing = new Film(aLiveSession().say(PRACTITIONER, { type: 'session.end' }), EVERYBODY, {
    isGoingOn: true,
  }).step('opened in closing', mine(open));
  const away = new Film(aLiveSession().join(FIRST).leave(CLIENT), EVERYBODY, { isGoingOn: true }).step(
    'opened when the client has left',
    mine(open),
  );
  expect(before.text + closing.text + away.text).toMatchSnapshot();
});
