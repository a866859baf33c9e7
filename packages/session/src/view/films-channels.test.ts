import type { CallOutcome, Channel, Command, Picture, Policy, Sound } from '@holdfast/protocol';
import { referencePolicy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { Film } from '../testing/film.js';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  deviceOf,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '../testing/a-session.js';
import { ANSWERS } from '../testing/answers.js';

const client = CLIENT;
const BOTH = [PRACTITIONER, CLIENT] as const;
const by = (person: string, command: Command) => (walk: Walk) => walk.say(person, command);
const mine = (command: Command) => by(PRACTITIONER, command);
const HOST = { person: null, role: null, source: 'host', device: null } as const;
const WORKER = { person: null, role: null, source: 'worker', device: null } as const;
const to = (channel: Channel, rest: Partial<Extract<Command, { type: 'channel.choose' }>> = {}): Command => ({
  type: 'channel.choose',
  client,
  to: channel,
  ...rest,
});

test('[W1][W2][W3][W4][W5][W6][W7] another channel by choice, on each screen', () => {
  const came = (outcome: CallOutcome): Command => ({ type: 'channel.recordCall', client, outcome });
  const because = { because: 'badConnection' } as const;
  const film = new Film(aLiveSession(), BOTH, { isGoingOn: true })
    .aside('text, by the client', by(CLIENT, to('text')))
    .aside('in person', mine(to('faceToFace', { because: 'remoteNotSuitable', dueOn: '2026-06-01' })))
    .step('sound only', mine(to('audioOnly', because)))
    .aside('back to video', mine(to('video')))
    .step('the phone, by the client', by(CLIENT, to('phone')))
    .step('no answer', mine(came('noAnswer')))
    .step('reached by name', mine(came('reachedByName')))
    .aside('sound again', mine({ type: 'call.moveToVideo', client }))
    .step('the call is cut', mine({ type: 'call.cut', client }))
    .step('media comes back', (walk) => walk.heal().by(6000));
  const words = aLiveSession().say(PRACTITIONER, {
    ...ANSWERS.backUpChannel,
    flags: { usesVoice: false, isSafeChannel: true },
  });
  const written = new Film(words, BOTH, { isGoingOn: true })
    .step('in words, by the practitioner', mine(to('text', because)))
    .step('reached', mine(came('reachedByName')));
  const unsafe = aLiveSession().say(PRACTITIONER, {
    ...ANSWERS.callBackNumber,
    flags: { safeToRing: false, safeToLeaveMessage: false, isOwnNumber: true, wasReadBack: true },
  });
  const blocked = new Film(unsafe, BOTH, { isGoingOn: true }).step(
    'the phone, where ringing is not safe',
    by(CLIENT, to('phone')),
  );
  const early = new Film(aWaitingSession(), BOTH, { isGoingOn: true }).step(
    'the phone while waiting',
    by(CLIENT, to('phone')),
  );
  expect([film, written, blocked, early].map(({ text }) => text).join('')).toMatchSnapshot();
});

test('[O1][O3][O4][O5][O6] what is seen and heard, on each screen', () => {
  const observed =
    (picture: Picture, sound: Sound, person: string = PRACTITIONER) =>
    (walk: Walk): Walk =>
      walk.state(
        { type: 'media.observed', client, device: deviceOf(person), picture, sound, sinceMs: walk.nowMs },
        person,
      );
  const report = (what: 'cannotSee' | 'cannotHear'): Command => ({
    type: 'observation.report',
    client,
    what,
  });
  const film = new Film(aLiveSession(), BOTH, { isGoingOn: true })
    .step('seen and heard', observed('seen', 'heard'))
    .aside('poor', observed('poor', 'poor'))
    .aside('frozen', observed('frozen', 'heard'))
    .aside('off and muted', observed('off', 'muted'))
    .aside('off by choice', (walk) =>
      observed('offByChoice', 'muted', CLIENT)(observed('off', 'muted')(walk)),
    )
    .step('the sound is gone', observed('seen', 'gone'))
    .step('and does not come back', (walk) => walk.by(12_000))
    .step('heard again', observed('seen', 'heard'))
    .step('the client cannot see', by(CLIENT, report('cannotSee')))
    .step('nor hear', by(CLIENT, report('cannotHear')))
    .step('the practitioner cannot hear', mine(report('cannotHear')))
    .step('nor see', mine(report('cannotSee')))
    .aside('in a pause nothing of it is said', mine({ type: 'pause.start', client, reason: 'needed' }))
    .aside('with sound only', mine(to('audioOnly', { because: 'saveData' })))
    .step('it works again', by(CLIENT, { type: 'observation.settle', client }));
  const soundOnly = new Film(
    aLiveSession().say(PRACTITIONER, to('audioOnly', { because: 'saveData' })),
    BOTH,
    { isGoingOn: true },
  ).step('no picture with sound only', observed('off', 'heard'));
  expect(film.text + soundOnly.text).toMatchSnapshot();
});

test('[N1][N2][N3][N4][N6][N7][L19] who has not come, on each screen', () => {
  const three = [...BOTH, DUTY[0]] as const;
  const moved = (startsAtMs: number) => (walk: Walk) =>
    walk.take({ type: 'appointment.moved', startsAtMs }, HOST);
  const late = aWalk({ appointment: { startsAtMs: 600_000 } })
    .join(PRACTITIONER)
    .say(PRACTITIONER, ANSWERS.callBackNumber);
  const film = new Film(late, three, { isGoingOn: true })
    .step('it is time', (walk) => walk.to(600_000))
    .step('late', (walk) => walk.to(900_000))
    .aside('the host moves it', moved(3_600_000))
    .aside('the host calls it off', (walk) =>
      walk.take({ type: 'appointment.cancelled', reason: 'byClient' }, HOST),
    )
    .aside('the client comes late', (walk) => walk.join(CLIENT))
    .step('a no-show is opened', mine({ type: 'attendance.openNoShow', client }))
    .aside(
      'the client is rung',
      mine({ type: 'ladder.decide', client, run: 'c1.r1', decision: 'ringClientAgain' }),
    )
    .aside('the client comes after all', (walk) => walk.join(CLIENT).by(6000))
    .step(
      'it is closed',
      mine({ type: 'ladder.dispose', client, run: 'c1.r1', disposition: 'followUpArranged' }),
    );
  const untimed = new Film(aWalk().join(PRACTITIONER), BOTH, { isGoingOn: true })
    .step('opened without a time', mine({ type: 'attendance.openNoShow', client }))
    .step('nobody decides', (walk) => walk.by(120_000));
  const early = new Film(aWalk({ appointment: { startsAtMs: 600_000 } }), BOTH, { isGoingOn: true }).step(
    'the client comes early',
    (walk) => walk.join(CLIENT),
  );
  expect(film.text + untimed.text + early.text).toMatchSnapshot();
});

test('[B1][B2][B3][B4][B5][B6][B7] recording, on each screen', () => {
  const policy: Policy = {
    ...referencePolicy,
    recording: { mode: 'twoGrants', policy: 'recording-policy-v3' },
  };
  const MANAGEMENT = 'management-1';
  const everybody = [...BOTH, MANAGEMENT, DUTY[0]] as const;
  const grant: Command = { type: 'recording.grant', textVersion: policy.texts.recording };
  const withdraw: Command = { type: 'recording.withdraw' };
  const film = new Film(aLiveSession({ policy }), everybody)
    .frame('it may be recorded')
    .aside('management grants first', by(MANAGEMENT, grant))
    .step('the client grants', by(CLIENT, grant))
    .step('management grants', by(MANAGEMENT, grant))
    .aside('it cannot begin in a pause', mine({ type: 'pause.start', client, reason: 'needed' }))
    .aside('nor while privacy is broken', mine({ type: 'privacy.open', client }))
    .step('started', mine({ type: 'recording.start' }))
    .aside('it could not begin', (walk) =>
      walk.take({ type: 'recording.failed', take: 1, what: 'start' }, WORKER),
    )
    .step('it runs', (walk) => walk.take({ type: 'recording.started', take: 1 }, WORKER))
    .aside('the client withdraws', by(CLIENT, withdraw))
    .aside('management withdraws', by(MANAGEMENT, withdraw))
    .aside('privacy is broken', mine({ type: 'privacy.open', client }))
    .aside('the duty person is asked for help', (walk) =>
      walk
        .say(PRACTITIONER, { type: 'crisis.open', client })
        .say(PRACTITIONER, { type: 'crisis.offerEscalation', client }),
    )
    .aside('contact is lost', (walk) => walk.cut().by(2000))
    .step('stopped', mine({ type: 'recording.stop' }))
    .aside('it could not end', (walk) =>
      walk.take({ type: 'recording.failed', take: 1, what: 'stop' }, WORKER),
    )
    .step('it ended', (walk) => walk.take({ type: 'recording.stopped', take: 1 }, WORKER))
    .step('the session is ended', mine({ type: 'session.end' }));
  const early = new Film(aWaitingSession({ policy }), BOTH, { isGoingOn: true }).step(
    'granted while waiting, and let in',
    (walk) => walk.say(CLIENT, grant).say(PRACTITIONER, { type: 'person.admit', person: client }).heal(),
  );
  expect(film.text + early.text).toMatchSnapshot();
});
