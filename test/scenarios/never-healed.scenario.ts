import { expect } from 'vitest';
import type { EventKind } from '@holdfast/protocol';
import { expectNearCut, expectOnTime, lastContactOf, phoningAfterMs } from './kit/instants.js';
import { startLiveSession, type LiveSession } from './kit/live-session.js';
import { scenario, type Stage } from './kit/scenario.js';
import { disposeRun, endAndClose, recordCall, settle } from './kit/session-pages.js';

const both = ['webrtc', 'livekit'] as const;
/** Waiting for an event: its own time and what a late one may take before the assertion says so. */
const slackMs = 15_000;

scenario('never healed and nobody acts', { transports: both, ci: ['webrtc'] }, async (stage) => {
  const session = await startLiveSession(stage);
  const { durations } = session.host.policy;
  const cutAtMs = stage.network.blackHole('client');
  const lost = await session.host.log.next('contact.lost', { sinceMs: cutAtMs, withinMs: slackMs });
  expectNearCut(lastContactOf(lost), cutAtMs);

  const step = steps(stage, session);
  const afterMs = phoningAfterMs(session.host.log.read(), lost, durations);
  let atMs = await step('phoning.opened', lastContactOf(lost), afterMs);
  atMs = await step('deciding.opened', atMs, durations.phoningMs);
  atMs = await step('deciding.unanswered', atMs, durations.decideMs);
  const firstAlert = await step('alert.sent', atMs, 0);
  atMs = await step('alert.unanswered', firstAlert, durations.acknowledgeMs);
  atMs = await step('alert.listExhausted', atMs, durations.acknowledgeMs);
  atMs = await step('run.exhausted', atMs, 0);
  atMs = await step('run.exhaustedRepeated', atMs, durations.exhaustedRepeatMs);
  await step('run.exhaustedRepeated', atMs, durations.exhaustedRepeatMs);
  await stage.artifacts.picture('exhausted', stage.devices);

  await disposeAndClose(session);
  const oncePerRun: readonly EventKind[] = [
    'run.opened',
    'phoning.opened',
    'deciding.opened',
    'run.exhausted',
    'run.ended',
  ];
  for (const kind of oncePerRun) expect(session.host.log.of(kind), kind).toHaveLength(1);
});

scenario('never healed and the practitioner acts', { transports: both, ci: ['livekit'] }, async (stage) => {
  const session = await startLiveSession(stage);
  const { host, practitioner } = session;
  const { durations } = host.policy;
  const cutAtMs = stage.network.linkDown('client');
  const lost = await host.log.next('contact.lost', { sinceMs: cutAtMs, withinMs: slackMs });
  const step = steps(stage, session);
  const afterMs = phoningAfterMs(host.log.read(), lost, durations);
  const phoningAtMs = await step('phoning.opened', lastContactOf(lost), afterMs);
  await stage.artifacts.picture('phoning', stage.devices);
  for (let attempt = 1; attempt <= host.policy.phoneAttempts; attempt += 1)
    await recordCall(practitioner.page, 'noAnswer');
  // [E14] Three calls without an answer: the decision is due now, not when the part would have run out.
  const deciding = await host.log.next('deciding.opened', { sinceMs: phoningAtMs, withinMs: slackMs });
  expect(deciding.recordedAtMs).toBeLessThan(phoningAtMs + durations.phoningMs);
  await stage.artifacts.picture('deciding', stage.devices);
  await settle(practitioner.page, 'staff.decide.title', 'decision.ringEmergencyContact');
  await host.log.next('deciding.decided', { sinceMs: deciding.recordedAtMs, withinMs: 5000 });
  await settle(practitioner.page, 'staff.act.ringEmergencyContact', 'act.reached');
  await host.log.next('deciding.acted', { sinceMs: deciding.recordedAtMs, withinMs: 5000 });
  await disposeAndClose(session);
  expect(host.log.of('alert.sent'), 'nobody was alerted for a practitioner who acts').toEqual([]);
  // [X4][F1] Somebody outside was told: they are told how it ended, too; and somebody comes back to the client.
  const owed = host.log.of('followUp.opened').map(({ outcome }) => outcome);
  expect(owed.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    'afterIncident',
    'rationale',
    'tellThemHowItEnded',
  ]);
});

/** Waits for the next step of a kind and asserts its instant; the next one counts from what was recorded. */
function steps(stage: Stage, { host }: LiveSession) {
  return async (kind: EventKind, fromMs: number, afterMs: number): Promise<number> => {
    const event = await host.log.next(kind, {
      sinceMs: fromMs + Math.min(1, afterMs),
      withinMs: afterMs + slackMs,
    });
    expectOnTime(stage, event, fromMs + afterMs);
    return event.recordedAtMs;
  };
}

async function disposeAndClose({ host, practitioner }: LiveSession): Promise<void> {
  const sinceMs = Date.now();
  await disposeRun(practitioner.page, 'safeByReport');
  await host.log.next('run.ended', { sinceMs, withinMs: 5000 });
  await endAndClose(practitioner.page, ['pathway.run']);
  await host.log.next('session.closed', { sinceMs, withinMs: 10_000 });
}
