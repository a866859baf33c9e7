import { expect } from 'vitest';
import { expectNearCut, expectOnTime, lastContactOf } from './kit/instants.js';
import { expectPicturesBothWays, startLiveSession } from './kit/live-session.js';
import { observed, waitForWords } from './kit/observer.js';
import { pause } from './kit/processes.js';
import { expectRunEndsTogether } from './kit/run-endings.js';
import { scenario, type Stage } from './kit/scenario.js';
import { says } from './kit/screen-words.js';

const both = ['webrtc', 'livekit'] as const;
type Kind = 'blackHole' | 'linkDown';

/** How long LiveKit by itself is away for: past its own limit at production times. */
const longCutMs = { drill: 40_000, production: 240_000 } as const;

scenario('cut and heal at 8 s by black hole', { transports: both, ci: ['webrtc'] }, (stage) =>
  cutAndHeal(stage, 'blackHole', 8000),
);
scenario('cut and heal at 8 s by link down', { transports: both, ci: ['webrtc'] }, (stage) =>
  cutAndHeal(stage, 'linkDown', 8000),
);
// LiveKit comes back by itself, and its messages are stuck for as long again.
scenario('cut and heal at 18 s by black hole', { transports: both, ci: ['livekit'] }, (stage) =>
  cutAndHeal(stage, 'blackHole', 18_000),
);
scenario('cut and heal after the long limit', { transports: both, ci: ['livekit'] }, (stage) =>
  cutAndHeal(stage, 'blackHole', longCutMs[stage.profile]),
);

async function cutAndHeal(stage: Stage, kind: Kind, forMs: number): Promise<void> {
  const session = await startLiveSession(stage);
  const { host, practitioner, client } = session;
  const isPhoned = forMs > host.policy.durations.reconnectWaitMs;
  const joinsBefore = host.log.of('device.joined').length;
  const cutAtMs = stage.network[kind]('client');

  const lost = await host.log.next('contact.lost', { sinceMs: cutAtMs, withinMs: 10_000 });
  expectNearCut(lastContactOf(lost), cutAtMs);
  expectOnTime(stage, lost, lastContactOf(lost) + host.policy.durations.lostAfterMs);
  const named = await waitForWords(practitioner.page, says('verdict.them'), cutAtMs, 5000);
  expect(named, 'the practitioner is told who dropped').not.toBeNull();
  const own = await waitForWords(client.page, says('client.reconnecting.mine'), cutAtMs, 5000);
  expect(own, "the client's own screen knows").not.toBeNull();
  stage.artifacts.note('shown', named ?? 0, {
    whoDroppedMs: (named ?? 0) - cutAtMs,
    ownSideMs: (own ?? 0) - cutAtMs,
  });
  await stage.artifacts.picture('cut', stage.devices);
  await pause(cutAtMs + forMs - Date.now());

  const clicksBefore = (await observed(client.page)).clicksAtMs.length;
  const healedAtMs = stage.network.heal('client');
  const backAtMs = await expectPicturesBothWays(practitioner, client, healedAtMs, 10_000);
  stage.artifacts.note('pictures back', backAtMs, { afterHealMs: Math.round(backAtMs - healedAtMs) });
  const returning = await host.log.next('contact.returning', { sinceMs: healedAtMs, withinMs: 10_000 });
  const recovered = await host.log.next('contact.recovered', { sinceMs: healedAtMs, withinMs: 20_000 });
  expect(recovered.recordedAtMs - returning.recordedAtMs).toBeGreaterThanOrEqual(
    host.policy.durations.recoveredAfterMs - 1000,
  );
  await stage.artifacts.picture('healed', stage.devices);
  expect((await observed(client.page)).clicksAtMs, 'nobody clicked').toHaveLength(clicksBefore);
  await expectRunEndsTogether(session, healedAtMs);

  expect(host.log.of('run.opened')).toHaveLength(1);
  expect(host.log.of('phoning.opened')).toHaveLength(isPhoned ? 1 : 0);
  expect(host.log.of('device.joined'), 'no new join').toHaveLength(joinsBefore);
}
