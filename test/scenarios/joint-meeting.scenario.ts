import type { AuditEvent, EventKind } from '@holdfast/protocol';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { Device } from './kit/browser.js';
import { expectReads, expectSilentOn } from './kit/following.js';
import { humanMs, startHost } from './kit/live-session.js';
import { expectNoStaffWords } from './kit/no-trace.js';
import { waitForFrame } from './kit/observer.js';
import { eventually, pause } from './kit/processes.js';
import { scenario, type Stage } from './kit/scenario.js';
import type { SessionHost } from './kit/session-host.js';
import {
  act,
  clientSetsUp,
  join,
  openJoinLink,
  practitionerAdmits,
  practitionerGoesLive,
  practitionerSetsUp,
  settle,
} from './kit/session-pages.js';

const overServer = ['livekit'] as const;
const people = ['practitioner', 'client-1', 'client-2'] as const;
const EXAMPLE = 'examples/joint-meeting/dist/server.js';

/** One client's session on the practitioner's page, and its part of the record. */
interface Part {
  readonly device: Device;
  readonly screen: Locator;
  readonly next: (kind: EventKind, sinceMs?: number) => Promise<AuditEvent>;
  readonly count: (kind: EventKind) => number;
}

function partOf(host: SessionHost, practitioner: Device, device: Device, index: number): Part {
  const subject = device.name;
  const session = (): string =>
    host.log.of('person.admitted').find((event) => event.subject?.id === subject)?.session ?? '';
  return {
    device,
    screen: practitioner.page.locator('main > section').nth(index),
    next: (kind, sinceMs = 0) =>
      host.log.next(kind, { sinceMs, withinMs: humanMs, where: (event) => event.session === session() }),
    count: (kind) => host.log.of(kind).filter((event) => event.session === session()).length,
  };
}

/** Everybody there, both clients let in by the practitioner and waiting outside of the room. */
async function startMeeting(stage: Stage) {
  const { host, livekit } = await startHost(stage, { program: EXAMPLE });
  const [practitioner, first, second] = await Promise.all([
    stage.launch('practitioner'),
    stage.launch('client-1'),
    stage.launch('client-2'),
  ]);
  await practitioner.page.goto(await host.link('practitioner'));
  const parts = [first, second].map((device, index) => partOf(host, practitioner, device, index));
  for (const { screen, device } of parts) {
    await join(screen);
    await openJoinLink(device.page, await host.link(device.name));
    await clientSetsUp(device.page);
    await practitionerSetsUp(screen);
    await practitionerAdmits(screen);
  }
  const [one, two] = parts;
  if (one === undefined || two === undefined) throw new Error('a joint meeting has two clients');
  return { host, livekit, practitioner, one, two };
}

const inMeeting = 'staff.meeting.title';
const together = 'staff.meeting.fellow';

/** The pictures of others that this page shows, as a screen reader calls them, once they move. */
async function expectPictures(device: Device, count: number): Promise<void> {
  expect(
    await waitForFrame(device.page, Date.now(), humanMs),
    `${device.name} sees a new picture`,
  ).not.toBeNull();
  const shown = () =>
    device.page.evaluate(() => {
      const screen = document.querySelector('holdfast-session')?.shadowRoot;
      const pictures = [...(screen?.querySelectorAll('video') ?? [])];
      return pictures.filter((video) => video.closest('.own, .preview') === null && video.checkVisibility())
        .length;
    });
  await eventually(`${device.name} sees ${count}`, async () => (await shown()) === count, humanMs);
}

scenario(
  '[J14][J15][J16][J18][D05] a couple',
  { transports: overServer, ci: overServer, people },
  async (stage) => {
    const { host, livekit, practitioner, one, two } = await startMeeting(stage);
    const inRoom = async () => (await livekit?.people())?.join(' ');
    const expectRoom = (names: string) =>
      eventually(`in the video room: ${names}`, async () => (await inRoom()) === names, humanMs);
    await expectReads(one.device.page, 'client.waiting.joint');
    await stage.artifacts.picture('both-outside', stage.devices);

    // [J15] The first alone; what is settled by talking is settled with nobody else in the room.
    await settle(one.screen, inMeeting, 'staff.meeting.bringIn');
    await expectPictures(one.device, 1);
    await practitionerGoesLive(one.screen);
    await expectRoom('client-1 practitioner');
    await stage.artifacts.picture('first-alone', stage.devices);
    // Each is asked; then both are in.
    await settle(one.screen, together, 'staff.meeting.agrees');
    await settle(two.screen, together, 'staff.meeting.agrees');
    await settle(two.screen, inMeeting, 'staff.meeting.bringIn');
    await expectRoom('client-1 client-2 practitioner');
    for (const { device } of [one, two]) await expectPictures(device, 2);
    await practitionerGoesLive(two.screen);
    await two.next('session.wentLive');
    await pause(2000);
    await stage.artifacts.picture('together', stage.devices);

    // [J14] One cable is cut: that client's ladder, and nobody else's.
    const before = one.count('run.opened');
    const cutAtMs = stage.network.linkDown('client-2');
    await two.next('run.opened', cutAtMs);
    await stage.artifacts.picture('one-cut', stage.devices);
    // Sooner than the ladder's next step: then it ends by itself.
    stage.network.heal('client-2');
    await two.next('run.ended', cutAtMs);
    expect(one.count('run.opened'), 'the other client has no run').toBe(before);
    for (const { device } of [one, two]) await expectPictures(device, 2);

    // [J16] A crisis of the first: the second is out of the room at once, reads nothing of why, and is not lost by it.
    const openedAtMs = Date.now();
    await act(one.screen, 'staff.action.crisis');
    await one.next('crisis.opened', openedAtMs);
    await expectRoom('client-1 practitioner');
    await expectReads(two.device.page, 'client.waiting.joint');
    await stage.artifacts.picture('second-outside', stage.devices);
    const runs = two.count('run.opened');
    await pause(8000);
    expect(await inRoom()).toBe('client-1 practitioner');
    expect(two.count('run.opened'), 'waiting outside is no loss').toBe(runs);
    for (const { device } of [one, two]) await expectNoStaffWords(device.page);
    await settle(two.screen, inMeeting, 'staff.meeting.bringIn');
    await expectRoom('client-1 client-2 practitioner');
    await expectSilentOn(two.device.page, 'client.waiting.joint');

    // [P17] After a reload the practitioner's page goes on with both.
    await practitioner.page.reload();
    for (const { screen } of [one, two]) await join(screen);
    await expectReads(practitioner.page, 'practitioner.live.headline');
    await stage.artifacts.picture('after-reload', stage.devices);
    expect(host.log.of('session.faulted')).toEqual([]);
  },
);
