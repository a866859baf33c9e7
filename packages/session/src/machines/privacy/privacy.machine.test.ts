import { referencePolicy, type Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  type Walk,
} from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import { giveReasons } from '../../testing/reasons.js';
import { screenOf } from '../../testing/a-screen.js';

const client = CLIENT;
const { privacyActMs } = referencePolicy.durations;
type Outcome = Extract<Command, { type: 'privacy.resolve' }>['outcome'];
const OPEN: Command = { type: 'privacy.open', client };
const STOP: Command = { type: 'privacy.pause', client };
const AGAIN: Command = { type: 'privacy.recontract', client };
const NEUTRAL = {
  type: 'privacy.endNeutrally',
  client,
  wording: referencePolicy.texts.neutralEnding,
} as const;
const to = (channel: 'backUpChannel' | 'safeContact'): Command => ({
  type: 'privacy.switchChannel',
  client,
  to: channel,
});
const resolve = (outcome: Outcome, isFreeToSpeak = false): Command => ({
  type: 'privacy.resolve',
  client,
  outcome,
  isFreeToSpeak,
});
const say = (walk: Walk, ...commands: Command[]) => {
  for (const command of commands) walk.say(PRACTITIONER, command);
  return walk;
};
const opened = () => say(aLiveSession(), OPEN);
const value = (walk: Walk) => walk.value('privacy:c1');
const isPaused = (walk: Walk) => walk.value('pause:session') === 'paused';
const raise: Command = { type: 'risk.raise', client };

describe('opening', () => {
  test('[Q5][A26] one action, by practitioner or duty, in every state until closed, also in a run; it pauses both ways', () => {
    const starts = [aWalk(), aWaitingSession(), aLiveSession(), aLiveSession().cut().by(480_000)];
    const ended = say(aLiveSession(), { type: 'session.end' });
    for (const walk of [...starts, ended]) {
      for (const by of [PRACTITIONER, 'duty-1']) {
        const other = walk.fork().say(by, OPEN);
        expect([other.lastRefusal, value(other)]).toEqual([null, 'compromised.paused']);
        // U3: after the end there is no media that could be paused.
        expect(isPaused(other)).toBe(walk !== ended);
      }
    }
    expect(aLiveSession().say(CLIENT, OPEN).lastRefusal?.code).toBe('not-allowed');
  });
});

describe('precedence', () => {
  test('[Q6][L3][H12] while somebody listens nobody is rung: a person decides instead, with risk active at once', () => {
    const routine = opened().cut().to(360_000);
    expect(routine.kinds).not.toContain('phoning.opened');
    expect(routine.when('deciding.opened')).toEqual([360_000]);
    const risky = say(opened(), raise).cut().by(3000);
    expect(risky.kinds).not.toContain('phoning.opened');
    expect(risky.run.parts?.deciding).toBe('undecided');
  });

  test('[Q6][H12] ringing that is open stops, what was allowed before counts no more, and a decision is due', () => {
    const walk = say(aLiveSession().cut().to(370_000), OPEN);
    expect([walk.run.parts?.phoning, walk.run.parts?.deciding]).toEqual(['done', 'undecided']);
    const allowed = aLiveSession().say(CLIENT, {
      ...ANSWERS.callBackNumber,
      flags: { safeToRing: false, safeToLeaveMessage: false },
    });
    say(
      allowed
        .say(CLIENT, { ...ANSWERS.backUpChannel, answer: 'none', flags: {} })
        .cut()
        .to(370_000),
      {
        type: 'ladder.allowRinging',
        client,
        run: 'c1.r1',
        reason: 'clinicalJudgement',
      },
    );
    expect(allowed.run.parts?.phoning).toBe('attempting');
    expect(say(allowed, OPEN).run.context.ringingAllowed).toBe(false);
    expect(allowed.run.parts?.phoning).toBe('done');
  });

  test('[Q6] private again, what is due is done; ended otherwise, it stays blocked', () => {
    const back = say(say(opened(), raise).cut().by(3000), resolve('falseAlarm'));
    expect(back.run.parts?.phoning).toBe('attempting');
    const over = say(opened(), to('backUpChannel'), resolve('otherChannel')).cut().by(300_000);
    expect([value(over), over.kinds.includes('phoning.opened')]).toEqual(['ended', false]);
  });
});

describe('the steps', () => {
  test('[Q7][A26][A36] stop, ask again by yes or no, go over, end neutrally: each a person’s, in any order', () => {
    const steps = [
      [STOP, 'compromised.paused', true],
      [AGAIN, 'compromised.recontracting', false],
      [to('backUpChannel'), 'compromised.switchingChannel', true],
      [NEUTRAL, 'compromised.endingNeutrally', false],
    ] as const;
    for (const [first] of steps)
      for (const [second, state, pauses] of steps) {
        const walk = say(opened(), first, second);
        expect([walk.lastRefusal, value(walk), isPaused(walk)]).toEqual([null, state, pauses]);
      }
  });

  test('[Q7][A36] only a channel that the client agreed to as safe is gone over to', () => {
    expect(say(opened(), to('safeContact')).lastRefusal?.code).toBe('not-allowed');
    const unsafe = { ...ANSWERS.backUpChannel, flags: { usesVoice: true, isSafeChannel: false } };
    expect(say(opened().say(CLIENT, unsafe), to('backUpChannel')).lastRefusal?.code).toBe('not-allowed');
    const agreed = say(aLiveSession(), { type: 'privacy.setSafeContact', client, answerRef: 'a-1' }, OPEN);
    expect(value(say(agreed, to('safeContact')))).toBe('compromised.switchingChannel');
  });

  test('[Q7][A38] the neutral reason is the one of the policy', () => {
    const other: Command = { type: 'privacy.endNeutrally', client, wording: 'mine' };
    expect(say(opened(), other).lastRefusal?.code).toBe('bad-answer');
    const said = say(opened(), NEUTRAL).events.findLast(({ kind }) => kind === 'privacy.stepTaken');
    expect(said).toMatchObject({ outcome: 'endingNeutrally', details: { wording: NEUTRAL.wording } });
  });
});

describe('silence', () => {
  test('[Q8][A26] no next step in time alerts the duty role; each step starts the time anew', () => {
    const walk = opened().by(privacyActMs - 1);
    expect(say(walk, AGAIN).by(privacyActMs - 1).alerted).toEqual([]);
    expect(walk.by(1).alerted).toEqual(['privacySilent.duty-1']);
    expect(say(walk, STOP).value('alert:c1.privacy1.w2.privacySilent.duty-1')).toBe('stoodDown');
  });

  test('[Q8][A1] silence after a later step alerts the duty role again, from the first on the list', () => {
    const walk = say(opened().by(privacyActMs + 60_000), AGAIN).forget();
    expect(walk.by(privacyActMs).alerted).toEqual(['privacySilent.duty-1']);
    expect(walk.by(60_000).alerted).toEqual(['privacySilent.duty-1', 'privacySilent.duty-2']);
  });

  test('[Q8] a practitioner who goes is not waited for; whoever takes it has the time from then on', () => {
    const walk = opened().leave(PRACTITIONER);
    expect(walk.alerted).toContain('privacySilent.duty-1');
    walk.say('duty-1', { type: 'alert.accept', alert: 'c1.privacy1.w1.privacySilent.duty-1' });
    walk.forget().by(privacyActMs);
    expect(walk.alerted).toContain('privacySilent.duty-2');
  });

  const take = (walk: Walk, duty: string): Walk =>
    walk.say(duty, { type: 'alert.accept', alert: `c1.privacy1.w1.privacySilent.${duty}` });

  test('[Q8][A6][H22] everybody on the list took it and did nothing: everybody is told until somebody takes it', () => {
    const walk = opened().by(privacyActMs);
    for (const duty of ['duty-1', 'duty-2']) take(walk, duty).by(privacyActMs);
    walk.forget().by(120_000);
    expect(walk.effects.map(({ kind, ...rest }) => [kind, 'person' in rest && rest.person])).toEqual(
      ['duty-1', 'duty-2', 'duty-1', 'duty-2'].map((duty) => ['alert', duty]),
    );
    // Whoever takes it has the time anew; silent again, everybody is told again, each by an effect of its own.
    take(walk.forget(), 'duty-1').by(privacyActMs - 1);
    expect(walk.effects).toMatchObject([{ kind: 'alertStoodDown', person: 'duty-2' }]);
    walk.by(1);
    expect(walk.effects.slice(1)).toMatchObject(
      ['duty-1', 'duty-2'].map((person) => ({ kind: 'alert', person })),
    );
    say(walk, STOP);
    expect(walk.effects.slice(3)).toMatchObject(
      ['duty-1', 'duty-2'].map((person) => ({ kind: 'alertStoodDown', person })),
    );
    expect(new Set(walk.effects.map(({ id }) => id)).size).toBe(5);
  });

  test('[Q8][A6][V6] nobody answered, one took it and was silent: the other, stood down meanwhile, can take it', () => {
    const walk = take(opened().by(privacyActMs + 120_000), 'duty-1');
    expect(walk.value('alert:c1.privacy1.w1.privacySilent.duty-2')).toBe('stoodDown');
    walk.by(privacyActMs);
    const tasks = screenOf(walk, 'duty-2').tasks.map(({ id }) => id);
    expect(tasks).toContain('alert.c1.privacy1.w1.privacySilent.duty-2');
    expect(take(walk, 'duty-2').lastRefusal).toBeNull();
    expect(walk.forget().by(privacyActMs - 1).effects).toEqual([]);
  });

  test('[Q8] who took an earlier one took nothing of this: its list is gone through by itself', () => {
    const walk = opened().by(privacyActMs);
    walk.say('duty-1', { type: 'alert.accept', alert: 'c1.privacy1.w1.privacySilent.duty-1' });
    say(walk, resolve('falseAlarm'), OPEN).forget();
    walk.by(privacyActMs + 600_000);
    expect(new Set(walk.alerted)).toEqual(new Set(['privacySilent.duty-1', 'privacySilent.duty-2']));
    expect(Object.keys(walk.session.charts).filter((key) => key.startsWith('alert:c1.privacy2.w2'))).toEqual(
      [],
    );
  });
});

describe('settling', () => {
  test('[Q9][H15] private again needs the client’s yes, and privacy is asked again after it', () => {
    expect(say(opened(), AGAIN, resolve('privateAgain')).lastRefusal?.code).toBe('bad-answer');
    const walk = say(opened(), AGAIN, resolve('privateAgain', true));
    expect([value(walk), isPaused(walk)]).toEqual(['private', false]);
    expect(walk.value('item:clientPrivacy')).toBe('expired');
    expect(say(opened(), resolve('falseAlarm')).value('item:clientPrivacy')).toBe('expired');
  });

  test('[Q9][A38] gone over and ended neutrally are said from their own step only', () => {
    expect(say(opened(), resolve('otherChannel')).lastRefusal?.code).toBe('not-now');
    expect(say(opened(), resolve('endedNeutrally')).lastRefusal?.code).toBe('not-now');
    expect(value(say(opened(), NEUTRAL, resolve('endedNeutrally')))).toBe('ended');
    const over = say(opened(), to('backUpChannel'), resolve('otherChannel'));
    expect([value(over), isPaused(over)]).toEqual(['ended', true]);
    expect(isPaused(say(over, { type: 'pause.end', client }))).toBe(false);
  });

  test('[Q9][G8] closing waits for it; no time and nobody else ends it', () => {
    const walk = say(opened(), { type: 'session.end' }).by(3_600_000).exit(CLIENT);
    say(walk, { type: 'closing.dispose', disposition: 'endedAsPlanned' }, { type: 'session.close' });
    expect(walk.lastRefusal).toMatchObject({ code: 'pathway-open', missing: ['privacy'] });
    giveReasons(say(walk, resolve('falseAlarm')));
    expect(say(walk, { type: 'session.close' }).lastRefusal).toBeNull();
  });

  test('[Q9] what was settled in another way than private again can be opened anew', () => {
    const walk = say(opened(), NEUTRAL, resolve('endedNeutrally'), OPEN);
    expect(value(walk)).toBe('compromised.paused');
    expect(value(say(walk, AGAIN, resolve('privateAgain', true)))).toBe('private');
  });
});

test('[Q10][A38] the safeguarding lead is alerted by a person’s choice alone, once; then the duty list follows', () => {
  const silent = opened().by(3_600_000);
  expect(silent.alerted.filter((alert) => alert.startsWith('privacy.'))).toEqual([]);
  const alertLead: Command = { type: 'privacy.alertLead', client };
  const walk = say(opened(), alertLead, alertLead);
  expect([walk.lastRefusal, walk.alerted]).toEqual([null, ['privacy.safeguarding-1']]);
  expect(say(walk, resolve('falseAlarm')).value('alert:c1.privacy1.privacy.safeguarding-1')).toBe('sent');
  expect(walk.by(60_000).alerted).toContain('privacy.duty-1');
  expect(say(aLiveSession(), alertLead).lastRefusal?.code).toBe('not-now');
});

test('[Q11][A38][H18] a safe contact is a reference here; without its words it is none', () => {
  const set: Command = { type: 'privacy.setSafeContact', client };
  expect(say(aLiveSession(), set).lastRefusal?.code).toBe('bad-answer');
  const walk = say(aLiveSession(), { ...set, answerRef: 'a-1' });
  expect(walk.session.charts['privacy:c1']?.context).toMatchObject({ safeContactRef: 'a-1' });
  expect(walk.say(CLIENT, set).lastRefusal?.code).toBe('not-allowed');
});

test('[H15] scripted: a client who is made to say yes can still signal, is asked again, and is never kept as alone', () => {
  const walk = aLiveSession();
  expect(walk.value('item:clientPrivacy')).toBe('confirmed');
  walk.say(CLIENT, { type: 'privacy.signal', client });
  say(walk, OPEN, AGAIN).say(CLIENT, { type: 'privacy.signal', client });
  expect(walk.value('signal:c1')).toBe('signalled');
  say(walk, { type: 'privacy.acknowledge', client, outcome: 'seen' }, resolve('privateAgain', true));
  expect(walk.value('item:clientPrivacy')).toBe('expired');
  walk.say(CLIENT, { type: 'privacy.signal', client });
  expect(walk.value('signal:c1')).toBe('signalled');
});
