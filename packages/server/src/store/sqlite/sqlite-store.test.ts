import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSession } from '../../new-session.js';
import { PEOPLE, aDrillPolicy } from '../../testing/a-session-server.js';
import { fakeVideoServer } from '../../testing/fake-video-server.js';
import { makeSealer } from '../../vault/sealer.js';
import { sqliteStore } from './sqlite-store.js';

test('[H22] what a killed process had taken up is taken up at once by the next, not when the lease is over', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-'));
  const settings = {
    tenant: 't1',
    policy: aDrillPolicy,
    sealer: makeSealer(Buffer.alloc(32)),
    video: fakeVideoServer(),
    recording: null,
  };
  const { held, events } = makeSession({ drill: true, people: PEOPLE }, 's1', settings, 1000);
  const effect = { kind: 'closeRoom', id: 'j1', atMs: 1000 } as const;
  const job = { ...held.record, id: 'j1', effect, channel: null, attempts: 0, notBeforeMs: 1000 };
  const first = sqliteStore({ directory });
  const change = { record: held.record, expectedRevision: 0, events, inputs: [], settledEffects: [] };
  await first.commit({ ...change, effects: [job] });
  const asked = { nowMs: 1000, leaseUntilMs: 31_000, limit: 5 };
  expect(await first.takeEffects(asked)).toHaveLength(1);
  expect(await first.takeEffects(asked)).toHaveLength(0);
  await first.close();
  const second = sqliteStore({ directory });
  expect(await second.takeEffects(asked)).toMatchObject([{ id: 'j1', attempts: 1 }]);
  await second.close();
});
