import { describe, expect, test } from 'vitest';
import { fakeStorage } from '../testing/fake-server.js';
import { redeem, SessionKeep, type Ask, type KeptSession } from './redeem.js';

const link = new URL('https://host.example/app/session?lang=en#token-token-token-token');
const answer = {
  credential: 'credential',
  session: 's1',
  person: 'c1',
  role: 'client',
  socket: '/holdfast/socket',
  drill: false,
};
const ask =
  (ok: boolean, body: unknown, seen: string[] = []): Ask =>
  async (address, { method, body: sent }) => {
    seen.push(`${method} ${address}`, sent);
    return { ok, json: async () => body };
  };

describe('redeeming a link', () => {
  test('[H29] is a POST to the session server; the token is in its body and in no address', async () => {
    const seen: string[] = [];
    const kept = await redeem({ link, server: '/holdfast', device: 'd1', ask: ask(true, answer, seen) });
    expect(kept).toEqual({ ...answer, device: 'd1' });
    expect(seen).toEqual([
      'POST https://host.example/holdfast/redeem',
      '{"token":"token-token-token-token","device":"d1"}',
    ]);
  });

  test('a session server elsewhere is named by its address', async () => {
    const seen: string[] = [];
    await redeem({
      link,
      server: 'https://care.example/holdfast',
      device: 'd1',
      ask: ask(true, answer, seen),
    });
    expect(seen[0]).toBe('POST https://care.example/holdfast/redeem');
  });

  test('a page of something else is unreachable, not refused', async () => {
    const asking = redeem({ link, server: '/holdfast', device: 'd1', ask: ask(true, { hello: 'world' }) });
    await expect(asking).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('no network is unreachable, with its cause and without the link', async () => {
    const cause = new Error('offline');
    const asking = redeem({ link, server: '/holdfast', device: 'd1', ask: () => Promise.reject(cause) });
    await expect(asking).rejects.toMatchObject({ code: 'unreachable', cause });
    await expect(asking).rejects.not.toHaveProperty('message', expect.stringContaining('token'));
  });
});

describe('what the tab keeps', () => {
  const kept: KeptSession = { ...answer, role: 'client', device: 'd1' };

  test('is one a page, and gone when it is forgotten', () => {
    const store = fakeStorage();
    const keep = new SessionKeep(store, link);
    keep.write(kept);
    expect(keep.read()).toEqual(kept);
    expect(new SessionKeep(store, new URL('https://host.example/other')).read()).toBeNull();
    keep.forget();
    expect([keep.read(), store.kept.size]).toEqual([null, 0]);
  });

  test('[H14] is one a name, where a page joins several sessions; each forgets only its own', () => {
    const store = fakeStorage();
    const [first, second] = [new SessionKeep(store, link, 'c1'), new SessionKeep(store, link, 'c2')];
    first.write(kept);
    expect([second.read(), second.device, new SessionKeep(store, link).read()]).toEqual([null, null, null]);
    second.write({ ...kept, device: 'd2' });
    first.forget();
    expect([first.read(), second.device]).toEqual([null, 'd2']);
  });

  test('storage that is blocked or holds something else is as no storage', () => {
    const blocked = () => {
      throw new Error('blocked');
    };
    const keep = new SessionKeep({ getItem: blocked, setItem: blocked, removeItem: blocked }, link);
    keep.write(kept);
    keep.forget();
    expect(keep.read()).toBeNull();
    const store = fakeStorage();
    store.setItem('holdfast:/app/session?lang=en', '{"credential":1}');
    expect(new SessionKeep(store, link).read()).toBeNull();
  });
});
