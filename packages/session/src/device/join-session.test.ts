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

test('a link that was used in this very tab goes on with what the tab kept', async () => {
  const { clock, join } = aServer();
  const storage = fakeStorage();
  const first = join({ storage });
  await clock.advance(500);
  (await first).dispose();
  const ask = async () => ({ ok: false, json: async () => ({ code: 'link-used', sentence: 'Used.' }) });
  const again = join({ storage, ask });
  await clock.advance(500);
  expect((await again).view.person).toBe('c1');
});
