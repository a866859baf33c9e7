import type { Command, Fact, Picture, Sound } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { aDevice } from '../../testing/a-projection.js';
import { aLiveSession, CLIENT, deviceOf, DUTY, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { view } from '../../view/view.js';
import { pictureOf, soundOf } from './seen-and-heard.js';

const client = CLIENT;
const fact = (person: string, picture: Picture, sound: Sound, sinceMs: number): Fact => ({
  type: 'media.observed',
  client,
  device: deviceOf(person),
  picture,
  sound,
  sinceMs,
});
const states = (walk: Walk, person: string, picture: Picture, sound: Sound, sinceMs = walk.nowMs) =>
  walk.state(fact(person, picture, sound, sinceMs), person);
const seen = () =>
  states(states(aLiveSession(), PRACTITIONER, 'seen', 'heard'), CLIENT, 'seen', 'heard').forget();
const shown = (walk: Walk, person: string) => {
  const held = project(walk.session, person);
  if (held === null) throw new Error('nobody');
  return view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
};
const notices = (walk: Walk, person: string) => shown(walk, person).notices.map(({ message }) => message.key);
const report = (what: 'cannotSee' | 'cannotHear'): Command => ({ type: 'observation.report', client, what });

describe('what reaches the practitioner', () => {
  test.each(['poor', 'frozen', 'off'] as const)(
    '[O1][O4][A03][D16] a picture that is %s: they read what, since when, and to ask',
    (picture) => {
      const walk = states(seen().by(5000), PRACTITIONER, picture, 'heard', 63_000);
      const notice = shown(walk, PRACTITIONER).notices.find(({ id }) => id === `picture.${picture}`);
      expect(notice).toMatchObject({
        level: 'status',
        message: { key: `observation.picture.${picture}`, params: { sinceMs: 63_000 } },
      });
    },
  );

  test('[O2][A03] each change is recorded; what ends is recorded with how long it lasted', () => {
    const walk = states(seen().by(1000), PRACTITIONER, 'frozen', 'heard');
    states(walk.by(7000), PRACTITIONER, 'seen', 'heard');
    expect(walk.events).toMatchObject([
      { kind: 'observation.pictureChanged', outcome: 'frozen', details: { was: 'seen', lastedMs: 1000 } },
      { kind: 'observation.pictureChanged', outcome: 'seen', details: { was: 'frozen', lastedMs: 7000 } },
    ]);
  });

  test('[O1][H07] no instant of a device is believed that lies in the future', () => {
    const walk = states(seen(), PRACTITIONER, 'frozen', 'heard', 9_999_999);
    expect(walk.events[0]?.details).toMatchObject({ sinceMs: 60_000, lastedMs: 0 });
  });

  test('[O3][H11] sound that is gone for 12 s stands on both screens, to the millisecond, and alerts nobody outside', () => {
    const walk = states(seen().by(4000), PRACTITIONER, 'seen', 'gone', 62_000);
    walk.to(73_999);
    expect(notices(walk, CLIENT)).not.toContain('client.observation.unheard');
    expect(notices(walk, PRACTITIONER)).toContain('observation.sound.gone');
    walk.to(74_000);
    expect(walk.when('observation.soundMissing')).toEqual([74_000]);
    expect(notices(walk, CLIENT)).toContain('client.observation.unheard');
    expect(notices(walk, PRACTITIONER)).toContain('observation.sound.missing');
    expect(walk.alerted).toEqual([]);
    states(walk.by(1000), PRACTITIONER, 'seen', 'heard');
    expect(notices(walk, CLIENT)).not.toContain('client.observation.unheard');
  });

  test('[O3] a shorter gap comes and goes, and no deadline of it is left', () => {
    const walk = states(seen(), PRACTITIONER, 'seen', 'gone');
    states(walk.by(3000), PRACTITIONER, 'seen', 'heard').by(60_000);
    expect(walk.kinds).not.toContain('observation.soundMissing');
  });
});

describe('off by choice', () => {
  test('[O6][A41] a camera that is off by choice is no fault: it is said to be fine, and nothing follows', () => {
    const walk = states(states(seen(), CLIENT, 'offByChoice', 'heard'), PRACTITIONER, 'off', 'heard');
    expect(notices(walk, PRACTITIONER)).toContain('observation.picture.offByChoice');
    expect(notices(walk, PRACTITIONER)).not.toContain('observation.picture.off');
    walk.by(600_000);
    expect(walk.kinds).toEqual(['observation.pictureChanged']);
  });

  test('[O6] a microphone that is off by choice is muted, never missing', () => {
    const walk = states(states(seen(), CLIENT, 'seen', 'muted'), PRACTITIONER, 'seen', 'gone').by(60_000);
    expect(walk.kinds).not.toContain('observation.soundMissing');
    expect(notices(walk, PRACTITIONER)).toContain('observation.sound.muted');
  });

  test('[O1] what arrives goes before what is said', () => {
    const said = { picture: 'offByChoice', sound: 'muted' } as const;
    const arrives = { picture: 'seen', sound: 'heard' } as const;
    expect(pictureOf({ reaches: arrives, own: said })).toBe('seen');
    expect(soundOf({ reaches: arrives, own: said })).toBe('heard');
    expect(pictureOf({ reaches: null, own: said })).toBe('notYet');
  });
});

describe('what a person says', () => {
  test('[O5][H11] either side says that they cannot see or hear; the other side reads it until it works again', () => {
    const walk = seen().say(PRACTITIONER, report('cannotHear')).say(PRACTITIONER, report('cannotSee'));
    expect(notices(walk, CLIENT)).toEqual(
      expect.arrayContaining(['client.observation.unheard', 'client.observation.unseen']),
    );
    walk.say(CLIENT, report('cannotSee'));
    expect(notices(walk, PRACTITIONER)).toContain('observation.client.cannotSee');
    expect(notices(walk, CLIENT)).toContain('client.observation.reported');
    expect(walk.say(CLIENT, report('cannotSee')).lastRefusal?.code).toBe('not-now');
    walk.say(CLIENT, { type: 'observation.settle', client });
    expect(notices(walk, PRACTITIONER).filter((key) => key.startsWith('observation.'))).toEqual([]);
    expect(notices(walk, CLIENT).filter((key) => key.startsWith('client.observation.'))).toEqual([]);
    expect(walk.say(PRACTITIONER, { type: 'observation.settle', client }).lastRefusal?.code).toBe('not-now');
  });

  test('[O5] the view offers to say it, on both sides, in one action', () => {
    for (const person of [CLIENT, PRACTITIONER]) {
      const offered = shown(seen(), person).actions.map(({ id }) => id);
      expect(offered).toEqual(expect.arrayContaining(['cannotSee', 'cannotHear']));
    }
    expect(seen().say(DUTY[0], report('cannotSee')).lastRefusal?.code).toBe('not-allowed');
  });
});

test('[O1] by phone nothing is seen or heard by media any more, and no clock of it goes on', () => {
  const walk = states(seen(), PRACTITIONER, 'seen', 'gone');
  walk.say(PRACTITIONER, { type: 'channel.choose', client, to: 'phone', because: 'badConnection' });
  walk.say(PRACTITIONER, { type: 'channel.recordCall', client, outcome: 'reachedByName' });
  expect(walk.value('observation:c1')).toContain('picture.notYet+sound.notYet');
  expect(walk.by(60_000).kinds).not.toContain('observation.soundMissing');
});

test('[O1][D3] only what reaches whoever leads says what arrives; after a hand-over they have to say it first', () => {
  const walk = aLiveSession({ others: [{ id: 'p2', role: 'practitioner' }] }).join('p2');
  const picture = () => walk.session.charts[`observation:${CLIENT}`]?.value;
  states(walk, PRACTITIONER, 'seen', 'heard');
  states(walk, 'p2', 'frozen', 'gone');
  expect(picture()).toMatchObject({ picture: 'seen', sound: 'heard' });
  walk.say(PRACTITIONER, { type: 'handOver.offer', to: 'p2' }).say('p2', { type: 'handOver.accept' });
  expect(picture()).toMatchObject({ picture: 'notYet', sound: 'notYet' });
  states(walk, PRACTITIONER, 'frozen', 'gone');
  expect(picture()).toMatchObject({ picture: 'notYet' });
  states(walk, 'p2', 'poor', 'poor');
  expect(picture()).toMatchObject({ picture: 'poor', sound: 'poor' });
});
