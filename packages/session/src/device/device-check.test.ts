import { expect, test, vi } from 'vitest';
import { FakeClock } from '../testing/fake-clock.js';
import { fakePage, fakeStorage } from '../testing/fake-server.js';
import { checkDeviceOn } from './device-check.js';
import type { Platform } from './platform.js';

const link = 'https://host.example/check#a-token-of-a-test-link';

function aPlatform(
  answer: { ok: boolean; body: unknown } | null = { ok: true, body: { drill: false, joining: 'joining-v1' } },
) {
  const asked: { address: string; body: string }[] = [];
  const ended = vi.fn();
  let measured = (): void => undefined;
  const measureLink = vi.fn(() => new Promise<void>((resolve) => (measured = resolve)));
  const platform: Platform = {
    clock: new FakeClock(),
    page: fakePage(),
    storage: fakeStorage(),
    devices: undefined,
    ask: async (address, { body }) => {
      asked.push({ address, body });
      if (answer === null) throw new TypeError('no network');
      return { ok: answer.ok, json: async () => answer.body };
    },
    openSocket: () => {
      throw new Error('a check opens no line');
    },
    staffScreens: () => Promise.reject(new Error('not here')),
    preflight: () => ({ browser: 'ok', connection: 'unknown', battery: 'unknown' }),
    measureLink,
    newId: () => 'id',
    end: ended,
  };
  return { platform, asked, ended, measureLink, measured: () => measured() };
}

test('[N8][A43] it asks for the check only, opens no line, keeps nothing, and measures with the test link', async () => {
  const { platform, asked, measureLink, measured, ended } = aPlatform();
  const onChange = vi.fn();
  const check = await checkDeviceOn(platform, { link, onChange });
  expect(asked).toEqual([
    { address: 'https://host.example/holdfast/check', body: '{"token":"a-token-of-a-test-link"}' },
  ]);
  expect(measureLink).toHaveBeenCalledWith('https://host.example/holdfast/measure', 'a-token-of-a-test-link');
  expect([check.joining, check.drill, check.isMeasuring]).toEqual(['joining-v1', false, true]);
  measured();
  await vi.waitFor(() => expect(check.isMeasuring).toBe(false));
  expect(onChange).toHaveBeenCalled();
  await check.media.setCamera(true);
  expect(check.media.state.camera).toBe('missing');
  check.end();
  expect(ended).toHaveBeenCalledTimes(1);
});

test('[N8] what is refused, away or no session server is told, and everything that was started is let go', async () => {
  const sentence = 'This link is no longer valid. Ask for a new one.';
  const cases = [
    [aPlatform({ ok: false, body: { code: 'link-expired', sentence } }), { code: 'refused', sentence }],
    [aPlatform({ ok: true, body: 'a page of somebody else' }), { code: 'unreachable' }],
    [aPlatform(null), { code: 'unreachable' }],
  ] as const;
  for (const [{ platform, ended }, error] of cases) {
    await expect(checkDeviceOn(platform, { link, onChange: () => undefined })).rejects.toMatchObject(error);
    expect(ended).toHaveBeenCalledTimes(1);
  }
  const { platform } = aPlatform();
  for (const bad of ['nothing', 'https://host.example/check'])
    await expect(checkDeviceOn(platform, { link: bad, onChange: () => undefined })).rejects.toMatchObject({
      code: 'bad-option',
    });
});
