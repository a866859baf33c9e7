import { expect } from 'vitest';
import { expectOnTime } from './kit/instants.js';
import { startLiveSession } from './kit/live-session.js';
import { scenario } from './kit/scenario.js';
import { act, settle } from './kit/session-pages.js';

const both = ['webrtc', 'livekit'] as const;

scenario('risk raised before the cut', { transports: both, ci: ['webrtc'] }, async (stage) => {
  const { host, practitioner } = await startLiveSession(stage);
  await act(practitioner.page, 'staff.action.risk');
  await host.log.next('risk.raised', { sinceMs: 0, withinMs: 5000 });
  const cutAtMs = stage.network.blackHole('client');
  const lost = await host.log.next('contact.lost', { sinceMs: cutAtMs, withinMs: 15_000 });
  // [A32] With risk active phoning, deciding and an alert to duty open with the run.
  for (const kind of ['phoning.opened', 'deciding.opened', 'alert.sent'] as const) {
    expectOnTime(stage, await host.log.next(kind, { sinceMs: cutAtMs, withinMs: 5000 }), lost.recordedAtMs);
  }
  await stage.artifacts.picture('risk-cut', stage.devices);
  // Pictures back are not a person's word.
  const healedAtMs = stage.network.heal('client');
  await host.log.next('run.wordDue', { sinceMs: healedAtMs, withinMs: 20_000 });
  expect(host.log.of('run.ended')).toEqual([]);
  await settle(practitioner.page, 'staff.word.title', 'staff.word.send');
  await host.log.next('run.wordGiven', { sinceMs: healedAtMs, withinMs: 5000 });
  await settle(practitioner.page, 'staff.standDown.title', 'staff.standDown.send');
  expect((await host.log.next('run.ended', { sinceMs: healedAtMs, withinMs: 5000 })).outcome).toBe(
    'together',
  );
});

scenario('risk raised during the cut', { transports: both, ci: ['webrtc'] }, async (stage) => {
  const { host, practitioner } = await startLiveSession(stage);
  const cutAtMs = stage.network.blackHole('client');
  await host.log.next('reconnecting.opened', { sinceMs: cutAtMs, withinMs: 15_000 });
  await act(practitioner.page, 'staff.action.risk');
  const raised = await host.log.next('risk.raised', { sinceMs: cutAtMs, withinMs: 5000 });
  await host.log.next('run.riskSwitched', { sinceMs: cutAtMs, withinMs: 2000 });
  for (const kind of ['phoning.opened', 'deciding.opened', 'alert.sent'] as const) {
    expectOnTime(stage, await host.log.next(kind, { sinceMs: cutAtMs, withinMs: 5000 }), raised.recordedAtMs);
  }
  const unanswered = await host.log.next('deciding.unanswered', {
    sinceMs: cutAtMs,
    withinMs: host.policy.durations.decideRiskMs + 5000,
  });
  expectOnTime(stage, unanswered, raised.recordedAtMs + host.policy.durations.decideRiskMs);
});
