import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Artifacts } from './artifacts.js';
import type { Device } from './browser.js';

/** Words that the page objects type, and the names that the quickstart gives: planted, so that a leak can be found. */
const MARKERS = [
  '5550100',
  '5550101',
  '5550102',
  'Exampletown',
  'Alex Example',
  'Robin (practitioner)',
  'Sam (client)',
  'Nic (interpreter)',
  'Pat (supporter)',
  'Mika (colleague)',
];

/** What the page keeps on the device, into the artifacts, where the scan reads it. */
export async function keepStorage(artifacts: Artifacts, devices: readonly Device[]): Promise<void> {
  for (const { name, page } of devices) {
    const kept = await page
      .evaluate(async () => ({
        address: location.href,
        local: Object.entries(localStorage),
        session: Object.entries(sessionStorage),
        cookies: document.cookie,
        databases: (await indexedDB.databases()).map((database) => database.name),
        caches: 'caches' in window ? await caches.keys() : [],
      }))
      // A page that was left, killed or blanked has nothing to read.
      .catch(() => null);
    artifacts.writeJson(`storage-${name}.json`, kept);
  }
}

/** H18: store, events, logs, console lines, timings and device storage of a scenario hold none of the planted words. */
export function expectNoMarkers(folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/\.(png|js)$/.test(entry.name),
  );
  expect(files.length, 'files to scan').toBeGreaterThan(2);
  const found = files.flatMap((entry) => {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    return MARKERS.filter((marker) => bytes.includes(marker)).map(
      (marker) => `${entry.name} holds "${marker}"`,
    );
  });
  expect(found, '[H18] planted words outside the vault').toEqual([]);
}
