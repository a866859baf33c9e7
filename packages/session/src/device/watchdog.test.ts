import type { WatchdogCondition } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { aDutyProjection, aPractitionerProjection } from '../testing/a-projection.js';
import { FakeClock } from '../testing/fake-clock.js';
import { FakeServer } from '../testing/fake-server.js';
import { FakeVideo } from '../testing/fake-video.js';

const sink: WatchdogCondition = { code: 'sinkFailing', name: 'files', sinceMs: 1000 };
const alert: WatchdogCondition = { code: 'alertUndelivered', name: 'pager', sinceMs: 2000 };

async function joined() {
  const clock = new FakeClock();
  const projections = { p1: aPractitionerProjection(), 'duty-1': aDutyProjection() };
  const server = new FakeServer({ clock, projections });
  const joining = server.join('p1', 'd1', new FakeVideo({ clock }).port('d1'));
  await clock.advance(1000);
  const session = await joining;
  const tell = async (...conditions: WatchdogCondition[]) => {
    server.tell('p1', { type: 'watchdog', conditions });
    await clock.advance(500);
  };
  const shown = () => session.view.notices.map(({ id }) => id).filter((id) => id.startsWith('watchdog.'));
  return { clock, server, tell, shown };
}

test('[V7] a screen of the staff shows what stands on the newest list, and nothing that has ended', async () => {
  const { tell, shown } = await joined();
  expect(shown()).toEqual([]);
  await tell(sink);
  expect(shown()).toEqual(['watchdog.sinkFailing.files']);
  await tell(sink, alert);
  expect(shown()).toEqual(['watchdog.sinkFailing.files', 'watchdog.alertUndelivered.pager']);
  await tell(alert);
  expect(shown()).toEqual(['watchdog.alertUndelivered.pager']);
  await tell();
  expect(shown()).toEqual([]);
});

test('[V7] [R7] what stood before a cut stands until the session server says otherwise after it', async () => {
  const { clock, server, tell, shown } = await joined();
  await tell(sink);
  server.cut('d1');
  await clock.advance(6000);
  expect(shown()).toEqual(['watchdog.sinkFailing.files']);
  server.heal('d1');
  await clock.advance(8000);
  expect(shown()).toEqual(['watchdog.sinkFailing.files']);
  await tell();
  expect(shown()).toEqual([]);
});
