import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { aSessionServer, together } from '../testing/a-session-server.js';
import { fakeSink } from '../testing/fake-sink.js';
import { passTime } from '../testing/pass-time.js';
import type { Sink } from './sink.js';

test('[H17] a sink that takes only every second batch does not feed itself with the record of its gaps', async () => {
  const clock = new FakeClock();
  const taken = fakeSink('odd');
  let writes = 0;
  const odd: Sink = {
    ...taken,
    async write(events, signal) {
      writes += 1;
      if (writes % 2 === 1) throw new Error('429');
      await taken.write(events, signal);
    },
  };
  const running = await aSessionServer(clock, { sinks: [odd] });
  const { practitioner, client } = await together(clock, running);
  await passTime(clock, 5000, practitioner, client);
  const before = taken.events.length;
  expect(taken.events.map(({ kind }) => kind)).toContain('sink.recovered');
  await passTime(clock, 30_000, practitioner, client);
  expect(taken.events).toHaveLength(before);
  await running.server.close();
});
