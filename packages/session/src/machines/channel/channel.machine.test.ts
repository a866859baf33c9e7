import { CHANNELS, referencePolicy, type Channel, type Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { aDevice } from '../../testing/a-projection.js';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  type Walk,
} from '../../testing/a-session.js';
import { screenOf } from '../../testing/a-screen.js';
import { ANSWERS } from '../../testing/answers.js';
import { view } from '../../view/view.js';
import type { ClosingContext } from '../closing/closing.machine.js';
import type { ChannelContext } from './channel.machine.js';

const client = CLIENT;
const to = (channel: Channel, more: Partial<Extract<Command, { type: 'channel.choose' }>> = {}): Command => ({
  type: 'channel.choose',
  client,
  to: channel,
  ...more,
});
const because = { because: 'clientWish' } as const;
const reached: Extract<Command, { type: 'channel.recordCall' }> = {
  type: 'channel.recordCall',
  client,
  outcome: 'reachedByName',
};
const channel = (walk: Walk) => walk.value(`channel:${CLIENT}`);
const kept = (walk: Walk) => walk.session.charts[`channel:${CLIENT}`]?.context as unknown as ChannelContext;
const contact = (walk: Walk) => walk.value(`contact:${CLIENT}`);
const isToBeReached = (walk: Walk) => screenOf(walk, PRACTITIONER).tasks.some(({ id }) => id === 'reach');
const byWords = () =>
  aLiveSession().say(CLIENT, { ...ANSWERS.backUpChannel, flags: { usesVoice: false, isSafeChannel: true } });
const onThePhone = () => aLiveSession().say(PRACTITIONER, to('phone', because)).say(PRACTITIONER, reached);
const closing = (walk: Walk) => walk.session.charts['closing:session']?.context as unknown as ClosingContext;

describe('choosing', () => {
  test('[W1][D09] a client chooses for themselves, without a reason, and the record says so', () => {
    for (const chosen of ['audioOnly', 'phone', 'text'] as const) {
      const walk = aLiveSession().forget().say(CLIENT, to(chosen));
      expect(channel(walk)).toBe(chosen);
      expect(walk.events[0]).toMatchObject({
        kind: 'channel.changed',
        outcome: chosen,
        actor: { role: 'client' },
        details: { was: 'video', because: null },
      });
    }
    expect(aLiveSession().say(CLIENT, to('faceToFace')).lastRefusal?.code).toBe('not-allowed');
    expect(aLiveSession().say('duty-1', to('audioOnly', because)).lastRefusal?.code).toBe('not-allowed');
  });

  test('[W2][B10] staff move nobody off video without a reason; back to video needs none', () => {
    for (const chosen of CHANNELS.filter((one) => one !== 'video')) {
      const walk = byWords().say(PRACTITIONER, to(chosen));
      expect([walk.lastRefusal?.code, channel(walk)]).toEqual(['reason-missing', 'video']);
      expect(channel(walk.say(PRACTITIONER, to(chosen, because)))).toBe(chosen);
    }
    const walk = aLiveSession().say(PRACTITIONER, to('audioOnly', because)).say(PRACTITIONER, to('video'));
    expect(channel(walk)).toBe('video');
  });

  test('[W2][B10] nothing but a person, or a call that was reached, changes the channel', () => {
    const walk = aLiveSession().cut().to(359_000).heal().by(10_000).silent(CLIENT).by(60_000);
    expect(walk.kinds).not.toContain('channel.changed');
  });

  test('[W1] the same again changes nothing', () => {
    expect(aLiveSession().say(CLIENT, to('video')).lastRefusal?.code).toBe('not-now');
  });

  test('[W6] while closing only a meeting in person is chosen', () => {
    for (const chosen of ['audioOnly', 'phone', 'text'] as const) {
      const walk = byWords()
        .say(PRACTITIONER, { type: 'session.end' })
        .say(PRACTITIONER, to(chosen, because));
      expect([walk.lastRefusal?.code, channel(walk)]).toEqual(['not-now', 'video']);
    }
  });

  test('[W7][A04] every switch asks for privacy again, also one that a lost contact made', () => {
    for (const chosen of ['audioOnly', 'phone'] as const) {
      const walk = aLiveSession().say(PRACTITIONER, to(chosen, because));
      expect(walk.value('item:clientPrivacy')).toBe('expired');
      walk.say(PRACTITIONER, ANSWERS.clientPrivacy).say(PRACTITIONER, to('video'));
      expect(walk.value('item:clientPrivacy')).toBe('expired');
    }
    const walk = aLiveSession().cut().to(360_000).recordCall('reachedByName');
    expect([channel(walk), walk.value('item:clientPrivacy')]).toEqual(['phone', 'expired']);
    expect(walk.events.find(({ kind }) => kind === 'channel.changed')?.details).toMatchObject({
      because: 'contactLost',
    });
  });
});

describe('by phone or in words, by choice', () => {
  test('[W4][P13] reached by name is contact by phone, said by a person; no run opens', () => {
    const walk = aLiveSession().forget().say(PRACTITIONER, to('phone', because));
    expect(contact(walk)).toBe('together');
    walk.say(PRACTITIONER, { ...reached, outcome: 'voicemail' });
    expect([contact(walk), walk.kinds.at(-1)]).toEqual(['together', 'channel.callRecorded']);
    walk.say(PRACTITIONER, reached);
    expect(contact(walk)).toBe('byPhone');
    expect(walk.kinds).not.toContain('run.opened');
    expect(walk.kinds.filter((kind) => kind.startsWith('call.'))).toEqual([]);
    // The same guard against a call that ends unseen as in the ladder.
    expect(walk.by(600_000).kinds).toContain('call.checkDue');
  });

  test('[W4][D01] also before there is any media, for whom video never works', () => {
    const walk = aWaitingSession().say(CLIENT, to('phone')).say(PRACTITIONER, reached);
    expect([contact(walk), walk.run.state]).toEqual(['byPhone', 'none']);
  });

  test('[W5][C12][D09] words go by the back-up channel only where the client marked it safe', () => {
    const voice = aLiveSession().say(PRACTITIONER, to('text', because));
    expect([voice.lastRefusal?.code, channel(voice)]).toEqual(['ringing-blocked', 'video']);
    const walk = byWords().say(PRACTITIONER, to('text', because)).say(PRACTITIONER, reached);
    expect([channel(walk), contact(walk), walk.run.state]).toEqual(['text', 'byPhone', 'none']);
  });

  test('[W5][D09] who writes reads that they write, not that they talk by phone', () => {
    const walk = byWords().say(PRACTITIONER, to('text', because)).say(PRACTITIONER, reached);
    const held = project(walk.session, CLIENT);
    const shown = held === null ? null : view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
    expect([shown?.headline.key, shown?.explanation[0]?.key]).toEqual([
      'client.text.headline',
      'client.text.what',
    ]);
  });

  test('[W5][H03] staff choose no phone where it is not safe to ring; after a quick exit neither', () => {
    const doNotRing: Command = {
      ...ANSWERS.callBackNumber,
      flags: { safeToRing: false, safeToLeaveMessage: false },
    };
    const walk = aLiveSession().say(CLIENT, doNotRing);
    expect(walk.say(PRACTITIONER, to('phone', because)).lastRefusal?.code).toBe('ringing-blocked');
    expect(aLiveSession().exit(CLIENT).say(PRACTITIONER, to('phone', because)).lastRefusal?.code).toBe(
      'ringing-blocked',
    );
    // V1: what a client wishes is not refused for what somebody who looks on must not learn.
    expect(walk.say(CLIENT, to('phone')).lastRefusal).toBeNull();
    const held = project(walk.session, PRACTITIONER);
    const shown = held === null ? null : view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
    const task = shown?.tasks.find(({ id }) => id === 'reach');
    expect([task?.why?.key, task?.choices]).toEqual(['channel.reach.blocked', []]);
  });

  test('[W4] a wish to be rung outlasts media that breaks and heals meanwhile, also with a run', () => {
    const asks = () => aLiveSession().say(CLIENT, to('phone')).forget();
    const walks = [asks().cut().heal().by(6000), asks().cut().by(3000).heal().by(6000)];
    for (const walk of walks) {
      expect([contact(walk), channel(walk), isToBeReached(walk)]).toEqual(['together', 'phone', true]);
      expect(walk.kinds).not.toContain('channel.changed');
    }
    expect(walks.map(({ run }) => run.context.run)).toEqual([null, 'c1.r1']);
  });

  test('[W4][P13] who is on the phone and goes over to words is there: nobody is to be reached', () => {
    const walk = onThePhone().say(CLIENT, to('text'));
    expect([channel(walk), kept(walk).talk, isToBeReached(walk)]).toEqual(['text', 'on', false]);
  });

  test('[W4] in a run the ladder records the call', () => {
    const walk = aLiveSession().say(CLIENT, to('phone')).cut().by(3000).say(PRACTITIONER, reached);
    expect(walk.lastRefusal?.code).toBe('run-open');
  });

  test('[W3][P13] back to media by a command of its own, on the channel that it was', () => {
    const walk = onThePhone();
    for (const chosen of ['video', 'audioOnly'] as const) {
      expect(walk.say(PRACTITIONER, to(chosen, because)).lastRefusal?.code).toBe('not-now');
      expect([contact(walk), channel(walk)]).toEqual(['byPhone', 'phone']);
    }
    expect(channel(walk.say(PRACTITIONER, { type: 'call.moveToVideo', client }))).toBe('video');
    const quiet = aLiveSession().say(CLIENT, to('audioOnly')).say(CLIENT, to('phone'));
    quiet.say(PRACTITIONER, reached).say(PRACTITIONER, { type: 'call.moveToVideo', client });
    expect(channel(quiet)).toBe('audioOnly');
  });

  test('[W3] a call that is cut is a loss; media that comes back after it is the channel again', () => {
    const walk = onThePhone().say(PRACTITIONER, { type: 'call.cut', client });
    expect(channel(walk)).toBe('phone');
    walk.heal().by(6000);
    expect([contact(walk), channel(walk)]).toEqual(['together', 'video']);
  });

  test('[W3] media that is back is nobody’s choice, whoever left and came meanwhile; a choice keeps its person', () => {
    const cut = onThePhone().cut().say(PRACTITIONER, { type: 'call.cut', client }).by(2000).forget();
    const isBackByTheClock = cut.fork().heal().by(10_000);
    const isBackByAReport = cut.fork().leave(CLIENT).by(1000).join(CLIENT).heal();
    for (const walk of [isBackByTheClock, isBackByAReport]) {
      const by = () => [
        kept(walk).by,
        walk.events.filter(({ kind }) => kind === 'channel.changed').at(-1)?.details?.['by'],
      ];
      expect([channel(walk), ...by()]).toEqual(['video', null, null]);
      walk.say(CLIENT, to('audioOnly'));
      expect(by()).toEqual([CLIENT, CLIENT]);
    }
  });
});

describe('in person', () => {
  const stages: Readonly<Record<string, () => Walk>> = {
    'at the beginning': () => aWalk(),
    waiting: () => aWaitingSession(),
    live: () => aLiveSession(),
    'in a run': () => aLiveSession().cut().to(480_000),
    'at the end of the list': () => aLiveSession().cut().to(900_000),
    'in a crisis': () => aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client }),
    'by phone': onThePhone,
    'after a quick exit': () => aLiveSession().exit(CLIENT),
    closing: () => aLiveSession().say(PRACTITIONER, { type: 'session.end' }),
  };
  test.each(Object.entries(stages))(
    '[W6][D01] is within reach %s, in one command, and is owed with owner and date',
    (_, start) => {
      const walk = start();
      const held = project(walk.session, PRACTITIONER);
      const shown = held === null ? null : view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
      const offered = shown?.tasks.find(({ id }) => id === 'channel')?.choices.map(({ id }) => id);
      expect(offered).toContain('faceToFace');
      const run = walk.run.context.run;
      walk.say(PRACTITIONER, to('faceToFace', { because: 'remoteNotSuitable', dueOn: '1970-01-05' }));
      expect(walk.lastRefusal).toBeNull();
      expect(closing(walk).followUps).toContainEqual({
        id: 'meet.c1.1',
        kind: 'meetFaceToFace',
        owner: PRACTITIONER,
        dueOn: '1970-01-05',
        state: 'open',
      });
      // Nothing that is open is ended by it.
      expect(walk.run.context.run).toBe(run);
    },
  );

  test('[W6][D01] without a date it is today; a date that is past is refused; nothing is left in a closed session', () => {
    const past = { because: 'clientWish', dueOn: '1969-12-31' } as const;
    expect(aLiveSession().say(PRACTITIONER, to('faceToFace', past)).lastRefusal?.code).toBe('bad-time');
    const walk = aLiveSession().say(PRACTITIONER, to('faceToFace', because));
    expect(closing(walk).followUps[0]?.dueOn).toBe('1970-01-01');
    walk.say(PRACTITIONER, { type: 'session.end' });
    walk.say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
    walk.say(PRACTITIONER, { type: 'session.close' });
    expect(walk.say(PRACTITIONER, to('video')).lastRefusal?.code).toBe('not-now');
  });

  test('[W6] today is no day that is past; a wish that arrives late is of the day on which it was said', () => {
    const [eve, saidAtMs] = ['1970-01-01', Date.UTC(1970, 0, 1, 23, 59)];
    const nextDay = () => aLiveSession({ atMs: Date.UTC(1970, 0, 2) });
    const meet = (dueOn: string) => to('faceToFace', { ...because, dueOn });
    expect(aLiveSession().say(PRACTITIONER, meet(eve)).lastRefusal).toBeNull();
    expect(nextDay().say(PRACTITIONER, meet(eve)).lastRefusal?.code).toBe('bad-time');
    expect(nextDay().say(PRACTITIONER, meet(eve), saidAtMs).lastRefusal).toBeNull();
    expect(nextDay().say(PRACTITIONER, meet('1969-12-31'), saidAtMs).lastRefusal?.code).toBe('bad-time');
    const undated = nextDay().say(PRACTITIONER, to('faceToFace', because), saidAtMs);
    expect(closing(undated).followUps[0]?.dueOn).toBe(eve);
  });
});

test('[V1][W5] the client reads what was chosen, the same whether ringing is safe or not', () => {
  const shown = (isSafe: boolean) => {
    const walk = aLiveSession().say(CLIENT, {
      ...ANSWERS.callBackNumber,
      flags: { safeToRing: isSafe, safeToLeaveMessage: false },
    });
    return JSON.stringify(project(walk.say(CLIENT, to('phone')).session, CLIENT));
  };
  expect(shown(true)).toBe(shown(false));
  expect(referencePolicy.transports).toContain('webrtc');
});
