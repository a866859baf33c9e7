import type { TestDevice } from './test-device.js';

/** Lets sockets, files and timers at zero have their turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time goes on in heartbeats: at each one, the devices that are there beat and hear the echo. */
export async function passTime(
  clock: { advance(byMs: number): Promise<void> },
  byMs: number,
  ...devices: readonly TestDevice[]
): Promise<void> {
  for (let left = byMs; left > 0; left -= 500) {
    await clock.advance(Math.min(500, left));
    await Promise.all(devices.map((device) => device.beat()));
    await turn();
  }
}
