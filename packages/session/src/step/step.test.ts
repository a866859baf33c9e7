import { describe, expect, test } from 'vitest';
import { aLiveSession, aWalk, CLIENT, PRACTITIONER } from '../testing/a-session.js';
import { nextDeadline, step } from './step.js';

describe('time', () => {
  test('[R4] the next deadline is the earliest of all charts, or none', () => {
    expect(nextDeadline(aLiveSession().session)).toBeNull();
    const walk = aLiveSession().cut();
    expect(nextDeadline(walk.session)).toBe(63_000);
    expect(nextDeadline(walk.to(63_000).session)).toBe(360_000);
  });

  test('[R4][H01] at the same instant an input goes before a deadline', () => {
    const walk = aLiveSession().cut().before(63_000).media(PRACTITIONER, 'up');
    expect(walk.kinds).not.toContain('contact.lost');
  });

  test('[R4] what was due before an input fires before it, at the instant of the input', () => {
    const walk = aLiveSession().cut();
    walk.nowMs = 70_000;
    walk.media(PRACTITIONER, 'up');
    const kinds = walk.kinds.slice(-4);
    expect(kinds).toEqual(['contact.lost', 'run.opened', 'reconnecting.opened', 'contact.returning']);
    expect(walk.when('run.opened')).toEqual([70_000]);
  });

  test('[R4] a deadline fires once', () => {
    const walk = aLiveSession().cut().to(360_000).to(360_000).by(0);
    expect(walk.when('phoning.opened')).toHaveLength(1);
  });

  test('[R1][H24] after a start of the session server nothing fires for 3 s, then what is due, once', () => {
    const walk = aLiveSession().cut().to(350_000);
    walk.nowMs = 365_000;
    walk.state({ type: 'server.started', unwatchedMs: 0 });
    expect(nextDeadline(walk.session)).toBe(368_000);
    walk.to(368_000);
    expect(walk.when('phoning.opened')).toEqual([368_000]);
    expect(walk.when('session.serverStarted')).toEqual([365_000]);
  });

  test('[R1][H01] a client who is back within these 3 s is not rung', () => {
    const walk = aLiveSession().cut().to(350_000);
    walk.nowMs = 365_000;
    walk
      .state({ type: 'server.started', unwatchedMs: 0 })
      .by(2000)
      .join(CLIENT)
      .join(PRACTITIONER)
      .heal()
      .by(10_000);
    expect(walk.kinds).not.toContain('phoning.opened');
    expect(walk.run.state).toBe('none');
  });
});

describe('what cannot be taken', () => {
  test('[R3][A02] a refused command changes nothing and leaves a record with the code', () => {
    const walk = aLiveSession().cut().to(560_000);
    const before = JSON.stringify(walk.session);
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client: CLIENT, run: 'c1.r1' });
    expect(JSON.stringify(walk.session)).toBe(before);
    expect(walk.lastRefusal?.code).toBe('not-now');
    expect(walk.events.at(-1)).toMatchObject({
      kind: 'input.refused',
      outcome: 'not-now',
      details: { input: 'ladder.standDown' },
    });
  });

  test('[R3] what has no meaning here and now is recorded as ignored', () => {
    const walk = aWalk().state({ type: 'device.silent', person: 'stranger', device: 'x', lastHeardAtMs: 0 });
    expect(walk.events.at(-1)).toMatchObject({ kind: 'input.ignored', details: { input: 'device.silent' } });
  });

  test('[R3] deadlines that had passed anyway stay passed when the command is refused', () => {
    const walk = aLiveSession().cut();
    walk.nowMs = 70_000;
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client: CLIENT, run: 'c1.r1' });
    expect(walk.lastRefusal?.code).toBe('not-now');
    expect(walk.run.state).toBe('open');
  });

  test('[R6] a command of a role that may not send it never reaches a machine', () => {
    const walk = aLiveSession().say(CLIENT, { type: 'session.end' });
    expect(walk.lastRefusal?.code).toBe('not-allowed');
    expect(walk.value('lifecycle:session')).toBe('live');
  });
});

test('[R5] reads no clock and nothing from outside: the same inputs give the same result', () => {
  const input = {
    id: 'i1',
    atMs: 70_000,
    saidAtMs: null,
    from: { person: CLIENT, role: 'client' as const, source: 'device' as const, device: 'c1.a' },
    body: { type: 'help.ask' as const, client: CLIENT },
  };
  const { session } = aLiveSession();
  const frozen = JSON.stringify(session);
  expect(step(session, input)).toEqual(step(session, input));
  expect(JSON.stringify(session)).toBe(frozen);
});
