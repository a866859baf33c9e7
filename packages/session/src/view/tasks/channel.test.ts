import type { Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, aWaitingSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { say } from '../say.js';

const client = CLIENT;
const to = (channel: 'audioOnly' | 'phone' | 'text' | 'faceToFace'): Command => ({
  type: 'channel.choose',
  client,
  to: channel,
  because: 'clientWish',
});
const shown = (walk: Walk) => screenOf(walk, PRACTITIONER);
const taskOf = (walk: Walk, id: string) => shown(walk).tasks.find((task) => task.id === id);
const noticeOf = (walk: Walk) => shown(walk).notices.find(({ id }) => id === 'channel');

test('[W6] a meeting in person was chosen: while a run is open, or at the end, no task without anything to press', () => {
  const walk = aLiveSession().say(PRACTITIONER, to('faceToFace'));
  expect(taskOf(walk, 'channel')?.choices.map(({ id }) => id)).toContain('video');
  expect(taskOf(walk.fork().cut().by(5000), 'channel')).toBeUndefined();
  expect(taskOf(walk.say(PRACTITIONER, { type: 'session.end' }), 'channel')).toBeUndefined();
  expect(noticeOf(walk)?.message).toEqual(say('channel.now.faceToFace', { name: PRACTITIONER }));
});

test('[W4] phone or text chosen while both settle in: somebody is asked at once to reach the client by name', () => {
  const settlingIn = (): Walk =>
    aWaitingSession().say(PRACTITIONER, { type: 'person.admit', person: client }).heal();
  const words = { usesVoice: false, isSafeChannel: true };
  const byText = settlingIn().say(CLIENT, {
    type: 'item.answer',
    item: 'backUpChannel',
    answer: 'confirmed',
    flags: words,
  });
  for (const [is, walk] of [
    ['phone', settlingIn()],
    ['text', byText],
  ] as const) {
    walk.say(PRACTITIONER, to(is));
    expect([walk.lastRefusal, walk.value('lifecycle:session')]).toEqual([null, 'settingUp']);
    const reach = taskOf(walk, 'reach');
    expect(reach).toMatchObject({ title: say(`channel.reach.${is}.title`), urgency: 'now' });
    const reached = reach?.choices.find(({ id }) => id === 'reachedByName')?.command;
    if (reached === undefined) throw new TypeError('it is offered');
    expect(walk.say(PRACTITIONER, reached).value('contact:c1')).toBe('byPhone');
  }
});

test('[W3][H31] sound only is back after a call that was cut: nobody is named as who chose it, on the screen or on record', () => {
  const cut = aLiveSession().say(CLIENT, to('audioOnly'));
  expect(noticeOf(cut)?.message).toEqual(say('channel.now.audioOnly', { name: CLIENT }));
  cut.say(PRACTITIONER, to('phone'));
  cut.say(PRACTITIONER, { type: 'channel.recordCall', client, outcome: 'reachedByName' });
  cut.say(PRACTITIONER, { type: 'call.cut', client }).by(2000);
  const byTheClock = cut.fork().heal().by(10_000);
  const whoLeftAndCame = cut.fork().leave(CLIENT).by(1000).join(CLIENT).heal();
  for (const walk of [byTheClock, whoLeftAndCame]) {
    expect([walk.value('contact:c1'), walk.value('channel:c1')]).toEqual(['together', 'audioOnly']);
    expect(noticeOf(walk)).toEqual({
      id: 'channel',
      level: 'status',
      message: say('channel.back.audioOnly'),
    });
    const changed = walk.events.filter(({ kind }) => kind === 'channel.changed').at(-1);
    expect(changed).toMatchObject({ outcome: 'audioOnly', details: { by: null } });
  }
});
