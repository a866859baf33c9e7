import type { CallOutcome, Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { Film, FILM_WORDS } from '../testing/film.js';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '../testing/a-session.js';
import { ANSWERS } from '../testing/answers.js';

const client = CLIENT;
const [FIRST, SECOND] = DUTY;
const EVERYBODY = [PRACTITIONER, CLIENT, FIRST, SECOND] as const;
const OUTCOMES: readonly CallOutcome[] = [
  'someoneElseAnswered',
  'guardianAnswered',
  'voicemail',
  'noAnswer',
  'failed',
];

type RunWord = Command extends infer C ? (C extends { readonly run: string } ? C : never) : never;
type Unaddressed<C> = C extends unknown ? Omit<C, 'client' | 'run'> : never;
/** A command about the run that is open. */
const says =
  (body: Unaddressed<RunWord>, by: string = PRACTITIONER) =>
  (walk: Walk): Walk =>
    walk.say(by, { ...body, client, run: walk.runId });
const called =
  (outcome: CallOutcome) =>
  (walk: Walk): Walk =>
    walk.recordCall(outcome, { run: walk.runId });
/** The first alert that this person has not taken. */
const answers = (person: string, type: 'alert.acknowledge' | 'alert.accept') => (walk: Walk) => {
  const [alert] = walk.events
    .filter(({ kind, details }) => kind === 'alert.sent' && details['person'] === person)
    .map(({ subject }) => subject?.id ?? '')
    .filter((id) => ['sent', 'acknowledged', 'unanswered'].includes(walk.value(`alert:${id}`)));
  return walk.say(person, { type, alert: alert ?? 'none' });
};
/** With everything that is agreed, a contact too. */
const live = (): Walk =>
  aLiveSession()
    .join(FIRST)
    .join(SECOND)
    .say(PRACTITIONER, {
      ...ANSWERS.emergencyContact,
      flags: { agreedWhileAlone: true, mayTellPlace: true },
    });

test('[P9][P10][P11][L1][L4][L5][L6][V2][V3] contact is lost and the ladder walks, on each screen', () => {
  const film = new Film(live(), EVERYBODY, { isGoingOn: true })
    .on(PRACTITIONER, { media: 'silent', mediaSilentSinceMs: 60_000 })
    .step('silence is suspected', (walk) => walk.cut())
    .aside('it was a hiccup', (walk) => walk.by(500).heal())
    .step('contact is lost', (walk) => walk.by(1500))
    .on(PRACTITIONER, { media: 'silent', mediaSilentSinceMs: 60_000, verdict: 'them' })
    .on(CLIENT, { media: 'silent', mediaSilentSinceMs: 60_000, verdict: 'me' })
    .frame('both devices say whose link it is')
    .on(CLIENT, { media: 'silent', mediaSilentSinceMs: 60_000, verdict: 'them' })
    .frame('the client’s device says that it is the other side')
    .aside('media is back', (walk) => walk.heal())
    .aside('recovered', (walk) => walk.heal().by(5000))
    .step('phoning is due', (walk) => walk.to(360_000))
    .aside('media is back, and a word is missing', (walk) => walk.heal().by(5000))
    .aside('the word is given', (walk) => says({ type: 'ladder.confirmTogether' })(walk.heal().by(5000)))
    .aside('the word is not given', (walk) => walk.heal().by(66_000));
  for (const outcome of OUTCOMES) film.aside(outcome, called(outcome));
  film
    .step('nobody answers', called('noAnswer'))
    .step('an attempt passes', (walk) => walk.by(60_000))
    .step('the last attempt', called('voicemail'))
    .step('no decision, and the duty role is alerted', (walk) => walk.by(120_000))
    .step('seen', answers(FIRST, 'alert.acknowledge'))
    .step('taken', answers(FIRST, 'alert.accept'));
  expect(film.text).toMatchSnapshot();
});

/** A decision is open. */
const deciding = (): Walk => live().cut().to(360_000).by(180_000);

test('[L9][L11][L12][L16][F2] a decision, on each screen: each of them, how it is carried out, and how it ends', () => {
  const film = new Film(deciding(), EVERYBODY.slice(0, 3), { isGoingOn: true })
    .aside('not now', (walk) =>
      says({ type: 'ladder.decide', decision: 'notNow', lookAgainAtMs: walk.nowMs + 60_000 })(walk),
    )
    .aside('looked at again', (walk) =>
      says({ type: 'ladder.decide', decision: 'notNow', lookAgainAtMs: walk.nowMs + 60_000 })(walk).by(
        60_000,
      ),
    )
    .aside('ring the client again', says({ type: 'ladder.decide', decision: 'ringClientAgain' }))
    .aside('ring emergency services', says({ type: 'ladder.decide', decision: 'ringEmergencyServices' }))
    .step('ring the emergency contact', says({ type: 'ladder.decide', decision: 'ringEmergencyContact' }))
    .aside('not done in time', (walk) => walk.by(120_000))
    .aside('not done', says({ type: 'ladder.recordAct', outcome: 'notDone' }))
    .step('not reached', says({ type: 'ladder.recordAct', outcome: 'notReached' }))
    .step('emergency services', says({ type: 'ladder.decide', decision: 'ringEmergencyServices' }))
    .step('reached', says({ type: 'ladder.recordAct', outcome: 'reached' }))
    .aside('contact is back', (walk) => walk.heal().by(5000))
    .step('contact is back, and the decision is still there', (walk) => walk.heal().by(5000))
    .aside('stood down', says({ type: 'ladder.standDown' }))
    .step(
      'the run is closed',
      says({ type: 'ladder.dispose', disposition: 'safeByReport', rationaleRef: 'note-1' }),
    );
  expect(film.text).toMatchSnapshot();
});

test('[J13][L9][E14] a contact who cannot be chosen, and a guardian who has answered, on the practitioner’s screen', () => {
  const withContact = (flags: { isGuardian?: boolean }): Walk =>
    aLiveSession().say(PRACTITIONER, {
      ...ANSWERS.emergencyContact,
      flags: { agreedWhileAlone: true, ...flags },
    });
  const guardian = new Film(withContact({ isGuardian: true }).cut().to(360_000), [PRACTITIONER], {
    isGoingOn: true,
  }).step('a guardian answers', (walk) => called('guardianAnswered')(walk).by(120_000));
  const none = new Film(
    aLiveSession().say(PRACTITIONER, {
      type: 'item.answer',
      item: 'emergencyContact',
      answer: 'notSafe',
    }),
    [PRACTITIONER],
    { isGoingOn: true },
  ).step('a decision, with a contact that is not safe', (walk) => walk.cut().by(500_000));
  expect(guardian.text + none.text).toMatchSnapshot();
});

test('[P13][P14][W3][V8] on the phone, on each screen: by whom, still together, cut, back on video', () => {
  const film = new Film(live().cut().to(360_000), EVERYBODY.slice(0, 3), { isGoingOn: true })
    .step('reached by name', called('reachedByName'))
    .step('still together?', (walk) => walk.by(600_000))
    .aside('yes', (walk) => walk.say(PRACTITIONER, { type: 'call.stillTogether', client }))
    .step('no answer', (walk) => walk.by(120_000))
    .step('the duty person takes it', answers(FIRST, 'alert.accept'))
    .aside('the duty person has the call now', (walk) =>
      walk.say(FIRST, { type: 'call.stillTogether', client }),
    )
    .step('media is back', (walk) => walk.heal().by(1000))
    .aside('the call is cut', (walk) => walk.say(PRACTITIONER, { type: 'call.cut', client }))
    .aside('moved to video', (walk) => walk.say(PRACTITIONER, { type: 'call.moveToVideo', client }))
    .step('the duty person has the call, with media back', (walk) =>
      walk.say(FIRST, { type: 'call.stillTogether', client }),
    )
    .step('media is gone again', (walk) => walk.cut().by(2000))
    .step('the call is cut by the duty person', (walk) => walk.say(FIRST, { type: 'call.cut', client }));
  expect(film.text).toMatchSnapshot();
});

test('[L15][L17][A6][V8] a run in other hands, on each screen: offered, taken over, phoning by another, exhausted', () => {
  const film = new Film(live().cut().to(370_000), EVERYBODY, { isGoingOn: true })
    .step('offered to a duty person', says({ type: 'ladder.offerHandOver', to: FIRST }))
    .step('taken over', says({ type: 'ladder.takeOver' }, FIRST))
    .aside('taken back', says({ type: 'ladder.takeOver' }))
    .aside('the practitioner has the client', called('reachedByName'))
    .aside('reached by the owner', (walk) => walk.recordCall('reachedByName', { by: FIRST, run: walk.runId }))
    .aside('the owner is not there', (walk) => walk.leave(FIRST))
    .step('the owner has to decide', (walk) => walk.by(180_000))
    .step('nobody decides', (walk) => walk.by(120_000))
    .step('exhausted', (walk) => walk.by(600_000))
    .step('the practitioner takes it over', says({ type: 'ladder.takeOver' }));
  expect(film.text).toMatchSnapshot();
});

test('[L3][L4][H03][H32] ringing is not allowed, on the practitioner’s screen', () => {
  const number = { ...ANSWERS.callBackNumber, flags: { safeToRing: false, safeToLeaveMessage: false } };
  const blocked = (usesVoice: boolean): Walk =>
    aLiveSession()
      .say(PRACTITIONER, {
        ...number,
        flags: { ...number.flags, isOwnNumber: true, wasReadBack: true },
      })
      .say(PRACTITIONER, { ...ANSWERS.backUpChannel, flags: { usesVoice, isSafeChannel: true } });
  const voice = new Film(blocked(true), [PRACTITIONER], { isGoingOn: true })
    .step('after the wait', (walk) => walk.cut().to(360_000))
    .aside('allowed with a reason', says({ type: 'ladder.allowRinging', reason: 'clinicalJudgement' }));
  const words = new Film(blocked(false), [PRACTITIONER], { isGoingOn: true }).step(
    'with a channel of words',
    (walk) => walk.cut().to(360_000),
  );
  expect(voice.text + words.text).toMatchSnapshot();
});

test('[L18] a report that comes late, on the screens of the staff', () => {
  const late = (walk: Walk): Walk => {
    const command: Command = {
      type: 'ladder.recordCall',
      client,
      run: walk.runId,
      attempt: 1,
      outcome: 'noAnswer',
    };
    return walk.say(PRACTITIONER, command, walk.nowMs - 30_000);
  };
  const words = { ...FILM_WORDS, p1: {} };
  const film = new Film(live().cut().to(400_000), [PRACTITIONER], { isGoingOn: true, words })
    .step('it was said half a minute ago', late)
    .aside('a word that comes late', (walk) =>
      walk.say(
        PRACTITIONER,
        { type: 'ladder.confirmTogether', client, run: walk.runId },
        walk.nowMs - 10_000,
      ),
    )
    .aside('closed, and said late', (walk) =>
      walk.say(
        PRACTITIONER,
        { type: 'ladder.dispose', client, run: walk.runId, disposition: 'safeByReport' },
        walk.nowMs - 10_000,
      ),
    )
    .aside('five minutes later', (walk) => walk.by(300_001));
  expect(film.text).toMatchSnapshot();
});
