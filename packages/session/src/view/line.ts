import type { Instant } from '@holdfast/protocol';
import { say } from './say.js';
import type { DeviceState, Notice, View } from './types.js';

/** Silence of the session server after which a device says so (design, "Session server or database gone"; H08). */
export const LINE_SILENT_AFTER_MS = 2000;

/** The line to the session server, as this device has it. */
export function lineOf(device: DeviceState, nowMs: Instant): View['line'] {
  const { lastHeardAtMs, inCharge, unsent } = device;
  const isHeard = lastHeardAtMs !== null && nowMs - lastHeardAtMs <= LINE_SILENT_AFTER_MS;
  return { isUp: isHeard && inCharge, unsent, sinceMs: isHeard && inCharge ? null : lastHeardAtMs };
}

/** What a screen says while the line is down. Before the first answer the page is only opening (V5). */
export function lineNotices(role: 'client' | 'participant' | 'staff', line: View['line']): Notice[] {
  if (line.isUp) return [];
  if (line.sinceMs === null) return [{ id: 'line', level: 'status', message: say('line.opening') }];
  const message = say(`line.${role}.down`, { sinceMs: line.sinceMs });
  const down: Notice = { id: 'line', level: role === 'staff' ? 'alert' : 'status', message };
  return line.unsent === 0
    ? [down]
    : [down, { id: 'unsent', level: 'alert', message: say(`line.${role}.notSentYet`) }];
}

/** Whether this device itself sees media silent for long enough to say so, before the session server does. */
export const isMediaLost = (device: DeviceState, lostAfterMs: number, nowMs: Instant): boolean =>
  device.media === 'silent' &&
  device.mediaSilentSinceMs !== null &&
  nowMs - device.mediaSilentSinceMs >= lostAfterMs;
