import { describe, expect, test, vi } from 'vitest';
import { batteryOf, connectionOf, preflightOf, surroundings, type Surroundings } from './preflight.js';

const around = (rest: Partial<Surroundings> = {}): Surroundings => ({
  hasPeerConnection: true,
  hasMedia: true,
  connection: undefined,
  battery: undefined,
  ...rest,
});

describe('the check of this device', () => {
  test.each([
    [undefined, 'unknown'],
    [{ effectiveType: '4g' }, 'unknown'],
    [{ downlink: 10, rtt: 50 }, 'ok'],
    [{ downlink: 1, rtt: 50 }, 'weak'],
    [{ downlink: 10, rtt: 600 }, 'weak'],
    [{ downlink: 0.3, rtt: 50 }, 'bad'],
    [{ rtt: 1500 }, 'bad'],
  ])('[I23][E11] a connection of %j is %s', (connection, result) => {
    expect(connectionOf(connection)).toBe(result);
  });

  test.each([
    [null, 'unknown'],
    [{ level: 0.5, charging: false }, 'ok'],
    [{ level: 0.2, charging: false }, 'low'],
    [{ level: 0.05, charging: true }, 'ok'],
  ])('[I23][E11] a battery of %j is %s', (battery, result) => {
    expect(batteryOf(battery)).toBe(result);
  });

  test('[I23] a browser that cannot do video says so; what it does not tell stays unknown', () => {
    expect(preflightOf(around())()).toEqual({ browser: 'ok', connection: 'unknown', battery: 'unknown' });
    expect(preflightOf(around({ hasPeerConnection: false }))().browser).toBe('unsupported');
  });

  test('[I23][D07] where the browser tells nothing of the link, what was measured counts; what it tells goes before that', () => {
    const measured = { downlinkMbps: null as number | null };
    const look = preflightOf(around(), measured);
    expect(look().connection).toBe('unknown');
    for (const [mbps, result] of [
      [0.2, 'bad'],
      [1, 'weak'],
      [8, 'ok'],
    ] as const) {
      measured.downlinkMbps = mbps;
      expect(look().connection).toBe(result);
    }
    expect(preflightOf(around({ connection: { downlink: 0.3 } }), measured)().connection).toBe('bad');
  });

  test('[I23][E11] what changes is seen with the next look, and a battery that is refused stays unknown', async () => {
    const battery = { level: 0.9, charging: false };
    const look = preflightOf(around({ battery: async () => battery }));
    await Promise.resolve();
    expect(look().battery).toBe('ok');
    battery.level = 0.1;
    expect(look().battery).toBe('low');
    const refused = preflightOf(around({ battery: () => Promise.reject(new Error('no')) }));
    await Promise.resolve();
    expect(refused().battery).toBe('unknown');
  });

  test('[I23] it asks for no permission and for no picture: it only reads', () => {
    const getUserMedia = vi.fn();
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia }, connection: { downlink: 5 } });
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    expect(preflightOf(surroundings())()).toEqual({ browser: 'ok', connection: 'ok', battery: 'unknown' });
    expect(getUserMedia).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });
});
