import { referencePolicy, type Policy } from '@holdfast/protocol';
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

const client = (walk: Walk) => walk.value(`presence:${CLIENT}`);
const practitioner = (walk: Walk) => walk.value(`presence:${PRACTITIONER}`);

describe('proof of life', () => {
  test('[P1] nobody is there before they join', () => {
    const walk = aWalk();
    expect(client(walk)).toBe('notYet');
    expect(client(walk.join(CLIENT))).toBe('alive');
  });

  test('[P1][H01] one of two devices is enough', () => {
    const walk = aWalk().join(CLIENT, 'c1.a').join(CLIENT, 'c1.b').by(1000);
    walk.silent(CLIENT, 900, 'c1.a').by(60_000);
    expect(client(walk)).toBe('alive');
    walk.silent(CLIENT, walk.nowMs, 'c1.b');
    expect(client(walk)).toBe('suspected');
  });

  test('[P1] media that reaches the other side proves life while the own line is dead', () => {
    const walk = aLiveSession();
    walk.silent(CLIENT).by(60_000);
    expect(client(walk)).toBe('alive');
    walk.media(PRACTITIONER, 'silent', walk.nowMs);
    expect(client(walk)).toBe('suspected');
    expect(client(walk.by(3000))).toBe('gone');
  });

  test('[P1] media proves life no longer once the witness itself is not heard', () => {
    const walk = aLiveSession();
    walk.silent(CLIENT).silent(PRACTITIONER).by(3000);
    expect(client(walk)).toBe('gone');
  });

  test('[P1] a device that speaks of media is itself heard', () => {
    const walk = aLiveSession();
    walk.media(PRACTITIONER, 'silent').silent(CLIENT).by(3000);
    expect(client(walk)).toBe('gone');
    expect(client(walk.media(CLIENT, 'silent', 60_000))).toBe('alive');
  });

  test('[P2] gone 3 s after the last proof of life, not after the silence was noticed', () => {
    const walk = aWalk().join(CLIENT).by(10_000);
    walk.silent(CLIENT, 8000).to(10_999);
    expect(client(walk)).toBe('suspected');
    expect(client(walk.to(11_000))).toBe('gone');
    expect(walk.events.find((event) => event.kind === 'person.gone')?.details['sinceMs']).toBe(8000);
  });

  test('[P2][H01] heard again at the very instant of the deadline counts as back', () => {
    const walk = aWalk().join(CLIENT).by(10_000).silent(CLIENT, 10_000).before(13_000).heard(CLIENT);
    expect(client(walk.by(0))).toBe('alive');
    expect(walk.kinds).not.toContain('person.gone');
  });

  test('[P3][H12] a page that goes is suspected for 15 s and then gone since it went, never left', () => {
    const walk = aWalk()
      .join(CLIENT)
      .by(5000)
      .state({ type: 'device.unloading', person: CLIENT, device: 'c1.a' }, CLIENT);
    walk.silent(CLIENT, 4900).to(19_999);
    expect(client(walk)).toBe('suspected');
    expect(client(walk.to(20_000))).toBe('gone');
    expect(walk.events.find((event) => event.kind === 'person.gone')?.details['sinceMs']).toBe(5000);
    expect(walk.kinds).not.toContain('person.left');
  });

  test('[P3] with risk active a page that goes has 3 s, also when risk is raised meanwhile', () => {
    const walk = aLiveSession()
      .say(PRACTITIONER, { type: 'risk.raise', client: CLIENT })
      .silent(PRACTITIONER);
    walk
      .media(PRACTITIONER, 'silent')
      .state({ type: 'device.unloading', person: CLIENT, device: 'c1.a' }, CLIENT);
    expect(client(walk.by(2999))).toBe('suspected');
    expect(client(walk.by(1))).toBe('gone');

    const later = aLiveSession()
      .media(PRACTITIONER, 'silent')
      .state({ type: 'device.unloading', person: CLIENT, device: 'c1.a' }, CLIENT);
    later.by(5000).say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
    expect(client(later.by(2999))).toBe('suspected');
    expect(client(later.by(1))).toBe('gone');
  });

  test('[P4] left is what the person says, whatever other evidence there is, until they join again', () => {
    const walk = aLiveSession().leave(CLIENT).media(PRACTITIONER, 'up').heard(CLIENT);
    expect(client(walk)).toBe('left');
    expect(client(walk.join(CLIENT, 'c1.b'))).toBe('alive');
  });

  test('[P4][H12] quick exit is its own state', () => {
    expect(client(aLiveSession().exit(CLIENT))).toBe('exited');
  });
});

describe('a practitioner who is away', () => {
  const gone = () => aLiveSession().silent(PRACTITIONER, 60_000).media(CLIENT, 'silent', 60_000);

  test('[P5][H02] the duty role is alerted 60 s after the last proof of life', () => {
    const walk = gone().to(119_999);
    expect(practitioner(walk)).toBe('gone');
    expect(walk.alerted).toEqual([]);
    walk.to(120_000);
    expect(walk.when('practitioner.missing')).toEqual([120_000]);
    expect(walk.alerted).toEqual(['practitionerGone.duty-1']);
  });

  test('[P5] their return clears it', () => {
    const walk = gone().to(119_000).heard(PRACTITIONER).to(300_000);
    expect(walk.kinds).not.toContain('practitioner.missing');
  });

  test('[P5][A5] an alert about an absence without a run is stood down on return; the next absence is told anew', () => {
    const walk = aLiveSession().leave(PRACTITIONER).by(70_000).join(PRACTITIONER);
    expect(
      walk.events.filter((event) => event.kind === 'alert.stoodDown').map((event) => event.subject?.id),
    ).toEqual(['p1.a1.practitionerLeft.duty-1']);
    walk.leave(PRACTITIONER).by(70_000);
    expect(
      walk.events.filter((event) => event.kind === 'alert.sent').map((event) => event.subject?.id),
    ).toEqual(['p1.a1.practitionerLeft.duty-1', 'p1.a2.practitionerLeft.duty-1']);
  });

  test('[P5] with risk active, at once', () => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
    walk.silent(PRACTITIONER).media(CLIENT, 'silent').by(3000);
    expect(walk.when('practitioner.missing')).toEqual([63_000]);
  });

  test('[P5] risk raised by the duty role while they are gone: at once', () => {
    const walk = gone().to(70_000).say('duty-1', { type: 'risk.raise', client: CLIENT });
    expect(walk.by(0).when('practitioner.missing')).toEqual([70_000]);
  });

  test('[P5] nobody is alerted for a practitioner who has not come yet while nothing stands', () => {
    const walk = aWalk().join(CLIENT).join(PRACTITIONER).silent(PRACTITIONER, 0).by(300_000);
    expect(practitioner(walk)).toBe('gone');
    expect(walk.alerted).toEqual([]);
  });

  test('[P6][H02] leaving while a run stands alerts at once', () => {
    const walk = aLiveSession().cut().by(2000).leave(PRACTITIONER);
    expect(walk.alerted).toEqual(['practitionerLeft.duty-1']);
  });

  test('[P6] leaving with risk active alerts once and opens a decision', () => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT }).leave(PRACTITIONER);
    expect(walk.alerted).toEqual(['practitionerLeft.duty-1']);
    expect(walk.run.parts?.deciding).toBe('undecided');
  });

  test('[P6] leaving a client alone in a live session counts as gone: 60 s', () => {
    const walk = aLiveSession().leave(PRACTITIONER).to(119_999);
    expect(walk.alerted).toEqual([]);
    expect(walk.to(120_000).alerted).toEqual(['practitionerLeft.duty-1']);
  });

  test('[P6] a closed session needs nobody, whatever was raised in it', () => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
    walk.say(PRACTITIONER, { type: 'session.end' });
    walk.say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
    walk.say(PRACTITIONER, { type: 'session.close' });
    expect(walk.value('lifecycle:session')).toBe('closed');
    expect(walk.leave(PRACTITIONER).by(600_000).alerted).toEqual([]);
  });

  test('[P6] a session that is ended but not closed with risk active still needs them', () => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
    walk.say(PRACTITIONER, { type: 'session.end' }).leave(PRACTITIONER);
    expect(walk.alerted).toEqual(['practitionerLeft.duty-1']);
  });

  test('[P6] after the client has left nobody needs to be told', () => {
    const walk = aLiveSession().leave(CLIENT).leave(PRACTITIONER).by(600_000);
    expect(walk.alerted).toEqual([]);
  });
});

describe('after a start of the session server', () => {
  test('[P7][R1] nobody is called gone before 15 s', () => {
    const walk = aLiveSession().by(60_000).state({ type: 'server.started', unwatchedMs: 0 });
    walk.silent(CLIENT, 118_000).to(134_999);
    expect(client(walk)).not.toBe('gone');
    expect(client(walk.to(135_000))).toBe('gone');
    expect(
      walk.events.find((event) => event.kind === 'person.gone' && event.subject?.id === CLIENT)?.details[
        'sinceMs'
      ],
    ).toBe(118_000);
  });

  test('[P7][H24] who comes back within 15 s was never away', () => {
    const walk = aLiveSession()
      .by(60_000)
      .forget()
      .state({ type: 'server.started', unwatchedMs: 0 })
      .by(10_000);
    walk.join(CLIENT).join(PRACTITIONER).heal().by(600_000);
    expect(walk.kinds.filter((kind) => /^(person|contact|run)\./u.test(kind))).toEqual([]);
  });
});

describe('one person’s news is not another’s', () => {
  const STATES: Readonly<Record<string, () => Walk>> = {
    notYet: () => aWalk().join(PRACTITIONER),
    alive: () => aWalk().join(PRACTITIONER).join(CLIENT),
    suspected: () => aWalk().join(PRACTITIONER).join(CLIENT).by(1000).silent(CLIENT, 1000),
    gone: () => aWalk().join(PRACTITIONER).join(CLIENT).by(1000).silent(CLIENT, 1000).by(3000),
    left: () => aWalk().join(PRACTITIONER).join(CLIENT).leave(CLIENT),
    exited: () => aWalk().join(PRACTITIONER).join(CLIENT).exit(CLIENT),
  };
  const NEWS: Readonly<Record<string, (walk: Walk) => Walk>> = {
    joins: (walk) => walk.join(PRACTITIONER, 'p1.b'),
    'is heard': (walk) => walk.heard(PRACTITIONER),
    'is silent': (walk) => walk.silent(PRACTITIONER, 0),
    unloads: (walk) =>
      walk.state({ type: 'device.unloading', person: PRACTITIONER, device: 'p1.a' }, PRACTITIONER),
    leaves: (walk) => walk.leave(PRACTITIONER),
    exits: (walk) => walk.exit(PRACTITIONER),
    'says that media is silent': (walk) => walk.media(PRACTITIONER, 'silent', 0),
  };
  for (const [state, make] of Object.entries(STATES)) {
    for (const [news, happen] of Object.entries(NEWS)) {
      test(`[P1][P4] a client who is ${state} stays so when the practitioner ${news}`, () => {
        const walk = make();
        expect(client(walk)).toBe(state);
        const before = walk.session.charts[`presence:${CLIENT}`];
        expect(happen(walk).session.charts[`presence:${CLIENT}`]).toEqual(before);
      });
    }
  }

  test('[P5] a client who is gone is not a practitioner who is missing', () => {
    const walk = aLiveSession().silent(CLIENT).media(PRACTITIONER, 'silent').by(5000);
    walk.say('duty-1', { type: 'risk.raise', client: CLIENT }).by(600_000);
    expect(walk.kinds).not.toContain('practitioner.missing');
  });
});

describe('a practitioner who is away when something begins', () => {
  const vanishedAlone = () => {
    const walk = aWalk().join(CLIENT).say(CLIENT, ANSWERS.callBackNumber).by(60_000);
    return walk.silent(CLIENT).by(3000);
  };

  test('[P5][L19] who has not come yet when a run opens is missed 60 s later', () => {
    const walk = vanishedAlone();
    expect(walk.run.state).toBe('open');
    expect(walk.to(122_999).kinds).not.toContain('practitioner.missing');
    expect(walk.to(123_000).alerted).toEqual(['practitionerGone.duty-1']);
  });

  test('[P5] and is not missed when nothing stands any more by then', () => {
    const walk = vanishedAlone().join('duty-1');
    walk.say(PRACTITIONER, {
      type: 'ladder.dispose',
      client: CLIENT,
      run: 'c1.r1',
      disposition: 'safeByReport',
    });
    expect(walk.to(300_000).kinds).not.toContain('practitioner.missing');
  });

  test('[P6] who left is missed at once when a run opens, or risk is raised', () => {
    expect(aLiveSession().leave(PRACTITIONER).by(10_000).exit(CLIENT).by(0).alerted).toEqual([
      'practitionerLeft.duty-1',
    ]);
    const raised = aLiveSession()
      .leave(PRACTITIONER)
      .by(10_000)
      .say('duty-1', { type: 'risk.raise', client: CLIENT })
      .by(0);
    expect(raised.alerted).toContain('practitionerLeft.duty-1');
  });

  test('[P6][H09] and only once', () => {
    const walk = aLiveSession()
      .leave(PRACTITIONER)
      .by(10_000)
      .exit(CLIENT)
      .say('duty-1', { type: 'risk.raise', client: CLIENT });
    walk.by(30_000);
    expect(walk.when('practitioner.missing')).toHaveLength(1);
  });

  test('[P5][H02] each run with the practitioner gone is told anew, and so is a client who comes back alone', () => {
    const missed = () => {
      const walk = aLiveSession().cut().silent(PRACTITIONER).to(130_000);
      walk.say('duty-1', { type: 'alert.accept', alert: 'c1.r1.practitionerGone.duty-1' });
      return walk.say('duty-1', {
        type: 'ladder.dispose',
        client: CLIENT,
        run: 'c1.r1',
        disposition: 'safeByReport',
      });
    };
    const again = missed().silent(CLIENT).by(3000);
    expect(again.runId).toBe('c1.r2');
    expect(again.alerted).toEqual(['practitionerGone.duty-1', 'practitionerGone.duty-2']);
    const alone = missed().leave(CLIENT).by(10_000).join(CLIENT);
    expect(alone.by(59_999).alerted).toHaveLength(1);
    expect(alone.by(1).alerted).toHaveLength(2);
  });

  describe('and went on to be after a run', () => {
    const alert = 'p1.a1.practitionerLeft.duty-1';
    const staff = { ...referencePolicy.staff, duty: [{ person: 'duty-1' }] };
    const onlyOne: Policy = { ...referencePolicy, staff };
    /** The client vanishes, and a duty person closes the run that this opens. */
    const runIsOver = (walk: Walk) => {
      walk.silent(CLIENT).by(3000);
      expect(walk.runId).toBe('c1.r1');
      const disposition = 'safeByReport';
      return walk
        .say('duty-1', { type: 'ladder.dispose', client: CLIENT, run: 'c1.r1', disposition })
        .forget();
    };

    test('[P5][A6][H02] whoever took the absence before is told of it again, as a matter of its own', () => {
      const left = aLiveSession({ policy: onlyOne }).leave(PRACTITIONER).by(60_000);
      const walk = runIsOver(left.say('duty-1', { type: 'alert.accept', alert }));
      expect(walk.join(CLIENT).by(59_999).effects).toEqual([]);
      expect(walk.by(1).effects).toMatchObject([{ alert: 'p1.a2.practitionerLeft.duty-1', attempt: 1 }]);
      walk.join(PRACTITIONER);
      expect(walk.value('alert:p1.a2.practitionerLeft.duty-1')).toBe('stoodDown');
    });

    test('[P5][A6][H09] while nobody took it and everybody hears it still, it is not told twice', () => {
      const walk = runIsOver(aLiveSession({ policy: onlyOne }).leave(PRACTITIONER).by(130_000));
      walk.join(CLIENT).by(180_000);
      expect(walk.when('practitioner.missing')).toEqual([253_000]);
      expect(walk.effects.map((effect) => ('alert' in effect ? [effect.alert, effect.atMs] : []))).toEqual([
        [alert, 240_000],
        [alert, 300_000],
        [alert, 360_000],
      ]);
    });
  });

  test('[P6] a client who comes back to an empty session counts as alone from then', () => {
    const walk = aLiveSession().leave(CLIENT).leave(PRACTITIONER).by(300_000).join(CLIENT);
    expect(walk.by(59_999).alerted).toEqual([]);
    expect(walk.by(1).alerted).toEqual(['practitionerLeft.duty-1']);
  });
});

test('[P7] a device that is heard again after the start needs no new join', () => {
  const walk = aLiveSession()
    .media(PRACTITIONER, 'silent')
    .by(1000)
    .state({ type: 'server.started', unwatchedMs: 0 })
    .by(5000)
    .heard(CLIENT)
    .by(60_000);
  expect(client(walk)).toBe('alive');
});

test.each(['gone', 'left'] as const)(
  '[P5][H02] a client whose line flickers puts no alert off: it counts from the first that needs them (%s)',
  (how) => {
    const walk = aWaitingSession().say(PRACTITIONER, { type: 'person.admit', person: CLIENT }).to(60_000);
    if (how === 'left') walk.leave(PRACTITIONER);
    else walk.silent(PRACTITIONER, 60_000);
    while (walk.nowMs < 300_000) walk.by(10_000).silent(CLIENT).by(500).heard(CLIENT);
    const [first] = walk.when('alert.sent');
    expect(first).toBeGreaterThanOrEqual(120_000);
    expect(first).toBeLessThanOrEqual(how === 'left' ? 131_000 : 120_000);
  },
);
