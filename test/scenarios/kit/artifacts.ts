import { appendFileSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from './browser.js';

/** What a scenario leaves behind for a person to look at: pictures, events, timings, logs. */
export interface Artifacts {
  readonly folder: string;
  path(file: string): string;
  /** One line in timings.json: what happened, when, and what it was compared with. */
  note(what: string, atMs: number, detail?: Readonly<Record<string, unknown>>): void;
  /** A picture of every page that is still there, named by the step. */
  picture(step: string, devices: readonly Device[]): Promise<void>;
  keep(file: string, as: string): void;
  writeJson(file: string, value: unknown): void;
  writeTimings(): void;
}

export const artifactsRoot = join(process.cwd(), 'test/artifacts');

export function createArtifacts(name: string): Artifacts {
  const folder = join(artifactsRoot, name.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const path = (file: string) => join(folder, file);
  const timings: Record<string, unknown>[] = [];
  let pictures = 0;
  return {
    folder,
    path,
    note: (what, atMs, detail) => {
      timings.push({ what, atMs, at: new Date(atMs).toISOString(), ...detail });
    },
    picture: async (step, devices) => {
      pictures += 1;
      for (const device of devices) {
        const file = path(`${String(pictures).padStart(2, '0')}-${step}-${device.name}.png`);
        await device.page.screenshot({ path: file, timeout: 5000 }).catch(() => undefined);
      }
    },
    keep: (file, as) => {
      if (existsSync(file)) copyFileSync(file, path(as));
    },
    writeJson: (file, value) => writeFileSync(path(file), `${JSON.stringify(value, null, 2)}\n`),
    writeTimings: () => writeFileSync(path('timings.json'), `${JSON.stringify(timings, null, 2)}\n`),
  };
}

/** Appends the console lines of a device to the artifacts. */
export function keepConsole(artifacts: Artifacts, device: Device): void {
  if (device.consoleLines.length === 0) return;
  appendFileSync(artifacts.path(`console-${device.name}.log`), `${device.consoleLines.join('\n')}\n`);
}
