import { describe, expect, test } from 'vitest';
import { aLiveSession } from '../testing/a-session.js';
import { screenOf } from '../testing/a-screen.js';
import { ANSWERS } from '../testing/answers.js';
import { isAlerted } from './care.js';
import { project } from './project.js';

const client = 'c1';

describe('staff', () => {
  test('[V6 E20] duty holds nothing before an alert, everything while it stands, nothing after it was stood down', () => {
    const walk = aLiveSession().say('p1', { type: 'crisis.open', client });
    expect(project(walk.session, 'duty-1')).toMatchObject({ role: 'duty', care: null });
    walk.say('p1', { type: 'crisis.offerEscalation', client });
    expect(project(walk.session, 'duty-1')).toMatchObject({
      care: { crisis: { state: 'open', escalation: 'offered' }, mediaAllowed: false },
    });
    expect(isAlerted(walk.session, 'duty-2')).toBe(false);
    walk.say('p1', { type: 'crisis.resolve', client, exit: 'helpOnScene' });
    expect(project(walk.session, 'duty-1')).toMatchObject({ care: null });
  });

  test('[V6] whom a run is offered to, and who owns it, sees it', () => {
    const walk = aLiveSession().cut().by(3000);
    expect(isAlerted(walk.session, 'duty-2')).toBe(false);
    walk.say('p1', { type: 'ladder.offerHandOver', client, run: 'c1.r1', to: 'duty-2' });
    expect(isAlerted(walk.session, 'duty-2')).toBe(true);
    walk.say('duty-2', { type: 'ladder.takeOver', client, run: 'c1.r1' });
    expect(project(walk.session, 'duty-2')).toMatchObject({
      care: { run: { owner: 'duty-2', offeredTo: null } },
    });
  });

  test('[V6][L15][Z4] whoever is told again, as nobody answered, can take it, also after their alert was stood down', () => {
    const walk = aLiveSession().cut().to(665_000);
    const lookAgain = { decision: 'notNow', lookAgainAtMs: 700_000 } as const;
    walk.say('p1', { type: 'ladder.decide', client, run: 'c1.r1', ...lookAgain }).to(879_999);
    expect(walk.value('alert:c1.r1.decidingSilent.duty-1')).toBe('stoodDown');
    expect(isAlerted(walk.session, 'duty-1')).toBe(false);
    walk.forget().to(880_000);
    expect(walk.effects).toMatchObject([{ person: 'duty-1' }, { person: 'duty-2' }]);
    expect(screenOf(walk, 'duty-1').tasks.map(({ id }) => id)).toContain('takeOver');
    const takeOver = { type: 'ladder.takeOver', client, run: 'c1.r1' } as const;
    expect(walk.fork().say('duty-1', takeOver).lastRefusal).toBeNull();
    walk.say('duty-2', takeOver);
    expect(isAlerted(walk.session, 'duty-1')).toBe(false);
  });

  test('[V6 V8 H02] who talks to the client by phone keeps the page when the run is over, and the others see whose call it is', () => {
    const walk = aLiveSession().cut().by(3000).say('p1', { type: 'risk.raise', client });
    const reached = { run: 'c1.r1', attempt: 1, outcome: 'reachedByName' } as const;
    walk.say('duty-1', { type: 'ladder.recordCall', client, ...reached });
    walk.say('duty-1', { type: 'ladder.standDown', client, run: 'c1.r1' });
    const held = { care: { run: null, caller: 'duty-1', contact: { state: 'byPhone' } } };
    expect(project(walk.session, 'duty-1')).toMatchObject(held);
    expect(project(walk.session, 'p1')).toMatchObject(held);
    // Who says that they still talk has the call from then on.
    walk.say('p1', { type: 'call.stillTogether', client });
    expect(project(walk.session, 'p1')).toMatchObject({ care: { caller: 'p1' } });
    walk.heal().say('p1', { type: 'call.moveToVideo', client });
    expect(project(walk.session, 'p1')).toMatchObject({ care: { caller: null } });
  });

  test('[H02] the practitioner sees the run with its parts, clocks and owner, and which id the next one has', () => {
    const walk = aLiveSession();
    const lastMs = walk.nowMs;
    expect(project(walk.session, 'p1')).toMatchObject({
      care: { run: null, nextRun: 'c1.r1', contact: { state: 'together' } },
    });
    walk.cut().by(3000);
    expect(project(walk.session, 'p1')).toMatchObject({
      care: {
        nextRun: 'c1.r2',
        contact: { state: 'lost' },
        run: {
          id: 'c1.r1',
          status: 'open',
          cause: 'contactLost',
          owner: 'p1',
          reconnecting: 'open',
          phoning: 'idle',
          sinceMs: lastMs,
          deadlines: { wait: lastMs + 300_000 },
        },
      },
    });
    walk.by(300_000);
    expect(project(walk.session, 'p1')).toMatchObject({
      care: { mayRing: true, run: { phoning: 'open', attempt: 1 } },
    });
  });

  test('[H03] a number that must not be rung blocks ringing', () => {
    const unsafe = { ...ANSWERS.callBackNumber, flags: { safeToRing: false, safeToLeaveMessage: false } };
    expect(project(aLiveSession().say(client, unsafe).session, 'p1')).toMatchObject({
      care: { mayRing: false },
    });
  });

  test('[H03 H32] a safe channel without voice lets phoning open, and leaves the number blocked', () => {
    const unsafe = { ...ANSWERS.callBackNumber, flags: { safeToRing: false, safeToLeaveMessage: false } };
    const written = { ...ANSWERS.backUpChannel, flags: { usesVoice: false, isSafeChannel: true } };
    const walk = aLiveSession().say(client, unsafe).say(client, written);
    expect(project(walk.session, 'p1')).toMatchObject({ care: { mayRing: false, mayPhone: true } });
  });

  test('[A28] a crisis asks to read the place back again', () => {
    const held = project(aLiveSession().say('p1', { type: 'crisis.open', client }).session, 'p1');
    const item =
      held?.role === 'practitioner' ? held.care.items.find(({ item }) => item === 'locationConfirmed') : null;
    expect(item).toMatchObject({ state: 'expired', isSettled: false });
    expect(held).toMatchObject({ care: { risk: { isActive: true } } });
  });
});
