import { referencePolicy, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { Film, FILM_WORDS } from '../testing/film.js';
import { admitted, NEEDED } from '../testing/a-participant.js';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '../testing/a-session.js';
import { ANSWERS } from '../testing/answers.js';
import { giveReasons } from '../testing/reasons.js';

const client = CLIENT;
const [FIRST] = DUTY;
const BOTH = [PRACTITIONER, CLIENT] as const;
const by = (person: string, command: Command) => (walk: Walk) => walk.say(person, command);
const mine = (command: Command) => by(PRACTITIONER, command);
const end: Command = { type: 'session.end' };

test('[I9][B01][Z3] a session among colleagues, on each screen: what does not concern it is not asked', () => {
  const film = new Film(aWalk({ appointment: { type: 'training' } }), BOTH)
    .frame('nobody is there')
    .step('the client waits with everything answered', (walk) => {
      walk.join(CLIENT);
      for (const item of ['consent', 'device', 'backUpChannel'] as const) walk.say(CLIENT, ANSWERS[item]);
    })
    .step('the practitioner is there', (walk) => walk.join(PRACTITIONER))
    .aside('the practitioner goes', (walk) => walk.leave(PRACTITIONER))
    .step('let in', mine({ type: 'person.admit', person: client }))
    .step('the gate is passed', (walk) =>
      walk.say(PRACTITIONER, { type: 'gate.override', reason: 'technicalFault' }).heal(),
    )
    .step('passed again, and live', (walk) =>
      walk
        .say(PRACTITIONER, { type: 'gate.override', reason: 'technicalFault' })
        .say(PRACTITIONER, { type: 'session.goLive' }),
    );
  expect(film.text).toMatchSnapshot();
});

test('[V9][I20][C10][D07] the card with every word, and without any, on the practitioner’s screen', () => {
  const everything = {
    ...FILM_WORDS['c1'],
    addressUnit: '3',
    entryNotes: 'Ring twice',
    contactMayBeTold: 'Where they are',
    safeWord: 'a word',
    localRoute: 'The team at the corner',
  };
  const live = (): Walk =>
    aLiveSession()
      .say(PRACTITIONER, { type: 'risk.raise', client })
      .say(PRACTITIONER, ANSWERS.localRoute)
      .say(PRACTITIONER, {
        ...ANSWERS.signal,
        flags: { hasSafeWord: true, hasGesture: false, hasSoftwareSignal: true },
      });
  const full = new Film(live(), [PRACTITIONER], { words: { c1: everything } }).frame('every word is known');
  const empty = new Film(live(), [PRACTITIONER], { words: {} }).frame('none is known');
  const noAdjustments = {
    lengthMs: null,
    breakEveryMs: null,
    cameraOffByChoice: false,
    chatForKeyPoints: false,
    agenda: [],
    communication: null,
    whenOverwhelmed: null,
  };
  const none = new Film(aLiveSession({ appointment: { adjustments: noAdjustments } }), [CLIENT]).frame(
    'adjustments without any',
  );
  expect(full.text + empty.text + none.text).toMatchSnapshot();
});

test('[A53][F6][H1][C17] what is left on the client’s screen: an alternative, an answered call, a closed session', () => {
  const offer: Command = {
    type: 'suitability.offerAlternative',
    client,
    kind: 'phone',
    dueOn: '2026-06-01',
    route: 'familyDoctor',
  };
  const skip = { safety: 'skipped', privacy: 'skipped', access: 'skipped', nextSteps: 'skipped' } as const;
  const film = new Film(aWaitingSession().say(PRACTITIONER, offer), BOTH, { isGoingOn: true })
    .step('asked for someone, and answered', (walk) =>
      walk.say(CLIENT, { type: 'help.ask', client }).say(PRACTITIONER, { type: 'help.answer', client }),
    )
    .step('let in', (walk) => walk.say(PRACTITIONER, { type: 'person.admit', person: client }).heal())
    .on(CLIENT, { hasLeft: 'left' })
    .frame('the device has left')
    .on(CLIENT, {})
    .step('the client asks, and moves', (walk) =>
      walk
        .say(CLIENT, { type: 'item.reopen', item: 'location' })
        .say(CLIENT, { type: 'item.reopen', item: 'device' })
        .say(CLIENT, { type: 'item.answer', item: 'device', answer: 'notSure' }),
    )
    .step('ended', mine(end))
    .step('skipped', by(CLIENT, { type: 'feedback.give', ...skip }))
    .step('closed', (walk) =>
      giveReasons(walk.say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' })).say(
        PRACTITIONER,
        { type: 'session.close' },
      ),
    );
  expect(film.text).toMatchSnapshot();
});

test('[D5][J7][F10] edges of others’ pages: a colleague in closing and after it, a participant in set-up, an early end', () => {
  const colleague = { id: 'p2', role: 'practitioner' } as const;
  const offered = aLiveSession({ others: [colleague] })
    .join('p2')
    .say(PRACTITIONER, { type: 'handOver.offer', to: 'p2' });
  const late = new Film(offered, ['p2'], { isGoingOn: true })
    .step('a run is closed but for a word', (walk) => walk.cut().to(545_000).heal().by(5000))
    .step('ended and closed', (walk) =>
      walk
        .heal()
        .say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: walk.runId })
        .say(PRACTITIONER, {
          type: 'ladder.dispose',
          client,
          run: walk.runId,
          disposition: 'safeWithClient',
          rationaleRef: 'note-1',
        })
        .say(PRACTITIONER, end),
    )
    .on('p2', { lastHeardAtMs: null, watchdog: [{ code: 'sinkFailing', name: 'file', sinceMs: 1 }] })
    .step('closed', (walk) =>
      walk
        .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' })
        .say(PRACTITIONER, { type: 'session.close' }),
    );
  const settling = aWaitingSession({ others: [NEEDED] })
    .say(PRACTITIONER, { type: 'person.admit', person: client })
    .heal();
  const early = new Film(admitted(settling, NEEDED.id), [NEEDED.id])
    .frame('in the room before it is live')
    .on(NEEDED.id, { lastHeardAtMs: null })
    .frame('not heard')
    .on(NEEDED.id, { inCharge: false })
    .frame('cannot store')
    .step('a pause', mine({ type: 'pause.start', client, reason: 'needed' }));
  const ended = new Film(aWaitingSession(), [PRACTITIONER, 'supervisor-1', FIRST], { isGoingOn: true }).step(
    'ended before it was live',
    mine(end),
  );
  expect(late.text + early.text + ended.text).toMatchSnapshot();
});

test('[M1][V6][E15] staff on several lists, on their screens', () => {
  const staff = {
    ...referencePolicy.staff,
    supervisor: [{ person: FIRST }],
    management: [{ person: FIRST }, { person: 'management-1' }],
  };
  const policy = {
    ...referencePolicy,
    staff,
    recording: { mode: 'twoGrants', policy: 'recording-policy-v3' },
  } as const;
  const film = new Film(aLiveSession({ policy }), [FIRST, 'management-1'])
    .frame('who looks back, grants, and is on duty')
    .step('asked for help in a crisis', (walk) =>
      walk
        .say(PRACTITIONER, { type: 'crisis.open', client })
        .say(PRACTITIONER, { type: 'crisis.offerEscalation', client }),
    )
    .step('management is asked for advice', mine({ type: 'consult.ask', client, person: 'management-1' }));
  expect(film.text).toMatchSnapshot();
});

/** Takes the newest alert to this person. */
const takes = (person: string) => (walk: Walk) => {
  const alert = walk.events.findLast(
    ({ kind, details }) => kind === 'alert.sent' && details['person'] === person,
  );
  return walk.say(person, { type: 'alert.accept', alert: alert?.subject?.id ?? 'none' });
};

test('[C9][C10][M1][S3][H4] a crisis of a minor whose place is not known, and helpers of several kinds, on each screen', () => {
  const [, SECOND] = DUTY;
  const begun = aWalk({ appointment: { isMinor: true } })
    .join(PRACTITIONER)
    .join(CLIENT)
    .join(FIRST)
    .join(SECOND);
  const minor = new Film(begun, [PRACTITIONER, FIRST, SECOND], { isGoingOn: true })
    .step('opened before anything was answered', mine({ type: 'crisis.open', client }))
    .step('help is asked for, and passed on', (walk) =>
      walk.say(PRACTITIONER, { type: 'crisis.offerEscalation', client }).by(60_000),
    )
    .step('the second comes', takes(SECOND))
    .aside('and is gone', (walk) => walk.leave(SECOND))
    .step('the first is asked for advice', mine({ type: 'consult.ask', client, person: FIRST }))
    .step('taken', takes(FIRST));
  const others = new Film(aLiveSession().join(FIRST), [PRACTITIONER, FIRST], { isGoingOn: true })
    .step('a call for someone that the duty person takes', (walk) =>
      takes(FIRST)(walk.say(CLIENT, { type: 'help.ask', client }).by(30_000)),
    )
    .step('safeguarding, which the duty person takes', (walk) => {
      walk.say(PRACTITIONER, { type: 'safeguarding.open', client, about: 'adult' });
      takes(FIRST)(
        walk.say(PRACTITIONER, { type: 'safeguarding.notifyLead', client, way: 'alert' }).by(60_000),
      );
    })
    .aside('ended', mine(end));
  expect(minor.text + others.text).toMatchSnapshot();
});
