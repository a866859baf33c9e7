import { usualAppointment, type Adjustments } from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { aSessionServer, PEOPLE } from './testing/a-session-server.js';

const adjustments: Adjustments = {
  lengthMs: 1_800_000,
  breakEveryMs: null,
  cameraOffByChoice: true,
  chatForKeyPoints: false,
  agenda: ['checkIn'],
  communication: null,
  whenOverwhelmed: 'pause',
};

test('[U13][A45] the record says that a session has adjustments, and not which', async () => {
  const running = await aSessionServer(new FakeClock(), {}, false);
  for (const [id, given] of [
    ['with', adjustments],
    ['without', null],
  ] as const) {
    const appointment = { ...usualAppointment, adjustments: given };
    await running.server.createSession({ id, drill: true, people: PEOPLE, appointment });
  }
  const created = (await running.events()).filter(({ kind }) => kind === 'session.created');
  expect(created.map(({ session, details }) => [session, details])).toEqual([
    ['with', { people: 2, hasAdjustments: true }],
    ['without', { people: 2, hasAdjustments: false }],
  ]);
  expect(JSON.stringify(created)).not.toMatch(/camera|pause|checkIn|1800000/i);
  await running.server.close();
});

test('[U10][A42] adjustments with words, or of another shape, are refused by name', async () => {
  const running = await aSessionServer(new FakeClock(), {}, false);
  const appointment = { adjustments: { ...adjustments, because: 'x' } } as never;
  await expect(
    running.server.createSession({ id: 'x', drill: true, people: PEOPLE, appointment }),
  ).rejects.toThrow(/appointment: look at adjustments/);
  await running.server.close();
});
