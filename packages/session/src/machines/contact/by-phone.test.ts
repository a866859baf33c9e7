import { describe, expect, test } from 'vitest';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';

const contact = (walk: Walk) => walk.value(`contact:${CLIENT}`);

describe('by phone', () => {
  const onThePhone = () => {
    const walk = aLiveSession().cut().to(360_000);
    return walk.recordCall('reachedByName');
  };

  test('[P13][L6] reached by name is contact by phone', () => {
    const walk = onThePhone();
    expect(contact(walk)).toBe('byPhone');
    expect(walk.run.state).toBe('none');
  });

  test('[P13] returning video does not end the call; moving back is a command', () => {
    const walk = onThePhone().by(10_000);
    walk.say(PRACTITIONER, { type: 'call.moveToVideo', client: CLIENT });
    expect(walk.lastRefusal?.code).toBe('not-now');
    walk.heal().by(60_000);
    expect(contact(walk)).toBe('byPhone');
    expect(contact(walk.say(PRACTITIONER, { type: 'call.moveToVideo', client: CLIENT }))).toBe('together');
  });

  test('[P13][A04] moving back asks for privacy again', () => {
    const walk = onThePhone().heal().say(PRACTITIONER, { type: 'call.moveToVideo', client: CLIENT });
    expect(walk.value('item:clientPrivacy')).toBe('expired');
  });

  test('[P13] a cut call is a new run that starts at phoning', () => {
    const walk = onThePhone().by(30_000).say(PRACTITIONER, { type: 'call.cut', client: CLIENT });
    expect(contact(walk)).toBe('lost');
    expect(walk.runId).toBe('c1.r2');
    expect(walk.run.parts).toMatchObject({ reconnecting: 'idle', phoning: 'attempting', deciding: 'idle' });
  });

  test('[P13][L17] whose call it was, who says that it is cut, owns the run that rings again', () => {
    const walk = onThePhone().to(1_080_000);
    walk.say('duty-1', { type: 'alert.accept', alert: 'c1.p1.1.phoneSilent.duty-1' });
    walk.say('duty-1', { type: 'call.cut', client: CLIENT });
    expect(walk.run).toMatchObject({ context: { run: 'c1.r2', owner: 'duty-1' } });
  });

  test('[P13][G8] a call that is cut while the session is being closed is a new run, too', () => {
    const walk = aLiveSession()
      .say(PRACTITIONER, { type: 'risk.raise', client: CLIENT })
      .say(CLIENT, { type: 'consent.withdraw' });
    walk.recordCall('reachedByName');
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client: CLIENT, run: 'c1.r1' });
    expect(walk.run.state).toBe('none');
    walk.say(PRACTITIONER, { type: 'call.cut', client: CLIENT });
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', deciding: 'undecided' });
    expect(walk.say(PRACTITIONER, { type: 'session.close' }).lastRefusal?.code).toBe('run-open');
  });

  test('[A7][P14] accepting the silence of a call takes a run over that is still open', () => {
    const walk = aLiveSession().cut().to(545_000);
    walk.recordCall('reachedByName');
    walk.to(545_000 + 720_000).say('duty-2', {
      type: 'alert.accept',
      alert: 'c1.p1.1.phoneSilent.duty-2',
    });
    walk.say('duty-1', { type: 'alert.accept', alert: 'c1.p1.1.phoneSilent.duty-1' });
    expect(walk.run.context.owner).toBe('duty-1');
  });

  test('[P13] a call cut while video is back is coming back', () => {
    const walk = onThePhone().heal().say(PRACTITIONER, { type: 'call.cut', client: CLIENT });
    expect(contact(walk)).toBe('returning');
    expect(walk.by(5000).run.parts?.word).toBe('awaited');
  });

  test('[P14] "still together?" every 10 min, and the duty role after 120 s of silence', () => {
    const walk = onThePhone().forget().to(960_000);
    expect(walk.when('call.checkDue')).toEqual([960_000]);
    walk.to(1_079_999);
    expect(walk.alerted).toEqual([]);
    walk.to(1_080_000);
    expect(walk.when('call.unanswered')).toEqual([1_080_000]);
    expect(walk.alerted).toEqual(['phoneSilent.duty-1']);
    expect(walk.to(1_680_000).when('call.checkDue')).toEqual([960_000, 1_680_000]);
  });

  test('[P14][A5] an answer, also a late one, stands the alert down', () => {
    const walk = onThePhone().to(1_081_000).say(PRACTITIONER, { type: 'call.stillTogether', client: CLIENT });
    expect(walk.kinds).toContain('alert.stoodDown');
    expect(walk.forget().to(1_680_000).kinds).not.toContain('call.checkDue');
    expect(walk.to(1_681_000).when('call.checkDue')).toEqual([1_681_000]);
  });

  test('[P14][A32] every 3 min with risk active, also when it is raised during the call', () => {
    const walk = onThePhone()
      .to(400_000)
      .say(PRACTITIONER, { type: 'risk.raise', client: CLIENT })
      .to(579_999);
    expect(walk.kinds).not.toContain('call.checkDue');
    expect(walk.to(580_000).kinds).toContain('call.checkDue');
  });
});
