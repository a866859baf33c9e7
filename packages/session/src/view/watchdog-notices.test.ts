import { WATCHDOG_CODES, type WatchdogCondition } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import {
  aClientProjection,
  aDevice,
  aDutyProjection,
  aPractitionerProjection,
} from '../testing/a-projection.js';
import type { Projection } from '../project/projection.js';
import { view } from './view.js';

const everything: readonly WatchdogCondition[] = WATCHDOG_CODES.map((code) => ({
  code,
  name: code === 'stepOverdue' || code === 'stepFailed' ? null : 'pager',
  sinceMs: 1000,
}));
const noticesIn = (projection: Projection, watchdog = everything) =>
  view(projection, aDevice({ watchdog }), 0).notices.filter(({ id }) => id.startsWith('watchdog.'));

test('[V7] each condition is a status with its words, since when and by which way', () => {
  expect(noticesIn(aPractitionerProjection())).toEqual([
    status('sinkFailing.pager', 'sinkFailing', 'pager'),
    status('alertUndelivered.pager', 'alertUndelivered.practitioner', 'pager'),
    status('routeFailing.pager', 'routeFailing', 'pager'),
    status('stepOverdue.', 'stepOverdue', ''),
    { ...status('stepFailed.', 'stepFailed.practitioner', ''), level: 'alert' },
  ]);
  expect(noticesIn(aPractitionerProjection(), [])).toEqual([]);
});

const status = (id: string, key: string, name: string) => ({
  id: `watchdog.${id}`,
  level: 'status',
  message: { key: `watchdog.${key}`, params: { name, sinceMs: 1000 } },
});

test('[V7] a duty person is not told to ring the duty line, which is their own', () => {
  const keys = noticesIn(aDutyProjection()).map(({ message }) => message.key);
  expect(keys).toContain('watchdog.alertUndelivered.duty');
  expect(keys).not.toContain('watchdog.alertUndelivered.practitioner');
});

test('[R11] [C23] a fault inside the protocol is said aloud, to ring the client; to a duty person also before they know of the session', () => {
  const fault = everything.filter(({ code }) => code === 'stepFailed');
  for (const [projection, key] of [
    [aPractitionerProjection(), 'watchdog.stepFailed.practitioner'],
    [aDutyProjection(null), 'watchdog.stepFailed.duty'],
  ] as const) {
    const [notice, ...others] = noticesIn(projection, fault);
    expect([notice?.level, notice?.message.key, others]).toEqual(['alert', key, []]);
  }
});

test('[V7] a duty person whom nobody alerted sees what the session server has sent to them', () => {
  const sent = everything.filter(({ code }) => code === 'sinkFailing');
  expect(noticesIn(aDutyProjection(null), sent).map(({ id }) => id)).toEqual(['watchdog.sinkFailing.pager']);
});

test('[V1 V7] a client’s view is the same whatever stands', () => {
  const client = aClientProjection();
  const views = [[], everything].map((watchdog) => JSON.stringify(view(client, aDevice({ watchdog }), 0)));
  expect(views[0]).toBe(views[1]);
});
