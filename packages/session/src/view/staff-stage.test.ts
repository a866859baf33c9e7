import { expect, test } from 'vitest';
import { screenOf } from '../testing/a-screen.js';
import { aLiveSession, aWaitingSession, CLIENT, PRACTITIONER, type Walk } from '../testing/a-session.js';

const client = CLIENT;
const seen = (walk: Walk) => {
  const { stage, headline } = screenOf(walk, PRACTITIONER);
  return [stage, headline.key];
};
const lost = ['reconnecting', 'practitioner.reconnecting.headline'];

test('[E1][Z4] a client who leaves is not in the call, while they set up as in the live session', () => {
  const settingUp = aWaitingSession().say(PRACTITIONER, { type: 'person.admit', person: client }).heal();
  expect(seen(settingUp)).toEqual(['settlingIn', 'practitioner.settlingIn.headline']);
  for (const walk of [settingUp, aLiveSession()])
    expect(seen(walk.leave(client))).toEqual(['waiting', 'practitioner.apart.headline']);
});

test('[P11][L14][L18] media that comes back is contact once it has held, also where a word is due already or the run was closed', () => {
  const run = 'c1.r1';
  const said = aLiveSession().cut().by(10_000);
  said.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run }).heal();
  const closed = aLiveSession().cut().by(10_000).heal();
  closed.say(PRACTITIONER, { type: 'ladder.dispose', client, run, disposition: 'safeByReport' });
  for (const [walk, back] of [
    [said, 'staff.word.headline'],
    [closed, 'practitioner.live.headline'],
  ] as const) {
    expect([walk.lastRefusal, seen(walk), seen(walk.by(4999)), seen(walk.by(1))]).toEqual([
      null,
      lost,
      lost,
      ['live', back],
    ]);
  }
});
