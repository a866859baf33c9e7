import { expect, test } from 'vitest';
import { aClientProjection, aPractitionerProjection } from '../testing/a-projection.js';
import { FakeClock } from '../testing/fake-clock.js';
import { FakeServer, fakeStorage } from '../testing/fake-server.js';
import { FakeVideo } from '../testing/fake-video.js';

/** A device that joined and kept its credential for a reload. */
async function joined(person: 'p1' | 'c1') {
  const clock = new FakeClock();
  const projections = { p1: aPractitionerProjection(), c1: aClientProjection() };
  const server = new FakeServer({ clock, projections });
  const storage = fakeStorage();
  const joining = server.join(person, 'd1', new FakeVideo({ clock }).port('d1'), { storage });
  await clock.advance(1000);
  const session = await joining;
  expect(storage.kept.size).toBe(1);
  return { clock, server, storage, session };
}

test('[H18] a practitioner’s tab keeps its credential while the session is closing, and none of a closed one', async () => {
  const { clock, server, storage, session } = await joined('p1');
  server.show('p1', aPractitionerProjection({ stage: 'closing' }));
  await clock.advance(500);
  expect([session.view.stage, storage.kept.size]).toEqual(['closing', 1]);
  server.show('p1', aPractitionerProjection({ stage: 'closed' }));
  await clock.advance(500);
  expect([session.view.stage, storage.kept.size]).toEqual(['closed', 0]);
});

test('[H18] a client’s tab keeps nothing of a session that has ended', async () => {
  const { clock, server, storage, session } = await joined('c1');
  server.show('c1', aClientProjection({ stage: 'ended', mediaAllowed: false }));
  await clock.advance(500);
  expect([session.view.stage, storage.kept.size]).toEqual(['closed', 0]);
});

const closed = { code: 'session-closed', sentence: 'This session is closed.' } as const;

test('[H18] a tab that comes back on the line to a closed session forgets its credential', async () => {
  const { clock, server, storage, session } = await joined('c1');
  const refused: string[] = [];
  session.on('refused', (code) => refused.push(code));
  server.tell('c1', { type: 'refused', ...closed });
  await clock.advance(500);
  expect([refused, storage.kept.size]).toEqual([['session-closed'], 0]);
});

test('[H18] a link that is refused because its session is closed takes with it what the tab kept', async () => {
  const { clock, server, storage, session } = await joined('c1');
  session.dispose();
  const ask = async () => ({ ok: false, json: async () => closed });
  const again = server.join('c1', 'd1', new FakeVideo({ clock }).port('d1'), { storage, ask });
  await expect(again).rejects.toMatchObject({ refusal: 'session-closed', sentence: closed.sentence });
  expect(storage.kept.size).toBe(0);
});
