import { expect } from 'vitest';
import type { EventKind } from '@holdfast/protocol';
import { expectOnTime, lastContactOf, phoningAfterMs } from './kit/instants.js';
import { expectPicturesBothWays, startLiveSession } from './kit/live-session.js';
import { waitForFrame, waitForWords } from './kit/observer.js';
import { pause } from './kit/processes.js';
import { expectRunEndsTogether } from './kit/run-endings.js';
import { scenario } from './kit/scenario.js';
import { says } from './kit/screen-words.js';

const both = ['webrtc', 'livekit'] as const;

scenario('session server killed in a quiet call', { transports: both, ci: ['livekit'] }, async (stage) => {
  const { host, practitioner, client } = await startLiveSession(stage);
  const killedAtMs = await host.kill();
  // Media does not need the session server: the picture goes on, and the screen says what to do by hand.
  expect(
    await waitForWords(
      practitioner.page,
      says('line.staff.down', 'line.staff.downTogether'),
      killedAtMs,
      6000,
    ),
  ).not.toBeNull();
  await stage.artifacts.picture('server-gone', stage.devices);
  await pause(6000);
  for (const device of [practitioner, client]) {
    expect(await waitForFrame(device.page, Date.now(), 2000), `${device.name} still sees`).not.toBeNull();
  }
  await host.restart();
  // Two people who are happily talking see no step of the ladder, also after the devices' time to return.
  await pause(host.policy.durations.reassessMs + 3000);
  expect(host.log.of('run.opened')).toEqual([]);
  expect(host.log.of('contact.lost')).toEqual([]);
  await expectPicturesBothWays(practitioner, client, Date.now());
  await stage.artifacts.picture('server-back', stage.devices);
});

/** The step after which the session server is killed, the one that must come next, and its time. */
const kills = [
  { after: 'reconnecting.opened', next: 'phoning.opened', time: 'reconnectWaitMs' },
  { after: 'phoning.opened', next: 'deciding.opened', time: 'phoningMs' },
  { after: 'deciding.opened', next: 'deciding.unanswered', time: 'decideMs' },
  { after: 'alert.sent', next: 'alert.unanswered', time: 'acknowledgeMs' },
  { after: 'run.exhausted', next: 'run.exhaustedRepeated', time: 'exhaustedRepeatMs' },
] as const;

scenario('session server killed at each step', { transports: both, ci: ['webrtc'] }, async (stage) => {
  const { host } = await startLiveSession(stage);
  const { durations } = host.policy;
  const cutAtMs = stage.network.blackHole('client');
  const lost = await host.log.next('contact.lost', { sinceMs: cutAtMs, withinMs: 15_000 });
  for (const { after, next, time } of kills) {
    const totalMs = Object.values(durations).reduce((longest, ms) => Math.max(longest, ms), 0);
    const open = await host.log.next(after, { sinceMs: cutAtMs, withinMs: totalMs + 15_000 });
    const dueAtMs =
      after === 'reconnecting.opened'
        ? lastContactOf(lost) + phoningAfterMs(host.log.read(), lost, durations)
        : open.recordedAtMs + durations[time];
    await host.kill();
    await pause(1500);
    const startedAtMs = await host.restart();
    const step = await host.log.next(next, {
      sinceMs: open.recordedAtMs + 1,
      withinMs: durations[time] + 15_000,
    });
    expectOnTime(stage, step, dueAtMs, startedAtMs);
  }
  const once: readonly EventKind[] = [
    'run.opened',
    'reconnecting.opened',
    'phoning.opened',
    'deciding.opened',
    'run.exhausted',
  ];
  for (const kind of once) expect(host.log.of(kind), `${kind} once`).toHaveLength(1);
  const alerts = host.log.of('alert.sent').map((event) => event.subject?.id);
  expect(new Set(alerts).size, 'nobody is alerted twice for one cause').toBe(alerts.length);
});

scenario('session server down while a step falls due', { transports: ['webrtc'], ci: [] }, async (stage) => {
  const { host } = await startLiveSession(stage);
  const { durations } = host.policy;
  const cutAtMs = stage.network.blackHole('client');
  const lost = await host.log.next('contact.lost', { sinceMs: cutAtMs, withinMs: 15_000 });
  await host.kill();
  const dueAtMs = lastContactOf(lost) + phoningAfterMs(host.log.read(), lost, durations);
  await pause(dueAtMs + 2000 - Date.now());
  const startedAtMs = await host.restart();
  const phoning = await host.log.next('phoning.opened', { sinceMs: startedAtMs, withinMs: 10_000 });
  expectOnTime(stage, phoning, dueAtMs, startedAtMs);
});

scenario('LiveKit killed', { transports: ['livekit'], ci: ['livekit'] }, async (stage) => {
  const session = await startLiveSession(stage);
  const { host, livekit, practitioner, client } = session;
  const killedAtMs = await (livekit?.kill() ?? Promise.reject(new Error('no LiveKit in this scenario')));
  const lost = await host.log.next('contact.lost', { sinceMs: killedAtMs, withinMs: 15_000 });
  expectOnTime(stage, lost, lastContactOf(lost) + host.policy.durations.lostAfterMs);
  await stage.artifacts.picture('livekit-gone', stage.devices);
  await livekit?.restart();
  const restartedAtMs = Date.now();
  const backAtMs = await expectPicturesBothWays(practitioner, client, restartedAtMs, 30_000);
  stage.artifacts.note('pictures back', backAtMs, { afterStartMs: Math.round(backAtMs - restartedAtMs) });
  await host.log.next('contact.recovered', { sinceMs: killedAtMs, withinMs: 20_000 });
  await expectRunEndsTogether(session, killedAtMs);
  await stage.artifacts.picture('livekit-back', stage.devices);
});
