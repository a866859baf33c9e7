import { expect } from 'vitest';
import { expectNearCut, expectOnTime, lastContactOf } from './kit/instants.js';
import { expectPicturesBothWays, startLiveSession } from './kit/live-session.js';
import { waitForWords } from './kit/observer.js';
import { scenario } from './kit/scenario.js';
import { says } from './kit/screen-words.js';
import { openJoinLink, recordCall, settle } from './kit/session-pages.js';

const both = ['webrtc', 'livekit'] as const;
const withDuty = ['practitioner', 'client', 'duty'] as const;

scenario(
  'practitioner cut and duty takes over',
  { transports: both, ci: ['webrtc'], people: withDuty },
  async (stage) => {
    const { host, practitioner, client } = await startLiveSession(stage);
    const { durations } = host.policy;
    const cutAtMs = stage.network.blackHole('practitioner');
    // [H02] The client is told what happens now.
    expect(
      await waitForWords(client.page, says('client.reconnecting.headline'), cutAtMs, 6000),
    ).not.toBeNull();
    const missing = await host.log.next('practitioner.missing', {
      sinceMs: cutAtMs,
      withinMs: durations.practitionerGoneMs + 10_000,
    });
    expectNearCut(missing.occurredAtMs - durations.practitionerGoneMs, cutAtMs);
    const gone = await host.log.next('person.gone', {
      sinceMs: cutAtMs,
      withinMs: 1000,
      where: ({ subject }) => subject?.id === 'practitioner',
    });
    expectNearCut(lastContactOf(gone), cutAtMs);
    const alert = await host.log.next('alert.sent', { sinceMs: cutAtMs, withinMs: 5000 });
    expectOnTime(stage, alert, missing.recordedAtMs);
    await stage.artifacts.picture('practitioner-gone', [client]);

    const duty = await stage.launch('duty');
    await openJoinLink(duty.page, await host.link('duty'));
    await stage.artifacts.picture('alerted', [duty]);
    await settle(duty.page, 'alert.practitionerGone', 'staff.alert.acknowledge');
    await host.log.next('alert.acknowledged', { sinceMs: cutAtMs, withinMs: 5000 });
    await settle(duty.page, 'alert.practitionerGone', 'staff.alert.accept');
    await host.log.next('alert.accepted', { sinceMs: cutAtMs, withinMs: 5000 });
    const owner = await host.log.next('run.ownerChanged', { sinceMs: cutAtMs, withinMs: 5000 });
    expect(owner.actor.role, 'whoever accepted has the run').toBe('duty');
    await host.log.next('phoning.opened', { sinceMs: cutAtMs, withinMs: durations.reconnectWaitMs + 10_000 });
    await recordCall(duty.page, 'reachedByName');
    await host.log.next('contact.byPhone', { sinceMs: cutAtMs, withinMs: 5000 });
    await stage.artifacts.picture('by-phone', [duty]);

    // A returning practitioner sees who has taken it; returning video does not end the call.
    const healedAtMs = stage.network.heal('practitioner');
    expect(
      await waitForWords(practitioner.page, says('staff.held.talking.headline'), healedAtMs, 10_000),
    ).not.toBeNull();
    await stage.artifacts.picture('practitioner-returned', [practitioner, client]);
    await settle(practitioner.page, 'staff.phone.heldTitle', 'staff.phone.move');
    const moved = await host.log.next('call.movedToVideo', { sinceMs: healedAtMs, withinMs: 15_000 });
    await expectPicturesBothWays(practitioner, client, moved.recordedAtMs, 15_000);
    expect(host.log.of('run.ownerChanged')).toHaveLength(1);
    await stage.artifacts.picture('practitioner-back', stage.devices);
  },
);

scenario('both cut', { transports: both, ci: ['livekit'] }, async (stage) => {
  const { host, practitioner, client } = await startLiveSession(stage);
  const cutAtMs = stage.network.blackHole('client');
  stage.network.blackHole('practitioner');
  const lost = await host.log.next('contact.lost', { sinceMs: cutAtMs, withinMs: 15_000 });
  expectNearCut(lastContactOf(lost), cutAtMs);
  // Each device knows by itself that it is its own side, with nobody to ask.
  const own = [
    { device: practitioner, words: says('verdict.me') },
    { device: client, words: says('client.reconnecting.mine') },
  ];
  for (const { device, words } of own) {
    expect(await waitForWords(device.page, words, cutAtMs, 6000), device.name).not.toBeNull();
  }
  await stage.artifacts.picture('both-cut', stage.devices);
  const healedAtMs = stage.network.heal('client');
  stage.network.heal('practitioner');
  await expectPicturesBothWays(practitioner, client, healedAtMs, 15_000);
  expect((await host.log.next('run.ended', { sinceMs: healedAtMs, withinMs: 20_000 })).outcome).toBe(
    'together',
  );
  expect(host.log.of('run.opened'), 'one outage is one run').toHaveLength(1);
});
