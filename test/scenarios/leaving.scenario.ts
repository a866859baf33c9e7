import { expect } from 'vitest';
import { expectOnTime } from './kit/instants.js';
import { expectPicturesBothWays, startLiveSession } from './kit/live-session.js';
import { waitForFrame } from './kit/observer.js';
import { pause } from './kit/processes.js';
import { scenario } from './kit/scenario.js';
import { act, turnMediaOn } from './kit/session-pages.js';

const both = ['webrtc', 'livekit'] as const;

scenario('client hangs up', { transports: both, ci: ['livekit'] }, async (stage) => {
  const { host, client } = await startLiveSession(stage);
  const sinceMs = Date.now();
  await act(client.page, 'media.leave');
  await host.log.next('person.left', { sinceMs, withinMs: 5000 });
  await pause(host.policy.durations.lostAfterMs + 3000);
  // [H08] Leaving is a choice: no run, nobody is rung.
  expect(host.log.of('run.opened')).toEqual([]);
  await stage.artifacts.picture('left', stage.devices);
});

scenario('client reloads', { transports: both, ci: ['webrtc'] }, async (stage) => {
  const { host, practitioner, client } = await startLiveSession(stage);
  const sinceMs = Date.now();
  await client.page.reload();
  expect(await waitForFrame(client.page, sinceMs, 15_000), 'the client sees again by itself').not.toBeNull();
  // A page that was opened anew sends nothing before its person says so.
  await turnMediaOn(client.page);
  await expectPicturesBothWays(practitioner, client, Date.now(), 15_000);
  await host.log.next('device.unloading', { sinceMs, withinMs: 5000 });
  expect(host.log.of('person.left'), 'a reload is not leaving').toEqual([]);
  expect(host.log.of('phoning.opened')).toEqual([]);
  await stage.artifacts.picture('reloaded', stage.devices);
});

scenario('client closes the tab', { transports: both, ci: ['webrtc'] }, async (stage) => {
  const { host, client } = await startLiveSession(stage);
  const sinceMs = Date.now();
  await client.page.close({ runBeforeUnload: false });
  const unloading = await host.log.next('device.unloading', { sinceMs, withinMs: 5000 });
  const gone = await host.log.next('person.gone', {
    sinceMs,
    withinMs: host.policy.durations.unloadingMs + 5000,
  });
  expectOnTime(stage, gone, unloading.recordedAtMs + host.policy.durations.unloadingMs);
  expect(host.log.of('person.left')).toEqual([]);
});

scenario('client browser killed', { transports: both, ci: ['livekit'] }, async (stage) => {
  const { host, client } = await startLiveSession(stage);
  const killedAtMs = await client.kill();
  await host.log.next('contact.lost', { sinceMs: killedAtMs, withinMs: 10_000 });
  await host.log.next('reconnecting.opened', { sinceMs: killedAtMs, withinMs: 5000 });
  expect(host.log.of('person.left')).toEqual([]);
});

scenario('client quick exit', { transports: both, ci: ['webrtc'] }, async (stage) => {
  const { host, client, practitioner } = await startLiveSession(stage);
  const pressedAtMs = Date.now();
  await act(client.page, 'exit.button');
  const exited = await host.log.next('person.exited', { sinceMs: pressedAtMs, withinMs: 5000 });
  // Precedence 1: no reconnecting, no ringing; the decision is a person's, and it is due now.
  const deciding = await host.log.next('deciding.opened', { sinceMs: pressedAtMs, withinMs: 5000 });
  expectOnTime(stage, deciding, exited.recordedAtMs);
  expect(host.log.of('reconnecting.opened')).toEqual([]);
  expect(host.log.of('phoning.opened')).toEqual([]);
  await pause(1000);
  expect(client.page.url(), 'the page itself is gone').not.toContain(host.url);
  await stage.artifacts.picture('exited', [practitioner]);
});
