import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { aDrillPolicy, aSessionServer, cutClient, together } from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';
import { SleepWatch } from './sleep-watch.js';

const { durations } = aDrillPolicy;

/** A machine whose process clock stands still while it sleeps. */
class SleepyClock extends FakeClock {
  wallAheadMs = 0;
  wallMs(): number {
    return this.nowMs() + this.wallAheadMs;
  }
}

test('[H07] a gap of more than 2 s is sleep; drift, a clock set back, and one put right again are not', () => {
  const clock = new SleepyClock();
  const watch = new SleepWatch(clock);
  const after = (byMs: number): number => {
    clock.wallAheadMs += byMs;
    return watch.sleptMs();
  };
  expect([after(0), after(2000), after(2001), after(0)]).toEqual([0, 0, 2001, 0]);
  expect([after(-3_600_000), after(10_000)]).toEqual([0, 10_000]);
  expect([after(3_600_000), after(3_600_000)]).toEqual([0, 3_600_000]);
});

test('[H07] [V7] [R1] a machine that slept over a deadline does the step after the hold of a start, and records both', async () => {
  const clock = new SleepyClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  await cutClient(clock, { practitioner, client });
  await passTime(clock, durations.reconnectWaitMs - 4500, practitioner);
  const kinds = async (): Promise<string[]> => (await running.events()).map(({ kind }) => kind);
  expect(await kinds()).not.toContain('phoning.opened');
  // 2.5 s are left; the machine sleeps for 6 s.
  clock.wallAheadMs += 6000;
  await passTime(clock, durations.restartHoldMs + 500, practitioner);
  expect(await kinds()).toContain('phoning.opened');
  const events = await running.events();
  const overdue = events.filter(({ kind }) => kind === 'clock.overdue').map(({ details }) => details);
  expect(overdue[0]).toEqual({ sleptMs: 6000 });
  expect(overdue[1]?.['lateMs']).toBeGreaterThanOrEqual(3500);
  expect(overdue).toHaveLength(2);
  const stamps = events.map(({ recordedAtMs }) => recordedAtMs);
  expect(stamps.toSorted((a, b) => a - b)).toEqual(stamps);
  await running.server.close();
});

test('[H07] [H24] two people who are happily talking see no step of the ladder over the sleep of the machine', async () => {
  const clock = new SleepyClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  await passTime(clock, 5000, practitioner, client);
  clock.wallAheadMs += 60_000;
  await passTime(clock, 20_000, practitioner, client);
  const kinds = (await running.events()).map(({ kind }) => kind);
  expect(kinds).toContain('clock.overdue');
  expect(
    kinds.filter((kind) => /^(run|contact\.(suspected|lost)|person\.(suspected|gone))/.test(kind)),
  ).toEqual([]);
  await running.server.close();
});
