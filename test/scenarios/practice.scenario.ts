import { drillPolicy } from '@holdfast/protocol';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectReads } from './kit/following.js';
import { humanMs } from './kit/live-session.js';
import { expectNoStaffWords } from './kit/no-trace.js';
import { observed } from './kit/observer.js';
import { eventually } from './kit/processes.js';
import { hostPort, scenario, type Stage } from './kit/scenario.js';
import { says } from './kit/screen-words.js';
import { startSessionHost, type SessionHost } from './kit/session-host.js';
import {
  act,
  clientSetsUp,
  disposeRun,
  endAndClose,
  openJoinLink,
  practitionerAdmits,
  practitionerGoesLive,
  practitionerSetsUp,
  recordCall,
  settle,
} from './kit/session-pages.js';

const direct = ['webrtc'] as const;

async function startPractice(stage: Stage, ...flags: readonly string[]): Promise<SessionHost> {
  const host = await startSessionHost({
    network: stage.network,
    door: stage.door,
    folder: stage.artifacts.folder,
    port: hostPort,
    policy: drillPolicy,
    isDrill: false,
    flags: ['--practice', ...flags],
  });
  stage.onEnd(() => host.stop());
  return host;
}

/** The other side is shown as a drawn figure, and no connection for media was ever made. */
async function expectDrawn(page: Page): Promise<void> {
  const size = () =>
    page
      .locator('video')
      .evaluateAll((videos) =>
        videos.some((video) => video instanceof HTMLVideoElement && video.videoWidth === 320),
      );
  await eventually('the other side is drawn', size, humanMs);
  await expectNoConnection(page);
}

async function expectNoConnection(page: Page): Promise<void> {
  const connections = await page.evaluate(
    () =>
      (window as Window & { holdfastObserver?: { connections: readonly unknown[] } }).holdfastObserver
        ?.connections.length,
  );
  expect(connections, 'nothing of media leaves the page').toBe(0);
}

/** A27: every word of the screen, at any time since it was joined, stood beside the mark of a drill. */
async function expectMarked(page: Page): Promise<void> {
  const mark = says('screen.drill', 'screen.drill.client');
  const words = (await observed(page)).words.map(({ text }) => text);
  const first = words.findIndex((text) => mark.test(text));
  expect(first).toBeGreaterThanOrEqual(0);
  expect(words.slice(first).filter((text) => text !== '' && !mark.test(text))).toEqual([]);
}

scenario(
  'practice of a practitioner alone',
  { transports: direct, ci: direct, people: ['practitioner'] },
  async (stage) => {
    const host = await startPractice(stage, '--script', 'longDrop', '--seed', '7');
    const { page } = await stage.launch('practitioner');
    await openJoinLink(page, await host.link('practitioner'));
    await practitionerSetsUp(page);
    await practitionerAdmits(page);
    await expectDrawn(page);
    await practitionerGoesLive(page);
    await host.log.next('session.wentLive', { sinceMs: 0, withinMs: humanMs });
    await stage.artifacts.picture('live', stage.devices);

    // [B03][A27] The line of the client drops by itself, and the ladder is the real one.
    await host.log.next('run.opened', { sinceMs: 0, withinMs: 60_000 });
    await host.log.next('phoning.opened', { sinceMs: 0, withinMs: 30_000 });
    await stage.artifacts.picture('phoning', stage.devices);
    for (let attempt = 1; attempt <= drillPolicy.phoneAttempts; attempt += 1)
      await recordCall(page, 'noAnswer');
    await host.log.next('deciding.opened', { sinceMs: 0, withinMs: 10_000 });
    await settle(page, 'staff.decide.title', 'decision.ringEmergencyContact');
    await settle(page, 'staff.act.ringEmergencyContact', 'act.reached');
    await host.log.next('deciding.acted', { sinceMs: 0, withinMs: 5000 });
    await stage.artifacts.picture('acted', stage.devices);

    await disposeRun(page, 'safeByReport');
    await host.log.next('run.ended', { sinceMs: 0, withinMs: 10_000 });
    await endAndClose(page, ['pathway.run']);
    await host.log.next('session.closed', { sinceMs: 0, withinMs: 10_000 });
    await stage.artifacts.picture('closed', stage.devices);

    await expectNoConnection(page);
    await expectMarked(page);
    expect(host.log.read().every(({ drill }) => drill)).toBe(true);
    const [file = ''] = host.log.files();
    stage.artifacts.keep(file, 'events.jsonl');
  },
);

scenario(
  'practice of a client alone',
  { transports: direct, ci: direct, people: ['client'] },
  async (stage) => {
    const host = await startPractice(stage, 'client', '--seed', '7');
    const { page } = await stage.launch('client');
    await openJoinLink(page, await host.link('client'));
    await clientSetsUp(page);
    await host.log.next('person.admitted', { sinceMs: 0, withinMs: humanMs });
    await expectDrawn(page);
    await host.log.next('session.wentLive', { sinceMs: 0, withinMs: 90_000 });
    await expectReads(page, 'client.live.headline');
    await expectReads(page, 'screen.drill.client');
    await stage.artifacts.picture('live', stage.devices);

    // [C14] "I need someone now", and somebody answers; the signal, and nothing is to be seen of it.
    await act(page, 'client.action.help');
    await expectReads(page, 'client.help.asked', 'client.help.answered');
    await host.log.next('help.answered', { sinceMs: 0, withinMs: 15_000 });
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Control');
    await host.log.next('privacy.acknowledged', { sinceMs: 0, withinMs: 20_000 });

    // What the screen says when the line of the other side drops, and when it is back.
    await host.log.next('contact.lost', { sinceMs: 0, withinMs: 60_000 });
    await expectReads(page, 'client.reconnecting.headline');
    await expectReads(page, 'client.reconnecting.reach');
    await stage.artifacts.picture('dropped', stage.devices);
    await host.log.next('contact.recovered', { sinceMs: 0, withinMs: 30_000 });
    await expectReads(page, 'client.live.headline');
    await expectMarked(page);
    await expectNoStaffWords(page);
    await expectNoConnection(page);

    await act(page, 'exit.button');
    await host.log.next('person.exited', { sinceMs: 0, withinMs: 5000 });
    await eventually('the page itself is gone', () => !page.url().includes(host.url), 5000);
    await host.log.next('deciding.opened', { sinceMs: 0, withinMs: 5000 });
    expect(host.log.read().every(({ drill }) => drill)).toBe(true);
  },
);
