import type { Fact } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { actor, aChart, calm } from '../../testing/deliver.js';
import { contactConcept } from './contact.concept.js';
import type { ContactContext, ContactEvent } from './contact-state.js';
import { isUp, lastContactOf, reportsAfter, type MediaReport, type MediaReports } from './media-evidence.js';
import { unsettledAfter } from './unsettled.js';

const reported = (rest: Partial<MediaReport> = {}): MediaReport => ({
  ...({ device: 'd1', state: 'up', lastMs: 500, saidMs: 500, verdict: 'unknown', isHeard: true } as const),
  ...rest,
});
const delivered = (fact: Fact, person = 'c1', atMs = 1000) =>
  ({ ...fact, atMs, saidAtMs: null, by: actor(person), now: calm }) as ContactEvent;
const media = (state: 'up' | 'silent', device = 'd1', atMs = 1000) =>
  delivered(
    {
      type: 'media.reported',
      client: 'c1',
      device,
      state,
      lastBothWaysAtMs: 700,
      verdict: 'me',
    },
    'c1',
    atMs,
  );
const silent = (device: string, lastHeardAtMs: number, atMs = 1000) =>
  delivered({ type: 'device.silent', person: 'c1', device, lastHeardAtMs }, 'c1', atMs);

test('[P8] media is up while the newest reports of heard devices say so, and no other', () => {
  expect(isUp({})).toBe(false);
  expect(isUp({ c1: reported() })).toBe(true);
  expect(isUp({ c1: reported({ isHeard: false }) })).toBe(false);
  expect(isUp({ c1: reported({ state: 'silent' }) })).toBe(false);
  expect(isUp({ c1: reported(), p1: reported({ state: 'silent', saidMs: 499 }) })).toBe(true);
  expect(isUp({ c1: reported(), p1: reported({ state: 'silent' }) })).toBe(false);
  expect(isUp({ c1: reported(), p1: reported({ state: 'silent', saidMs: 501 }) })).toBe(false);
  expect(isUp({ c1: reported(), p1: reported({ state: 'silent', saidMs: 501, isHeard: false }) })).toBe(true);
});

test('[P8][H01] a device that lost its media takes the place of another only where that has none', () => {
  const said = { device: 'd2', state: 'silent', lastMs: 700, saidMs: 1000, verdict: 'me', isHeard: true };
  const up: MediaReports = { c1: reported() };
  expect(reportsAfter(up, media('silent', 'd2'))).toEqual(up);
  expect(reportsAfter({}, media('silent', 'd2'))).toEqual({ c1: said });
  expect(reportsAfter({ c1: reported({ state: 'silent' }) }, media('silent', 'd2'))).toEqual({ c1: said });
  expect(reportsAfter(up, media('silent'))).toEqual({ c1: { ...said, device: 'd1' } });
  expect(reportsAfter(up, media('up', 'd2'))).toEqual({ c1: { ...said, state: 'up' } });
});

test('[P8][P10] a device that is heard no more had media until then, if it had said so', () => {
  const both: MediaReports = { c1: reported(), p1: reported({ device: 'd2' }) };
  expect(reportsAfter(both, silent('d1', 900))).toEqual({
    c1: reported({ lastMs: 900, isHeard: false }),
    p1: both['p1'],
  });
  expect(reportsAfter(both, silent('d1', 400))['c1']).toEqual(reported({ isHeard: false }));
  const down: MediaReports = { c1: reported({ state: 'silent' }) };
  expect(reportsAfter(down, silent('d1', 900))).toEqual({
    c1: reported({ state: 'silent', isHeard: false }),
  });
  expect(
    reportsAfter(both, delivered({ type: 'device.unloading', person: 'c1', device: 'd1' }))['c1'],
  ).toEqual(reported({ lastMs: 1000, isHeard: false }));
});

test('[P10] the last contact is the newest that anybody knows of', () => {
  expect(lastContactOf({}, null)).toBeNull();
  expect(lastContactOf({}, 300)).toBe(300);
  expect(lastContactOf({ c1: reported() }, null)).toBe(500);
  expect(lastContactOf({ c1: reported(), p1: reported({ lastMs: 600 }) }, 700)).toBe(700);
  expect(lastContactOf({ c1: reported(), p1: reported({ lastMs: 600 }) }, 300)).toBe(600);
});

const context = (upSinceMs: number | null, reports: MediaReports): ContactContext => ({
  ...(aChart(contactConcept, 'c1').context as unknown as ContactContext),
  unsettled: { upSinceMs },
  reports,
});

test('[V1][H16] contact is settled once it was up for long enough, whatever risk is', () => {
  const up: MediaReports = { c1: reported() };
  const started = delivered({ type: 'server.started', unwatchedMs: 0 });
  expect(unsettledAfter({ ...context(null, {}), unsettled: null }, up, media('up'))).toBeNull();
  expect(unsettledAfter(context(null, {}), up, media('up'))).toEqual({ upSinceMs: 1000 });
  expect(unsettledAfter(context(800, {}), up, media('up'))).toEqual({ upSinceMs: 1000 });
  expect(unsettledAfter(context(800, up), up, media('up'))).toEqual({ upSinceMs: 800 });
  expect(unsettledAfter(context(null, up), up, media('up'))).toEqual({ upSinceMs: 1000 });
  expect(unsettledAfter(context(null, up), up, started)).toEqual({ upSinceMs: null });
});

test('[V1][P11] what breaks within 5 s is not settled, what breaks after them was', () => {
  const up: MediaReports = { c1: reported() };
  expect(unsettledAfter(context(800, up), {}, silent('d1', 900, 5800))).toEqual({ upSinceMs: null });
  expect(unsettledAfter(context(800, up), {}, silent('d1', 900, 5801))).toBeNull();
  expect(unsettledAfter(context(800, {}), {}, silent('d1', 900, 9000))).toEqual({ upSinceMs: null });
  expect(unsettledAfter(context(null, up), {}, silent('d1', 900, 9000))).toEqual({ upSinceMs: null });
});
