import type { Fact } from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { aDrillPolicy } from '../testing/a-session-server.js';
import type { Desk } from './desk.js';
import { LOOK_EVERY_MS, PresenceWatch } from './presence-watch.js';
import { makeSeat } from './seat.js';

const aWatchedDesk = (clock: FakeClock) => {
  const said: Fact[] = [];
  const seat = makeSeat({ id: 'c1', role: 'client' }, 'd1', 'heard', clock.nowMs());
  const desk = {
    live: { record: { isOpen: true }, session: { policy: aDrillPolicy } },
    seats: new Map([[seat.device, seat]]),
    awaitsSinceMs: null,
    client: { id: 'c1' },
    state: async (fact: Fact) => void said.push(fact),
  } as unknown as Desk;
  const watch = new PresenceWatch({ nowMs: () => clock.nowMs(), onProblem: () => {} });
  return { watch, desk, said };
};

test('[P2] a process that stood still looks once more before it calls anybody silent', () => {
  const clock = new FakeClock();
  const { watch, desk, said } = aWatchedDesk(clock);
  clock.jump(5000);
  watch.look([desk]);
  expect(said).toEqual([]);
  clock.jump(LOOK_EVERY_MS);
  watch.look([desk]);
  expect(said).toMatchObject([{ type: 'device.silent', device: 'd1' }]);
});

test('[P2] [H02] silence is noticed by a machine that is slow all the time', () => {
  const clock = new FakeClock();
  const { watch, desk, said } = aWatchedDesk(clock);
  for (let look = 0; look < 10; look += 1) {
    clock.jump(800);
    watch.look([desk]);
  }
  expect(said).toHaveLength(1);
});

test('[P8] [H01] silence that an old heartbeat states is taken back by the next one, once', () => {
  const clock = new FakeClock();
  const { watch, desk, said } = aWatchedDesk(clock);
  const [seat] = desk.seats.values();
  if (seat === undefined) throw new Error('no seat');
  seat.owesEvidence = true;
  const beat = (state: 'up' | 'silent') =>
    watch.beat(desk, seat, { media: { state, lastBothWaysAtMs: clock.nowMs() } } as Parameters<
      typeof watch.beat
    >[2]);
  for (const state of ['silent', 'silent', 'up', 'up'] as const) beat(state);
  expect(said.map((fact) => 'state' in fact && fact.state)).toEqual(['silent', 'up']);
});
