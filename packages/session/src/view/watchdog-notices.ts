import type { Role, WatchdogCondition } from '@holdfast/protocol';
import { say } from './say.js';
import type { DeviceState, Message, Notice } from './types.js';

/**
 * What is wrong on the session server's side, and what this person can do about it (rule V7). A status each: nothing of
 * it goes before a step of the ladder, and a screen reader says it when its turn comes. But a fault inside the protocol is
 * said at once: nobody knows which step of the ladder did not come because of it (R11).
 */
export const watchdogNotices = (role: Exclude<Role, 'client'>, { watchdog }: DeviceState): Notice[] =>
  watchdog.map((condition) => ({
    id: `watchdog.${condition.code}.${condition.name ?? ''}`,
    level: condition.code === 'stepFailed' ? 'alert' : 'status',
    message: messageOf(role, condition),
  }));

function messageOf(role: Exclude<Role, 'client'>, { code, name, sinceMs }: WatchdogCondition): Message {
  const params = { name: name ?? '', sinceMs };
  // Who is on duty cannot ring themselves.
  return code === 'alertUndelivered' || code === 'stepFailed'
    ? say(`watchdog.${code}.${role}`, params)
    : say(`watchdog.${code}`, params);
}
