import { describe, expect, test } from 'vitest';
import { aLiveSession, CLIENT, PRACTITIONER } from '../../testing/a-session.js';

const client = CLIENT;
const phoning = () => aLiveSession().cut().to(360_000);

describe('what came of a call', () => {
  for (const outcome of [
    'someoneElseAnswered',
    'guardianAnswered',
    'voicemail',
    'noAnswer',
    'failed',
  ] as const) {
    test(`[L6][H20] ${outcome} opens the next attempt at once`, () => {
      const walk = phoning().by(20_000).recordCall(outcome);
      expect(walk.run.parts?.phoning).toBe('attempting');
      expect(walk.run.context.attempt).toBe(2);
      expect(walk.run.context.deadlines).toMatchObject({ attempt: 440_000, phoning: 540_000 });
    });
  }

  test('[L6] the third without success opens deciding at once', () => {
    const walk = phoning();
    for (let attempt = 1; attempt <= 3; attempt += 1) walk.by(5000).recordCall('noAnswer');
    expect(walk.run.parts).toMatchObject({ phoning: 'done', deciding: 'undecided' });
    expect(walk.when('deciding.opened')).toEqual([375_000]);
  });

  test('[L5] an attempt never outlasts the 180 s', () => {
    const walk = phoning().to(479_000).recordCall('noAnswer', { attempt: 2 });
    expect(walk.run.context.deadlines['attempt']).toBe(539_000);
    const late = phoning().to(419_999).recordCall('noAnswer', { attempt: 1 }).to(479_998);
    expect(late.recordCall('noAnswer', { attempt: 2 }).run.context.deadlines).toMatchObject({
      attempt: 539_998,
      phoning: 540_000,
    });
  });

  test('[L6] reached by name ends it by phone', () => {
    const walk = phoning().recordCall('reachedByName');
    expect(walk.events.find((event) => event.kind === 'run.ended')).toMatchObject({
      outcome: 'byPhone',
      subject: { id: 'c1.r1' },
    });
    expect(walk.value('contact:c1')).toBe('byPhone');
    expect(walk.run.context.deadlines).toEqual({});
  });

  test('[L6][L18] reached by name counts before phoning is due, too', () => {
    const walk = aLiveSession().cut().to(100_000).recordCall('reachedByName', { attempt: 0 });
    expect(walk.run.state).toBe('none');
  });

  test('[L6] another outcome before phoning is due is recorded and changes no step', () => {
    const walk = aLiveSession().cut().to(100_000).recordCall('noAnswer', { attempt: 0 });
    expect(walk.kinds).toContain('phoning.recorded');
    expect(walk.to(360_000).run.context.attempt).toBe(1);
  });

  test('[L6][H09] an outcome of an earlier attempt takes no attempt away', () => {
    const walk = phoning().to(425_000).recordCall('noAnswer', { attempt: 1 });
    expect(walk.run.context).toMatchObject({ attempt: 2, deadlines: { attempt: 480_000 } });
  });

  test('[L6] reached by name of an earlier attempt still counts', () => {
    expect(phoning().to(425_000).recordCall('reachedByName', { attempt: 1 }).run.state).toBe('none');
  });

  test('[L6][L13] a decision that is open stays until its owner stands it down', () => {
    const walk = aLiveSession()
      .say(PRACTITIONER, { type: 'risk.raise', client })
      .cut()
      .to(70_000)
      .recordCall('reachedByName');
    expect(walk.run.parts).toMatchObject({ phoning: 'done', deciding: 'undecided', reconnecting: 'done' });
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client, run: 'c1.r1' });
    expect(walk.events.find((event) => event.kind === 'run.ended')?.outcome).toBe('byPhone');
  });
});

describe('who may report a call', () => {
  test('[L18][R6] a duty person who was not alerted may not', () => {
    const walk = phoning().recordCall('reachedByName', { by: 'duty-1' });
    expect(walk.lastRefusal?.code).toBe('not-allowed');
    expect(walk.run.state).toBe('open');
  });

  test('[L17][L18] an alerted one may, and owns the run from then', () => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client }).cut().to(70_000);
    walk.recordCall('reachedByName', { by: 'duty-1' });
    expect(walk.run.context.owner).toBe('duty-1');
  });

  test('[L18][H09] a report about an earlier run is kept as late and moves nothing', () => {
    const walk = aLiveSession().cut().to(100_000).heal().to(200_000).cut().to(560_000);
    expect(walk.runId).toBe('c1.r2');
    const butTheReport = () =>
      JSON.stringify(walk.session, (key, value: unknown) => (key === 'late' ? null : value));
    const before = butTheReport();
    walk.recordCall('reachedByName', { attempt: 1 });
    expect(walk.lastRefusal).toBeNull();
    expect(walk.events.at(-1)).toMatchObject({
      kind: 'run.lateReport',
      subject: { id: 'c1.r1' },
      outcome: 'reachedByName',
    });
    expect(butTheReport()).toBe(before);
  });

  test('[L18] also when no run is open', () => {
    const walk = aLiveSession().cut().to(100_000).heal().to(200_000).recordCall('noAnswer', { attempt: 1 });
    expect(walk.events.at(-1)?.kind).toBe('run.lateReport');
  });

  test('[L18] a run that never was is refused', () => {
    const walk = phoning().recordCall('noAnswer', { run: 'c1.r9' });
    expect(walk.lastRefusal?.code).toBe('stale-run');
  });
});

describe('coming back', () => {
  const offsets = [
    [-1000, false],
    [0, false],
    [1000, true],
  ] as const;
  for (const [offMs, isReached] of offsets) {
    test(`[L13][H01] media back at the reconnect deadline ${offMs / 1000} s: phoning ${isReached ? 'was' : 'is not'} reached`, () => {
      const walk = aLiveSession()
        .cut()
        .before(360_000 + offMs)
        .heal()
        .by(5000);
      expect(walk.kinds.includes('phoning.opened')).toBe(isReached);
      expect(walk.run.state).toBe(isReached ? 'open' : 'none');
      expect(walk.run.parts?.word ?? 'none').toBe(isReached ? 'awaited' : 'none');
    });
  }

  test('[L13] a step that is due while contact comes back is held, and fires at the instant of the break', () => {
    const walk = aLiveSession().cut().to(358_000).heal().to(362_000);
    expect(walk.kinds).not.toContain('phoning.opened');
    walk.media(CLIENT, 'silent', 361_900).by(0);
    expect(walk.when('phoning.opened')).toEqual([362_000]);
    expect(walk.run.context.deadlines['phoning']).toBe(542_000);
  });

  test('[L13][R1][H24] after a start nothing is held for contact that no device speaks of any more', () => {
    const walk = aLiveSession()
      .cut()
      .to(358_000)
      .heal()
      .to(359_000)
      .state({ type: 'server.started', unwatchedMs: 0 });
    expect(walk.to(374_000).when('phoning.opened')).toEqual([362_000]);
  });

  test('[L13][R1] and what is held for contact that comes back within the 3 s is held again', () => {
    const walk = aLiveSession()
      .cut()
      .to(358_000)
      .heal()
      .to(359_000)
      .state({ type: 'server.started', unwatchedMs: 0 });
    walk.to(361_000).join(PRACTITIONER).media(PRACTITIONER, 'up').to(366_000);
    expect(walk.kinds).not.toContain('phoning.opened');
    expect(walk.run.state).toBe('none');
  });

  test('[L13] recovered ends phoning; attempts do not go on', () => {
    const walk = phoning().by(1000).heal().by(5000).to(600_000);
    expect(walk.when('phoning.attemptDue')).toEqual([360_000]);
    expect(walk.kinds).not.toContain('deciding.opened');
  });

  test('[L13] a decision that is open stays after recovery until it is stood down', () => {
    const walk = aLiveSession().cut().to(545_000).heal().to(550_000);
    expect(walk.run.parts).toMatchObject({ deciding: 'undecided', word: 'awaited' });
    walk.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: 'c1.r1' });
    expect(walk.run.state).toBe('open');
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client, run: 'c1.r1' });
    expect(walk.events.find((event) => event.kind === 'run.ended')?.outcome).toBe('together');
  });

  test('[L13] a decision cannot be stood down while the client is still lost', () => {
    const walk = aLiveSession()
      .cut()
      .to(545_000)
      .say(PRACTITIONER, { type: 'ladder.standDown', client, run: 'c1.r1' });
    expect(walk.lastRefusal?.code).toBe('not-now');
  });

  test('[L13][H21] nor because the practitioner leaves meanwhile; it can once the client left themselves', () => {
    const walk = aLiveSession().cut().to(545_000).leave(PRACTITIONER);
    const standDown = { type: 'ladder.standDown', client, run: 'c1.r1' } as const;
    expect(walk.value('contact:c1')).toBe('apart');
    expect(walk.say(PRACTITIONER, standDown).lastRefusal?.code).toBe('not-now');
    walk.leave(CLIENT).say(PRACTITIONER, standDown);
    expect(walk.events.find((event) => event.kind === 'run.ended')?.outcome).toBe('left');
  });

  test('[L1][L5] lost again before the word: the same run rings at once, with the next attempt', () => {
    const walk = phoning().by(1000).heal().by(10_000).cut().by(2000);
    expect(walk.runId).toBe('c1.r1');
    expect(walk.run.parts).toMatchObject({ reconnecting: 'waiting', phoning: 'attempting', word: 'idle' });
    expect(walk.run.context.attempt).toBe(2);
    expect(walk.run.context.deadlines['wait']).toBe(371_000 + 300_000);
  });
});
