import { describe, expect, test } from 'vitest';
import { aCall, C, P, reportsOf, said, type Call } from '../testing/a-call.js';
import { FakeClock } from '../testing/fake-clock.js';
import { FakeServer } from '../testing/fake-server.js';
import { FakeVideo } from '../testing/fake-video.js';
import { aClientProjection, aPractitionerProjection } from '../testing/a-projection.js';
import type { JoinedSession } from './types.js';

const answer = { type: 'help.ask', client: 'c1' } as const;

describe('joining', () => {
  test('[H29] the token leaves the address, the credential is kept for the tab, and nothing personal with it', async () => {
    const { page, storage } = await aCall();
    expect(page.done).toContain('forget link');
    const [[key, value]] = [...storage.kept] as [[string, string]];
    expect(key).toBe('holdfast:/session');
    expect(Object.keys(JSON.parse(value) as object).sort()).toEqual([
      'credential',
      'device',
      'drill',
      'person',
      'role',
      'session',
      'socket',
    ]);
  });

  test('both have a view, and media is up both ways', async () => {
    const call = await aCall();
    expect(call.client.view.stage).toBe('live');
    expect(call.client.view.line).toEqual({ isUp: true, unsent: 0, sinceMs: null });
    expect(reportsOf(call, P).at(-1)).toMatchObject({ state: 'up', client: 'c1', device: P });
    expect(reportsOf(call, C).at(-1)).toMatchObject({ state: 'up', client: 'c1', device: C });
  });

  test('a refused link rejects with the code and the sentence for the person', async () => {
    const clock = new FakeClock();
    const server = new FakeServer({ clock, projections: {} });
    const ask = async () => ({
      ok: false,
      json: async () => ({ code: 'link-used', sentence: 'This link has already been used.' }),
    });
    const joining = server.join('c1', C, new FakeVideo({ clock }).port(C), { ask });
    await expect(joining).rejects.toMatchObject({
      code: 'refused',
      refusal: 'link-used',
      sentence: 'This link has already been used.',
    });
  });

  test('a session server that does not answer rejects with unreachable', async () => {
    const clock = new FakeClock();
    const server = new FakeServer({ clock, projections: { c1: aClientProjection() } });
    server.cut(C);
    const joining = server.join('c1', C, new FakeVideo({ clock }).port(C));
    const rejected = expect(joining).rejects.toMatchObject({ code: 'unreachable' });
    await clock.advance(20_000);
    await rejected;
  });

  test('a projection of another version is refused in words, not guessed at', async () => {
    const clock = new FakeClock();
    const projection = { ...aClientProjection(), version: 2 } as unknown as ReturnType<
      typeof aClientProjection
    >;
    const server = new FakeServer({ clock, projections: { c1: projection } });
    const joining = server.join('c1', C, new FakeVideo({ clock }).port(C));
    const rejected = expect(joining).rejects.toMatchObject({ code: 'refused', refusal: 'version-unknown' });
    await clock.advance(1000);
    await rejected;
  });

  test('a reload goes on with what the tab kept, without a link', async () => {
    const call = await aCall();
    call.client.dispose();
    const link = 'https://host.example/session';
    const joining = call.server.join('c1', C, call.video.port(C), {
      storage: call.storage,
      link,
      ask: () => Promise.reject(new Error('not asked')),
    });
    await call.clock.advance(1000);
    expect((await joining).view.stage).toBe('live');
  });
});

describe('[E12] who dropped, and how soon each side knows', () => {
  const shownAfter = async ({ clock }: Call, holds: () => boolean): Promise<number> => {
    const fromMs = clock.nowMs();
    while (!holds() && clock.nowMs() - fromMs < 10_000) await clock.advance(50);
    return clock.nowMs() - fromMs;
  };

  test('the own side says so within 3 s of a cut', async () => {
    const call = await aCall();
    call.cut(C);
    expect(await shownAfter(call, () => call.client.view.stage === 'reconnecting')).toBeLessThanOrEqual(3000);
  });

  test('the other side reports silence within 2.5 s and blames them within 5 s', async () => {
    const call = await aCall();
    call.cut(C);
    expect(await shownAfter(call, () => reportsOf(call, P).at(-1)?.state === 'silent')).toBeLessThanOrEqual(
      2500,
    );
    expect(await shownAfter(call, () => reportsOf(call, P).at(-1)?.verdict === 'them')).toBeLessThanOrEqual(
      2500,
    );
  });

  test('the last contact is reported at most 1 s before the cut, on the server clock', async () => {
    const call = await aCall({ aheadMs: 7_200_000 });
    const cutAtMs = call.server.nowMs;
    call.cut(C);
    await call.clock.advance(4000);
    const { lastBothWaysAtMs } = reportsOf(call, P).at(-1)!;
    expect(lastBothWaysAtMs).toBeGreaterThan(cutAtMs - 1000);
    expect(lastBothWaysAtMs).toBeLessThanOrEqual(cutAtMs + 50);
  });

  test('[H27] only changes are reported, not every heartbeat', async () => {
    const call = await aCall();
    const before = reportsOf(call, P).length;
    await call.clock.advance(60_000);
    expect(reportsOf(call, P)).toHaveLength(before);
  });

  test('a single lost heartbeat is not even suspected', async () => {
    const call = await aCall();
    const before = reportsOf(call, P).length;
    call.video.set(C, { loss: 1 });
    await call.clock.advance(600);
    call.video.set(C, { loss: 0 });
    await call.clock.advance(5000);
    expect(reportsOf(call, P)).toHaveLength(before);
  });
});

describe('the way back', () => {
  test.each([8_000, 40_000, 240_000])(
    'after a cut of %d ms line and media are back within 5 s, without a click',
    async (cutMs) => {
      const call = await aCall();
      call.cut(C);
      await call.clock.advance(cutMs);
      call.heal(C);
      await call.clock.advance(5000);
      // In a fake network a dial that meets a dead one never repeats its first packet by itself, as TCP does.
      if (!call.client.view.line.isUp) await call.clock.advance(5000);
      expect(call.client.view.line.isUp).toBe(true);
      expect(call.client.view.stage).toBe('live');
      expect(reportsOf(call, C).at(-1)).toMatchObject({ state: 'up' });
    },
  );

  test('a word of the browser that the network is back dials at once', async () => {
    const call = await aCall();
    call.cut(C);
    call.page.network(false);
    await call.clock.advance(100_000);
    call.heal(C);
    call.page.network(true);
    await call.clock.advance(200);
    expect(call.client.view.line.isUp).toBe(true);
  });

  test('[H01] a session server that was killed gets the newest evidence when it is back', async () => {
    const call = await aCall();
    call.server.kill();
    await call.clock.advance(4000);
    expect(call.client.view.line.isUp).toBe(false);
    const before = reportsOf(call, C).length;
    call.server.restart();
    await call.clock.advance(2500);
    expect(call.client.view.line.isUp).toBe(true);
    expect(reportsOf(call, C).slice(before)).toMatchObject([{ state: 'up' }]);
  });
});

describe('what is said while the line is down', () => {
  test('is queued with the instant at which it was said, shown as unsent, and sent once the line is back', async () => {
    const call = await aCall();
    call.cut(C);
    await call.clock.advance(5000);
    const saidAtMs = call.server.nowMs;
    expect(await call.client.send(answer)).toEqual({ outcome: 'queued' });
    await call.clock.advance(1000);
    expect(call.client.view.line.unsent).toBeGreaterThanOrEqual(1);
    const late: string[] = [];
    call.client.on('settledLate', (type, { outcome }) => late.push(`${type} ${outcome}`));
    call.heal(C);
    await call.clock.advance(8000);
    const [only, ...more] = said(call, 'help.ask');
    expect(more).toEqual([]);
    expect(only?.message).toMatchObject({ saidAtMs });
    expect(late).toContain('help.ask accepted');
    expect(call.client.view.line.unsent).toBe(0);
  });

  test.for([1500, 2300, 2700])(
    '[H09] [R3] a silence of %i ms that ends on the same line: what was said in it and after it is answered',
    async (silentMs) => {
      const call = await aCall();
      call.cut(C);
      await call.clock.advance(silentMs);
      const during = call.client.send(answer);
      call.heal(C);
      await call.clock.advance(1000);
      expect(call.client.view.line).toMatchObject({ isUp: true, unsent: 0 });
      expect(said(call, 'help.ask')).toHaveLength(1);
      expect(['accepted', 'queued']).toContain((await during).outcome);
      const after = call.client.send(answer);
      await call.clock.advance(100);
      expect(await after).toEqual({ outcome: 'accepted' });
      expect(call.client.view.line.unsent).toBe(0);
    },
  );

  test('[H09] an input whose answer was lost is sent again under the same id', async () => {
    const call = await aCall();
    const sending = call.client.send(answer);
    await call.clock.advance(10);
    call.cut(C);
    await call.clock.advance(5000);
    expect(await sending).toEqual({ outcome: 'queued' });
    call.heal(C);
    await call.clock.advance(5000);
    const ids = said(call, 'help.ask').map(({ message }) => message.type === 'input' && message.id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test('a refusal is an answer, not an error', async () => {
    const call = await aCall();
    call.server.settle = ({ body }) =>
      body.type === 'help.ask' ? { outcome: 'refused', code: 'not-now', sentence: 'Not at this point.' } : {};
    const sending = call.client.send(answer);
    await call.clock.advance(100);
    expect(await sending).toEqual({
      outcome: 'refused',
      code: 'not-now',
      sentence: 'Not at this point.',
      missing: [],
    });
  });
});

describe('intents', () => {
  test('leaving ends media at once and tells the session server', async () => {
    const call = await aCall();
    const leaving = call.client.leave();
    await call.clock.advance(100);
    await leaving;
    expect(said(call, 'person.left')).toHaveLength(1);
    expect(call.client.view.stage).toBe('left');
    expect(call.page.beacons).toEqual([]);
    await call.clock.advance(2000);
    expect(reportsOf(call, P).at(-1)).toMatchObject({ state: 'silent' });
  });

  test('leaving without a line uses the last message of the page', async () => {
    const call = await aCall();
    call.cut(C);
    await call.clock.advance(5000);
    const leaving = call.client.leave();
    await call.clock.advance(2000);
    await leaving;
    expect(call.page.beacons).toMatchObject([{ fact: 'person.left', device: C }]);
  });

  test('[H12] [H29] quick exit: screen, storage, one message, another page; in that order and without waiting', async () => {
    const call = await aCall();
    call.client.exit();
    expect(call.page.done.slice(1)).toEqual(['blank', 'beacon person.exited', 'go to about:blank']);
    expect(call.storage.kept.size).toBe(0);
    await call.clock.advance(3000);
    expect(said(call, 'person.left')).toEqual([]);
  });

  test('a page that goes away says so, and a page that has left does not say it again', async () => {
    const call = await aCall();
    call.page.unload();
    expect(call.page.beacons).toMatchObject([{ fact: 'device.unloading' }]);
    call.client.exit();
    call.page.unload();
    expect(call.page.beacons.map(({ fact }) => fact)).toEqual(['device.unloading', 'person.exited']);
  });
});

describe('[H01] another device of the same person', () => {
  const opensAnother = async (call: Call): Promise<JoinedSession> => {
    const joining = call.server.join('c1', 'dev-c2', call.video.port('dev-c2'));
    await call.clock.advance(3000);
    return joining;
  };

  test('takes media; the older one says so, keeps its line, and can take it back', async () => {
    const call = await aCall();
    const newer = await opensAnother(call);
    expect(newer.view.stage).toBe('live');
    expect(call.client.view.stage).toBe('openElsewhere');
    expect(call.client.view.line.isUp).toBe(true);
    call.client.takeBack();
    await call.clock.advance(3000);
    expect(call.client.view.stage).toBe('live');
    expect(newer.view.stage).toBe('openElsewhere');
    expect(reportsOf(call, C).at(-1)).toMatchObject({ state: 'up' });
  });
});

describe('media', () => {
  test('a grant that is over is asked for again, and media goes on', async () => {
    const call = await aCall();
    call.video.expire(C);
    await call.clock.advance(3000);
    expect(
      call.server.heard.some(({ device, message }) => device === C && message.type === 'grant.request'),
    ).toBe(true);
    expect(reportsOf(call, C).at(-1)).toMatchObject({ state: 'up' });
  });

  test('a grant that does not come within 3 s is asked for', async () => {
    const call = await aCall({
      projections: { p1: aPractitionerProjection(), c1: aClientProjection({ mediaAllowed: false }) },
    });
    call.server.givesGrants = false;
    call.server.show('c1', aClientProjection());
    const hasAsked = () =>
      call.server.heard.some(({ device, message }) => device === C && message.type === 'grant.request');
    await call.clock.advance(2900);
    expect(hasAsked()).toBe(false);
    await call.clock.advance(1500);
    expect(hasAsked()).toBe(true);
    expect(reportsOf(call, C).at(-1)).toMatchObject({ state: 'up' });
  });

  test('[H13] nothing connects before the projection allows media', async () => {
    const call = await aCall({
      projections: {
        p1: aPractitionerProjection(),
        c1: aClientProjection({ mediaAllowed: false, stage: 'gathering' }),
      },
    });
    expect(reportsOf(call, C)).toEqual([]);
    expect(
      call.server.heard.some(({ device, message }) => device === C && message.type === 'grant.request'),
    ).toBe(false);
    call.server.show('c1', aClientProjection());
    await call.clock.advance(3000);
    expect(reportsOf(call, C).at(-1)).toMatchObject({ state: 'up' });
  });

  test('without camera and microphone the session goes on and the state says why', async () => {
    const { client } = await aCall();
    await client.media.setCamera(true);
    expect(client.media.state).toMatchObject({ camera: 'missing', microphone: 'off', localTracks: [] });
  });
});

test('[H18] heartbeats and storage hold no personal data', async () => {
  const marker = '+49 30 901820';
  const call = await aCall({
    projections: {
      p1: aPractitionerProjection({}, { vault: { c1: { callBackNumber: marker, name: marker } } }),
      c1: aClientProjection(),
    },
  });
  expect(JSON.stringify(call.practitioner.view)).toContain(marker);
  await call.clock.advance(5000);
  expect(JSON.stringify([call.server.beats, call.server.heard, [...call.storage.kept]])).not.toContain(
    marker,
  );
});
