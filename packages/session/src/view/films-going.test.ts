import type { Command } from '@holdfast/protocol';
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

const client = CLIENT;
const [FIRST] = DUTY;
const THREE = [PRACTITIONER, CLIENT, FIRST] as const;
const raise: Command = { type: 'risk.raise', client };
/** Takes the newest alert to this person. */
const accept = (person: string) => (walk: Walk) => {
  const alert = walk.events.findLast(
    ({ kind, details }) => kind === 'alert.sent' && details['person'] === person,
  );
  return walk.say(person, { type: 'alert.accept', alert: alert?.subject?.id ?? 'none' });
};

test('[L2][L8][K1][K3][K4][V1] risk, on each screen: raised in quiet, lowered, raised in a run; the client’s never changes by it', () => {
  const film = new Film(aLiveSession(), THREE, { isGoingOn: true })
    .step('raised in quiet', (walk) => walk.say(PRACTITIONER, raise))
    .aside('lowered', (walk) => walk.say(PRACTITIONER, { type: 'risk.lower', client, reason: 'planAgreed' }))
    .step('contact is lost with risk', (walk) => walk.cut().by(2000))
    .step('nobody decides', (walk) => walk.by(60_000))
    .step('taken', accept(FIRST))
    .step('lowered in the run', (walk) =>
      walk.say(PRACTITIONER, { type: 'risk.lower', client, reason: 'clientSafe' }),
    );
  const during = new Film(aLiveSession().cut().by(20_000), THREE, { isGoingOn: true }).step(
    'raised in the run',
    (walk) => walk.say(PRACTITIONER, raise),
  );
  expect(film.text + during.text).toMatchSnapshot();
});

test('[E1][E2][E3][L7][P15] the client goes, on each screen: left, exited, with risk, and comes again', () => {
  const left = new Film(aLiveSession(), THREE, { isGoingOn: true })
    .on(CLIENT, { hasLeft: 'left' })
    .step('left', (walk) => walk.leave(CLIENT))
    .on(CLIENT, {})
    .step('came again', (walk) => walk.join(CLIENT).heal().by(6000));
  const exited = new Film(aLiveSession(), THREE, { isGoingOn: true })
    .on(CLIENT, { hasLeft: 'exited' })
    .step('exited', (walk) => walk.exit(CLIENT))
    .aside('ringing is allowed with a reason', (walk) =>
      walk.say(PRACTITIONER, {
        type: 'ladder.allowRinging',
        client,
        run: walk.runId,
        reason: 'clinicalJudgement',
      }),
    )
    .on(CLIENT, {})
    .step('came again', (walk) => walk.join(CLIENT).heal().by(6000));
  const risky = new Film(aLiveSession().say(PRACTITIONER, raise), THREE, { isGoingOn: true }).step(
    'left with risk',
    (walk) => walk.leave(CLIENT),
  );
  const waiting = new Film(aWaitingSession(), THREE, { isGoingOn: true })
    .step('vanished while waiting', (walk) => walk.silent(CLIENT).by(5000))
    .step('back in waiting', (walk) => walk.heard(CLIENT).by(6000));
  expect([left, exited, risky, waiting].map(({ text }) => text).join('')).toMatchSnapshot();
});

test('[P5][P6][A7][H02] the practitioner goes, on each screen: the page of whoever is on duty', () => {
  const film = new Film(aLiveSession(), THREE)
    .frame('live')
    .step('the practitioner is not heard', (walk) => walk.media(CLIENT, 'silent').silent(PRACTITIONER))
    .step('gone', (walk) => walk.by(4000))
    .step('for a minute', (walk) => walk.by(60_000))
    .step('seen', (walk) => {
      const alert = walk.events.findLast(({ kind }) => kind === 'alert.sent')?.subject?.id ?? 'none';
      walk.join(FIRST).say(FIRST, { type: 'alert.acknowledge', alert });
    })
    .step('taken', accept(FIRST))
    .aside('the client is lost, too', (walk) => walk.silent(CLIENT).by(400_000))
    .step('the practitioner is back', (walk) => walk.heard(PRACTITIONER).heal().by(10_000));
  const left = new Film(aLiveSession().say(PRACTITIONER, raise), THREE, { isGoingOn: true })
    .on(PRACTITIONER, { hasLeft: 'left' })
    .step('left with risk', (walk) => walk.leave(PRACTITIONER));
  expect(film.text + left.text).toMatchSnapshot();
});

test('[V5][H08][H31][X1] devices that are on their own, on their screens: cut off, elsewhere, not told', () => {
  const vault = { c1: { callBackNumber: '+44 20 0000 0009', address: 'As on the card' } };
  const actionCard = {
    vault,
    mayRing: true,
    mayLeaveMessage: false,
    contactAnswer: 'confirmed',
    dutyLine: '+44 (0)20 0000 0010',
  } as const;
  const film = new Film(aLiveSession(), [PRACTITIONER, CLIENT], { isGoingOn: true, words: {} })
    .on(PRACTITIONER, { actionCard })
    .frame('the card is on the device')
    .on(PRACTITIONER, { actionCard, lastHeardAtMs: 57_000, unsent: 1 })
    .on(CLIENT, { lastHeardAtMs: 57_000, unsent: 1 })
    .frame('both lines are down, and media is up')
    .on(PRACTITIONER, {
      actionCard,
      lastHeardAtMs: 57_000,
      media: 'silent',
      mediaSilentSinceMs: 56_000,
      verdict: 'ours',
    })
    .on(CLIENT, { lastHeardAtMs: 57_000, media: 'silent', mediaSilentSinceMs: 56_000, verdict: 'me' })
    .frame('media is silent, too')
    .on(PRACTITIONER, { lastHeardAtMs: 57_000, media: 'silent', mediaSilentSinceMs: 58_500 })
    .frame('silent for a moment only')
    .on(PRACTITIONER, { inCharge: false })
    .frame('the session server cannot store')
    .on(PRACTITIONER, { lastHeardAtMs: null })
    .on(CLIENT, { lastHeardAtMs: null })
    .frame('not heard yet')
    .on(PRACTITIONER, { isSuperseded: true })
    .on(CLIENT, { isSuperseded: true })
    .frame('open elsewhere')
    .on(PRACTITIONER, { hasLeft: 'left' })
    .on(CLIENT, { hasLeft: 'exited' })
    .frame('left and exited')
    .on(PRACTITIONER, {
      watchdog: [
        { code: 'sinkFailing', name: 'file', sinceMs: 1000 },
        { code: 'alertUndelivered', name: 'mail', sinceMs: 2000 },
        { code: 'stepFailed', name: null, sinceMs: 3000 },
      ],
    })
    .on(CLIENT, {})
    .frame('something is wrong on the side of the session server');
  expect(film.text).toMatchSnapshot();
});

test('[V5][H08] cut off in a run, with a crisis and with risk, on the practitioner’s screen', () => {
  const cutOff = (walk: Walk, mayRing = true): Film => {
    const actionCard = { vault: {}, mayRing, mayLeaveMessage: false, contactAnswer: null, dutyLine: null };
    const device = { actionCard, lastHeardAtMs: walk.nowMs - 5000 };
    const film = new Film(walk, [PRACTITIONER], { isGoingOn: true });
    return film.on(PRACTITIONER, device);
  };
  const shown = [
    cutOff(aLiveSession().say(PRACTITIONER, raise)).frame('with risk'),
    cutOff(aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client })).frame('in a crisis'),
    cutOff(aLiveSession().cut().by(20_000)).frame('reconnecting'),
    cutOff(aLiveSession().cut().to(370_000)).frame('phoning'),
    cutOff(aLiveSession().cut().to(370_000).recordCall('reachedByName')).frame('on the phone'),
    cutOff(aLiveSession().cut().to(545_000)).frame('deciding'),
  ];
  expect(shown.map(({ text }) => text).join('')).toMatchSnapshot();
});
