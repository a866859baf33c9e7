import { expect, test } from 'vitest';
import type { Projection } from '../project/projection.js';
import {
  aCare,
  aClientProjection,
  aDutyProjection,
  aPractitionerProjection,
  aRun,
} from '../testing/a-projection.js';
import { FakeClock } from '../testing/fake-clock.js';
import { FakeServer, fakeStorage } from '../testing/fake-server.js';
import { FakeVideo } from '../testing/fake-video.js';

/** A device that joined and kept its credential for a reload. */
async function joined(person: string, shown?: Projection) {
  const clock = new FakeClock();
  const projections = { p1: aPractitionerProjection(), c1: aClientProjection() };
  const server = new FakeServer({ clock, projections: shown ? { [person]: shown } : projections });
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

const marker = '+49 30 901820';
const vault = { c1: { callBackNumber: marker, address: marker } };
const inRun = {
  run: aRun({ word: 'awaited', mayStandDown: true, deadlines: { phoning: 1 } }),
  contact: { ...aCare().contact, state: 'lost', deadlines: { recovered: 1 } },
  help: { isAsked: true, askedAtMs: 0, deadlines: { answer: 1 } },
};
const colleague = { isOffered: true, isLeadGone: true, hasLed: false };
test.each([
  ['p1', aPractitionerProjection(inRun, { vault })],
  ['duty-1', aDutyProjection(inRun, { vault })],
  ['p2', aDutyProjection(inRun, { vault, role: 'colleague', person: 'p2', colleague })],
  ['c1', aClientProjection({ contact: 'lost', help: 'asked', vault })],
] as const)(
  '[H18] [H23] %s, off the line while the session was closed, is shown that and nothing else',
  async (person, shown) => {
    const { clock, server, session } = await joined(person, shown);
    server.cut('d1');
    await clock.advance(5000);
    expect(session.view.line.isUp).toBe(false);
    if (shown.role !== 'client') expect(JSON.stringify(session.view)).toContain(marker);
    void session.send({ type: 'help.ask', client: 'c1' });
    server.heal('d1');
    server.settle = () => {
      server.tell(person, { type: 'refused', ...closed });
      return {};
    };
    await clock.advance(8000);
    expect(session.view).toMatchObject({
      stage: 'closed',
      headline: { key: `${shown.role === 'colleague' ? 'duty' : shown.role}.closed.headline` },
      whoActs: 'nobody',
      notices: [],
      tasks: [],
      deadlines: [],
      facts: [],
      cannot: [],
      people: [],
      actions: [],
      showsVideo: false,
      line: { unsent: 0 },
    });
    expect(JSON.stringify(session.view)).not.toContain(marker);
  },
);

test('[H18] a link that is refused because its session is closed takes with it what the tab kept', async () => {
  const { clock, server, storage, session } = await joined('c1');
  session.dispose();
  const ask = async () => ({ ok: false, json: async () => closed });
  const again = server.join('c1', 'd1', new FakeVideo({ clock }).port('d1'), { storage, ask });
  await expect(again).rejects.toMatchObject({ refusal: 'session-closed', sentence: closed.sentence });
  expect(storage.kept.size).toBe(0);
});
