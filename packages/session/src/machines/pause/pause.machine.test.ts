import { referencePolicy, type Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { aLiveSession, aWaitingSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';

const client = CLIENT;
const { pauseRemindMs } = referencePolicy.durations;
const start = (reason: 'overwhelmed' | 'needed'): Command => ({ type: 'pause.start', client, reason });
const END: Command = { type: 'pause.end', client };
const OPEN: Command = { type: 'privacy.open', client };
const value = (walk: Walk) => walk.value('pause:session');
const reasons = (walk: Walk) => walk.session.charts['pause:session']?.context as { reasons?: unknown };
const byBoth = () => aLiveSession().say(CLIENT, start('overwhelmed')).say(PRACTITIONER, start('needed'));

describe('pausing', () => {
  test('[U1][A42] a client pauses when it is too much; a practitioner for any reason; reasons add up', () => {
    expect(value(aLiveSession().say(CLIENT, start('overwhelmed')))).toBe('paused');
    expect(aLiveSession().say(CLIENT, start('needed')).lastRefusal?.code).toBe('not-allowed');
    const walk = byBoth().say(PRACTITIONER, OPEN);
    expect(reasons(walk).reasons).toEqual(['needed', 'overwhelmed', 'privacy']);
    expect(walk.say('duty-1', END).lastRefusal?.code).toBe('not-allowed');
  });

  test('[U2][V1] the client’s device holds the same for every reason, and nothing before there is a call', () => {
    const held = [
      aLiveSession().say(CLIENT, start('overwhelmed')),
      aLiveSession().say(PRACTITIONER, start('overwhelmed')),
      aLiveSession().say(PRACTITIONER, start('needed')),
      aLiveSession().say(PRACTITIONER, OPEN),
      byBoth().say(PRACTITIONER, OPEN),
    ].map((walk) => JSON.stringify(project(walk.session, CLIENT)));
    expect(new Set(held).size).toBe(1);
    expect(held[0]).toContain('"pause":"paused"');
    const early = [aWaitingSession(), aWaitingSession().say(PRACTITIONER, OPEN)];
    const [one, two] = early.map((walk) => JSON.stringify(project(walk.session, CLIENT)));
    expect(two).toBe(one);
  });
});

describe('going on', () => {
  test('[U3][H15] the client says that they are ready, whatever the reason; only the practitioner ends it', () => {
    for (const walk of [byBoth(), aLiveSession().say(PRACTITIONER, OPEN)]) {
      expect([walk.say(CLIENT, END).lastRefusal, value(walk)]).toEqual([null, 'paused']);
      expect(JSON.stringify(project(walk.session, CLIENT))).toContain('"pause":"ready"');
    }
    expect(value(byBoth().say(PRACTITIONER, END))).toBe('running');
  });

  test('[U3] a pause that an open pathway needs is not ended beside it', () => {
    const walk = byBoth().say(PRACTITIONER, OPEN);
    expect(walk.say(PRACTITIONER, END).lastRefusal).toMatchObject({
      code: 'pathway-open',
      missing: ['privacy'],
    });
    walk.say(PRACTITIONER, { type: 'privacy.recontract', client });
    expect([value(walk), reasons(walk).reasons]).toEqual(['paused', ['needed', 'overwhelmed']]);
    expect(value(walk.say(PRACTITIONER, END))).toBe('running');
  });

  test('[U3] who says again that it is too much is not ready any more', () => {
    const walk = aLiveSession().say(PRACTITIONER, start('needed')).say(CLIENT, END);
    walk.say(CLIENT, start('overwhelmed'));
    expect(JSON.stringify(project(walk.session, CLIENT))).toContain('"pause":"paused"');
  });

  test('[U6][A04] after a pause privacy is asked again', () => {
    const walk = byBoth();
    expect(walk.value('item:clientPrivacy')).toBe('confirmed');
    expect(walk.say(PRACTITIONER, END).value('item:clientPrivacy')).toBe('expired');
  });

  test('[U3] the end of the session ends it', () => {
    const walk = byBoth().say(PRACTITIONER, { type: 'session.end' });
    expect([value(walk), walk.session.charts['pause:session']?.context.deadlines]).toEqual(['running', {}]);
  });
});

test('[U4][H34] a client who pauses, again and again, moves no instant of the ladder', () => {
  const instants = (pausesEveryMs: number | null) => {
    const walk = aLiveSession().cut();
    for (let atMs = walk.nowMs; atMs < 700_000; atMs += pausesEveryMs ?? 10_000) {
      walk.to(atMs);
      if (pausesEveryMs !== null) walk.say(CLIENT, start('overwhelmed')).say(CLIENT, END);
    }
    const kinds = ['run.opened', 'phoning.opened', 'deciding.opened', 'deciding.unanswered', 'alert.sent'];
    return kinds.map((kind) => walk.when(kind));
  };
  expect(instants(10_000)).toEqual(instants(null));
  expect(instants(null).every((found) => found.length > 0)).toBe(true);
});

test('[U5][A42][H34] the practitioner is reminded, again and again, whatever is pressed meanwhile; nobody else is', () => {
  const walk = aLiveSession().say(CLIENT, start('overwhelmed'));
  walk
    .by(pauseRemindMs - 1)
    .say(CLIENT, END)
    .say(CLIENT, start('overwhelmed'));
  expect(walk.when('pause.reminded')).toEqual([]);
  expect(walk.by(1).when('pause.reminded')).toHaveLength(1);
  expect(walk.by(pauseRemindMs).when('pause.reminded')).toHaveLength(2);
  expect(walk.alerted).toEqual([]);
});
