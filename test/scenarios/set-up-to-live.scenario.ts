import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { startHost, startLiveSession } from './kit/live-session.js';
import { firstFrameAfter, inboundSound, observed, waitForFrame, waitForWords } from './kit/observer.js';
import { eventually, pause } from './kit/processes.js';
import { scenario } from './kit/scenario.js';
import { says } from './kit/screen-words.js';
import { clientSetsUp, endAndClose, openJoinLink, practitionerSetsUp } from './kit/session-pages.js';

const both = ['webrtc', 'livekit'] as const;

scenario('set-up to live and closed', { transports: both, ci: ['webrtc'] }, async (stage) => {
  const { host, practitioner, client } = await startLiveSession(stage);
  for (const device of [practitioner, client]) {
    const before = await inboundSound(device.page);
    await eventually(`${device.name} hears the other`, async () => {
      const now = await inboundSound(device.page);
      return now.packets > before.packets + 25 && now.energy > before.energy;
    });
    expect(await waitForFrame(device.page, Date.now(), 3000), `${device.name} still sees`).not.toBeNull();
    const words = (await observed(device.page)).words.at(-1)?.text ?? '';
    if (stage.profile === 'drill') expect(words).toMatch(says('screen.drill', 'screen.drill.client'));
  }
  await stage.artifacts.picture('live', stage.devices);

  const endedAtMs = Date.now();
  await endAndClose(practitioner.page);
  await host.log.next('session.closed', { sinceMs: endedAtMs, withinMs: 10_000 });
  await pause(1000);
  expect(
    await firstFrameAfter(client.page, Date.now() - 300),
    'nobody sees anybody after closing',
  ).toBeNull();
  await stage.artifacts.picture('closed', stage.devices);

  expect(host.log.of('run.opened')).toEqual([]);
  const [file = ''] = host.log.files();
  stage.artifacts.keep(file, 'events.jsonl');
  // Exits with 1 at the first line that does not hold.
  execFileSync('npx', ['holdfast', 'verify', file]);
});

scenario('no media before the gate', { transports: both, ci: ['webrtc'] }, async (stage) => {
  const { host } = await startHost(stage);
  const [practitioner, client] = await Promise.all([stage.launch('practitioner'), stage.launch('client')]);
  const sinceMs = Date.now();
  await openJoinLink(practitioner.page, await host.link('practitioner'));
  await openJoinLink(client.page, await host.link('client'));
  // [H13] Everything said, but nobody let in: no peer connection exists yet.
  await clientSetsUp(client.page);
  await practitionerSetsUp(practitioner.page);
  await pause(3000);
  for (const device of [practitioner, client]) {
    expect(await firstFrameAfter(device.page, sinceMs)).toBeNull();
    expect((await inboundSound(device.page)).packets).toBe(0);
  }
  expect(host.log.of('media.granted')).toEqual([]);
  await stage.artifacts.picture('waiting', stage.devices);
});

scenario('a join link used twice', { transports: ['webrtc'], ci: ['webrtc'] }, async (stage) => {
  const { host } = await startHost(stage);
  const [practitioner, client] = await Promise.all([stage.launch('practitioner'), stage.launch('client')]);
  const link = await host.link('client');
  // Loading it, as a link scanner does, burns nothing.
  await practitioner.page.goto(link);
  await openJoinLink(client.page, link);
  const sinceMs = Date.now();
  await openJoinLink(practitioner.page, link);
  expect(await waitForWords(practitioner.page, /already|new link/i, sinceMs - 1000, 5000)).not.toBeNull();
  expect(
    (await host.log.next('input.refused', { sinceMs: sinceMs - 1000, withinMs: 5000 })).outcome,
  ).not.toBeNull();
  await stage.artifacts.picture('refused', stage.devices);
});
