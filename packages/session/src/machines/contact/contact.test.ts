import { referencePolicy } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { aLiveSession, aWaitingSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import type { ContactContext } from './contact-state.js';

const contact = (walk: Walk) => walk.value(`contact:${CLIENT}`);
const context = (walk: Walk) =>
  walk.session.charts[`contact:${CLIENT}`]?.context as unknown as ContactContext;

describe('media', () => {
  test('[P8] one side that hears both ways is enough', () => {
    const walk = aWaitingSession().say(PRACTITIONER, { type: 'person.admit', person: CLIENT });
    expect(contact(walk)).toBe('notYet');
    expect(contact(walk.media(PRACTITIONER, 'up'))).toBe('together');
  });

  test('[P8] the newer report of a heard device counts', () => {
    const walk = aLiveSession().media(CLIENT, 'silent');
    expect(contact(walk)).toBe('suspected');
    expect(contact(walk.by(500).media(PRACTITIONER, 'up'))).toBe('together');
  });

  test('[P8] at the same instant silence counts', () => {
    const walk = aLiveSession().media(PRACTITIONER, 'up').media(CLIENT, 'silent');
    expect(contact(walk)).toBe('suspected');
  });

  test('[P8][H01] an older tab that lost its media says nothing of the newer one', () => {
    const walk = aLiveSession().by(1000);
    walk
      .join(CLIENT, 'c1.b')
      .media(CLIENT, 'up', walk.nowMs, 'c1.b')
      .by(1000)
      .media(CLIENT, 'silent', 60_000, 'c1.a');
    expect(contact(walk)).toBe('together');
  });

  test('[P8] when no reporting device is heard contact is lost since one was last heard', () => {
    const walk = aLiveSession().by(10_000).silent(CLIENT, 69_800).silent(PRACTITIONER, 69_900);
    expect(contact(walk)).toBe('suspected');
    walk.to(72_899);
    expect(contact(walk)).toBe('suspected');
    expect(contact(walk.to(72_900))).toBe('lost');
    expect(context(walk).lastContactMs).toBe(69_900);
  });

  test('[P8] the line of one device may be dead while media goes on', () => {
    const walk = aLiveSession().silent(PRACTITIONER).by(60_000);
    expect(contact(walk)).toBe('together');
  });

  test('[P9][H27] suspected goes back without a trace in the ladder', () => {
    const walk = aLiveSession().cut().by(1000).heal().by(600_000);
    expect(walk.when('contact.suspected')).toEqual([61_500]);
    expect(walk.kinds).not.toContain('contact.lost');
    expect(walk.kinds).not.toContain('run.opened');
  });

  test('[P10][E12] lost 3 s after the last contact, whenever it was noticed', () => {
    const walk = aLiveSession().cut();
    expect(walk.nowMs).toBe(61_500);
    walk.to(62_999);
    expect(contact(walk)).toBe('suspected');
    expect(contact(walk.to(63_000))).toBe('lost');
    expect(walk.events.find((event) => event.kind === 'contact.lost')?.details['sinceMs']).toBe(60_000);
  });

  test('[P10] a line that fell silent later than the picture: lost counts from that later contact', () => {
    const walk = aLiveSession()
      .by(1500)
      .media(PRACTITIONER, 'silent', 59_700)
      .silent(CLIENT, 60_000)
      .to(62_999);
    expect(contact(walk)).toBe('suspected');
    expect(contact(walk.to(63_000))).toBe('lost');
    expect(context(walk).lastContactMs).toBe(60_000);
  });

  test('[P10] noticed late, it is lost at once', () => {
    const walk = aLiveSession().by(20_000).media(PRACTITIONER, 'silent', 65_000).by(0);
    expect(contact(walk)).toBe('lost');
    expect(walk.run.context.lastContactMs).toBe(65_000);
  });

  test('[P11][H01] recovered after 5 s both ways, not earlier', () => {
    const walk = aLiveSession().cut().to(100_000).heal();
    expect(contact(walk)).toBe('returning');
    expect(contact(walk.to(104_999))).toBe('returning');
    expect(contact(walk.to(105_000))).toBe('together');
    expect(walk.when('contact.recovered')).toEqual([105_000]);
  });

  test('[P11] a break within the 5 s is the same loss, at once', () => {
    const walk = aLiveSession().cut().to(100_000).heal().to(104_000).media(CLIENT, 'silent', 103_500);
    expect(contact(walk)).toBe('lost');
    expect(walk.when('run.opened')).toEqual([63_000]);
    expect(walk.run.context.lastContactMs).toBe(60_000);
  });

  test('[P11] a second device that says up does not start the 5 s anew', () => {
    const walk = aLiveSession()
      .cut()
      .to(100_000)
      .media(PRACTITIONER, 'up')
      .to(104_000)
      .media(CLIENT, 'up')
      .to(105_000);
    expect(contact(walk)).toBe('together');
  });
});

describe('a page that goes away', () => {
  const reload = (walk: Walk) =>
    walk.state({ type: 'device.unloading', person: CLIENT, device: 'c1.a' }, CLIENT);

  test('[P3][H12] has 15 s to be a reload before contact is lost, since it went', () => {
    const walk = reload(aLiveSession()).by(1500).media(PRACTITIONER, 'silent', 60_000);
    expect(contact(walk.to(74_999))).toBe('suspected');
    expect(contact(walk.to(75_000))).toBe('lost');
    expect(walk.run.context.lastContactMs).toBe(60_000);
  });

  test('[P3] it is the same when media falls silent before the page says that it goes', () => {
    const walk = aLiveSession().by(1500).media(PRACTITIONER, 'silent', 60_000).by(100);
    reload(walk);
    expect(contact(walk.to(76_599))).toBe('suspected');
    expect(contact(walk.to(76_600))).toBe('lost');
  });

  test('[P3][P8] the page that goes says nothing of media that the other side still has', () => {
    expect(contact(reload(aLiveSession()))).toBe('together');
    const returning = aLiveSession().cut().to(100_000).heal();
    expect(contact(reload(returning))).toBe('returning');
    expect(contact(returning.silent(CLIENT))).toBe('returning');
  });

  test('[P3] back within it no step of the ladder was taken', () => {
    const walk = reload(aLiveSession()).by(1500).media(PRACTITIONER, 'silent', 60_000).by(500);
    walk.join(CLIENT).by(4000).media(CLIENT, 'up').media(PRACTITIONER, 'up').by(60_000);
    expect(contact(walk)).toBe('together');
    expect(walk.kinds).not.toContain('run.opened');
  });

  test('[P10][P3] is no reload any more once it has its media again: what is lost then is lost after 3 s', () => {
    const walk = reload(aLiveSession()).by(500).join(CLIENT).by(500).media(CLIENT, 'up').by(2000).cut();
    expect(contact(walk.to(65_999))).toBe('suspected');
    expect(contact(walk.to(66_000))).toBe('lost');
  });

  test('[P3] back on the line within a second, its media still has 15 s', () => {
    const walk = reload(aLiveSession()).by(1000).join(CLIENT).by(500).media(PRACTITIONER, 'silent', 60_000);
    expect(contact(walk.to(66_000))).toBe('suspected');
    expect(contact(walk.media(CLIENT, 'up'))).toBe('together');
    expect(walk.kinds).not.toContain('run.opened');
  });

  test('[P3][H10] with risk active it has 3 s', () => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
    reload(walk).by(1500).media(PRACTITIONER, 'silent', 60_000);
    expect(contact(walk.to(63_000))).toBe('lost');
  });

  test('[P3][L8] risk raised in the middle leaves it 3 s from then', () => {
    const walk = reload(aLiveSession()).by(1500).media(PRACTITIONER, 'silent', 60_000).to(65_000);
    walk.say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
    expect(contact(walk.to(67_999))).toBe('suspected');
    expect(contact(walk.to(68_000))).toBe('lost');
  });
});

describe('flapping', () => {
  const spentAfter = (upMs: number, downMs: number): Walk => {
    const walk = aLiveSession();
    while (walk.nowMs < 40 * 60_000 && !walk.kinds.includes('contact.budgetSpent')) {
      const lastMs = walk.nowMs;
      if (downMs >= referencePolicy.durations.suspectAfterMs)
        walk
          .by(1500)
          .media(PRACTITIONER, 'silent', lastMs)
          .by(downMs - 1500);
      else walk.by(downMs);
      walk.media(PRACTITIONER, 'up').by(upMs);
    }
    return walk;
  };

  test('[P12][H27] many short losses open phoning once they add up to 300 s within 30 min', () => {
    const walk = spentAfter(20_000, 40_000);
    expect(walk.when('contact.budgetSpent')).toHaveLength(1);
    expect(walk.when('phoning.opened')).toEqual(walk.when('contact.budgetSpent'));
    // Outages of 45 s each (40 s and the 5 s of coming back): the seventh spends it.
    expect(walk.when('run.opened')).toHaveLength(7);
    expect(walk.when('contact.budgetSpent')[0]).toBe(60_000 + 6 * 60_000 + 30_000);
  });

  test('[P12][H27] silences too short to be a loss add up as well', () => {
    const walk = spentAfter(2000, 2000);
    expect(walk.when('contact.budgetSpent')).toHaveLength(1);
    expect(walk.when('run.opened')).toEqual(walk.when('contact.budgetSpent'));
    expect(walk.when('phoning.opened')).toEqual(walk.when('contact.budgetSpent'));
    expect(walk.when('contact.budgetSpent')[0]).toBe(60_000 + 149 * 4000 + 2000);
  });

  test('[P12] what is older than the window is forgotten', () => {
    const walk = aLiveSession();
    for (let outage = 0; outage < 12; outage += 1) {
      const lastMs = walk.nowMs;
      walk
        .by(1500)
        .media(PRACTITIONER, 'silent', lastMs)
        .by(40_000)
        .media(PRACTITIONER, 'up')
        .by(6 * 60_000);
    }
    expect(walk.kinds).not.toContain('contact.budgetSpent');
  });

  test('[P12] an outage that was counted and dropped out of the window meanwhile is counted no longer', () => {
    const walk = aLiveSession();
    const outage = (forMs: number) => {
      const lastMs = walk.nowMs;
      walk
        .by(1500)
        .media(PRACTITIONER, 'silent', lastMs)
        .by(forMs - 1500)
        .media(PRACTITIONER, 'up')
        .by(5000);
    };
    outage(195_000);
    walk.to(60_000 + 29 * 60_000);
    const lastMs = walk.nowMs;
    walk.by(1500).media(PRACTITIONER, 'silent', lastMs);
    // 200 s before and 100 s now would be the 300 s; but by then the first minute of the old outage is out of the window.
    walk.to(lastMs + 100_000);
    expect(walk.kinds).not.toContain('contact.budgetSpent');
    walk.to(lastMs + 299_999);
    expect(walk.kinds).not.toContain('phoning.opened');
  });

  test('[P12] a single long loss is the reconnect wait’s own matter', () => {
    const walk = aLiveSession().cut().to(400_000);
    expect(walk.kinds).not.toContain('contact.budgetSpent');
    expect(walk.when('phoning.opened')).toEqual([360_000]);
  });
});

describe('ended on purpose', () => {
  test('[P15][E1][H12] after hang-up silence opens no run', () => {
    const walk = aLiveSession().leave(CLIENT).media(PRACTITIONER, 'silent').silent(CLIENT).by(600_000);
    expect(contact(walk)).toBe('apart');
    expect(walk.kinds).not.toContain('run.opened');
  });

  test('[P15] a late report of media does not undo it', () => {
    expect(contact(aLiveSession().leave(CLIENT).media(PRACTITIONER, 'up'))).toBe('apart');
  });

  test('[P15][P4] whoever left and joins again can be together again', () => {
    const walk = aLiveSession().leave(CLIENT).by(5000).join(CLIENT).heal();
    expect(contact(walk)).toBe('together');
  });

  test('[P15] nobody is together again while the other one is still away', () => {
    const walk = aLiveSession().leave(CLIENT).leave(PRACTITIONER).join(CLIENT);
    expect(contact(walk)).toBe('apart');
    expect(contact(walk.join(PRACTITIONER))).toBe('notYet');
  });

  test('[P15] after the end of the session nobody who comes back is together again', () => {
    const walk = aLiveSession().leave(CLIENT).say(PRACTITIONER, { type: 'session.end' }).join(CLIENT).heal();
    expect(contact(walk)).toBe('apart');
    const withdrawn = aLiveSession()
      .leave(CLIENT)
      .say(PRACTITIONER, { type: 'consent.withdraw' })
      .join(CLIENT)
      .heal();
    expect(contact(withdrawn)).toBe('apart');
  });

  test('[P15] the end of the session ends contact', () => {
    expect(
      contact(
        aLiveSession().say(PRACTITIONER, { type: 'session.end' }).media(PRACTITIONER, 'silent').by(60_000),
      ),
    ).toBe('apart');
  });

  const closed = () =>
    aLiveSession().cut().to(100_000).say(PRACTITIONER, {
      type: 'ladder.dispose',
      client: CLIENT,
      run: 'c1.r1',
      disposition: 'safeByReport',
    });

  test('[P15][L2][L14] what risk opens after a run was closed is a lost contact, and hears of its return', () => {
    const walk = closed().by(10_000).say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
    expect(walk.run.context).toMatchObject({ run: 'c1.r2', cause: 'contactLost' });
    expect(walk.run.parts).toMatchObject({ phoning: 'attempting', deciding: 'undecided' });
    expect(walk.alerted).toEqual(['riskActive.duty-1']);
    expect(contact(walk.heal())).toBe('returning');
    expect(contact(walk.by(5000))).toBe('together');
    expect(walk.run.context.isBack).toBe(true);
    expect(walk.run.parts).toMatchObject({ phoning: 'done', word: 'awaited' });
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client: CLIENT, run: 'c1.r2' });
    expect(walk.lastRefusal).toBeNull();
  });

  test('[P15][E3] after a run was closed nothing rings by itself for a client who has left as well', () => {
    const walk = closed().leave(CLIENT).say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
    expect(walk.run.context).toMatchObject({ run: 'c1.r2', cause: 'leftAtRisk' });
    expect(walk.run.parts).toMatchObject({ phoning: 'idle', deciding: 'undecided' });
  });

  test('[P15][E3][H10] a line that blinks after it is no media: with risk raised then a run opens all the same', () => {
    for (const person of [CLIENT, PRACTITIONER]) {
      const walk = closed();
      walk.silent(person).heard(person);
      expect(contact(walk)).toBe('apart');
      walk.say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
      expect([walk.run.state, walk.alerted.length > 0]).toEqual(['open', true]);
    }
  });

  test('[P15] a run that a person closed leaves contact open to come back', () => {
    const walk = closed();
    expect(contact(walk)).toBe('apart');
    expect(contact(walk.heal())).toBe('together');
    expect(walk.cut().by(2000).runId).toBe('c1.r2');
  });
});

describe('after a start of the session server', () => {
  test('[R1][R2][H24] two people who talk see nothing of it', () => {
    const walk = aLiveSession().by(1000).state({ type: 'server.started', unwatchedMs: 0 }).by(8000);
    walk.join(CLIENT).join(PRACTITIONER).heal().by(600_000);
    expect(contact(walk)).toBe('together');
    expect(walk.kinds).not.toContain('contact.suspected');
  });

  test('[P7] who does not return in 15 s is lost since the newest evidence', () => {
    const walk = aLiveSession().by(60_000).state({ type: 'server.started', unwatchedMs: 0 });
    walk.silent(CLIENT, 118_000).silent(PRACTITIONER, 119_000);
    expect(contact(walk.to(134_999))).not.toBe('lost');
    expect(contact(walk.to(135_000))).toBe('lost');
    expect(walk.run.context.lastContactMs).toBe(119_000);
  });

  test('[R2] what a device itself says counts at once', () => {
    const walk = aLiveSession().by(60_000).state({ type: 'server.started', unwatchedMs: 0 }).by(1000);
    walk.join(PRACTITIONER).media(PRACTITIONER, 'silent', 90_000);
    expect(contact(walk.to(122_999))).toBe('suspected');
    expect(contact(walk.to(123_000))).toBe('lost');
    expect(walk.run.context.lastContactMs).toBe(90_000);
  });

  test('[R2][P8] what a new page of a person says counts at once as well: nobody hears the old one', () => {
    const walk = aLiveSession().by(60_000).state({ type: 'server.started', unwatchedMs: 0 }).by(1000);
    walk.join(CLIENT, 'c1.b').media(CLIENT, 'silent', 90_000, 'c1.b');
    expect(contact(walk.to(123_000))).toBe('lost');
  });

  test('[R2][P11] contact that was coming back starts its 5 s again, with evidence', () => {
    const walk = aLiveSession()
      .cut()
      .to(100_000)
      .heal()
      .to(104_000)
      .state({ type: 'server.started', unwatchedMs: 0 });
    expect(contact(walk.to(110_000))).toBe('returning');
    walk.join(PRACTITIONER).media(PRACTITIONER, 'up');
    expect(contact(walk.to(114_999))).toBe('returning');
    expect(contact(walk.to(115_000))).toBe('together');
  });
});
