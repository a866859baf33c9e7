import { expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.js';
import { FakeServer, fakeStorage } from '../testing/fake-server.js';
import { FakeVideo } from '../testing/fake-video.js';
import { aClientProjection } from '../testing/a-projection.js';

function aServer() {
  const clock = new FakeClock();
  const server = new FakeServer({ clock, projections: { c1: aClientProjection() } });
  const join = (more: Parameters<FakeServer['join']>[3]) =>
    server.join('c1', 'd1', new FakeVideo({ clock }).port('d1'), more);
  return { clock, join };
}

test.each([{ link: 'not an address' }, { exitTo: 'javascript:alert(1)' }, { exitTo: '/relative' }])(
  '%o is refused at the entry',
  async (more) => {
    await expect(aServer().join(more)).rejects.toMatchObject({ code: 'bad-option' });
  },
);

test('a link without a token, in a tab without a session, says what to do', async () => {
  await expect(aServer().join({ link: 'https://host.example/session' })).rejects.toMatchObject({
    code: 'refused',
    sentence: 'This link is not complete. Open it again, or ask for a new one.',
  });
});

test('[H18] a used link of another session does not open the session that the tab had before', async () => {
  const { clock, join } = aServer();
  const storage = fakeStorage();
  const first = join({ storage });
  await clock.advance(500);
  (await first).dispose();
  const ask = async () => ({ ok: false, json: async () => ({ code: 'link-used', sentence: 'Used.' }) });
  const link = 'https://host.example/session#a-link-of-another-session';
  await expect(join({ storage, link, ask })).rejects.toMatchObject({ refusal: 'link-used' });
});

test('[H14] a link whose answer got lost is traded again by the same device, which the server knows', async () => {
  const storage = fakeStorage();
  const devices: unknown[] = [];
  const ask = (_address: string, { body }: { body: string }) => {
    devices.push((JSON.parse(body) as { device: unknown }).device);
    return Promise.reject(new TypeError('the answer got lost'));
  };
  const { join } = aServer();
  // As an application calls it: without a name for the device, which the fake server would otherwise give.
  const unnamed = { device: undefined } as object;
  for (const _ of [1, 2])
    await expect(join({ storage, ask, ...unnamed })).rejects.toMatchObject({ code: 'unreachable' });
  expect(devices[0]).toMatch(/^d-/);
  expect(devices[1]).toBe(devices[0]);
});
