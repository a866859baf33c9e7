#!/usr/bin/env node
/**
 * Completes package-lock.json with the optional platform packages that the registry, as seen from
 * the machine that wrote the lock, did not serve.
 *
 * `npm install` leaves such a package out of the lock without a word, and `npm ci` on any other
 * machine then refuses the lock ("Missing: @rollup/rollup-darwin-arm64 from lock file"). The added
 * entries have no integrity hash; npm fetches them only on the platform that they are for.
 *
 *   node tools/complete-lock.mjs           adds what is missing
 *   node tools/complete-lock.mjs --check   changes nothing, exits 1 when an entry is missing
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './workspace/run.mjs';

const systems = [
  'darwin',
  'win32',
  'linux',
  'android',
  'freebsd',
  'openbsd',
  'netbsd',
  'openharmony',
  'sunos',
  'aix',
];
const processors = ['x64', 'arm64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el'];

/** Exact optional dependencies that the lock names but has no entry for: `[{ name, version, isDev }]`. */
export function missingOptionals(lock) {
  const missing = new Map();
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const isExact = /^\d/.test(version);
      const isPresent =
        lock.packages[`node_modules/${name}`] ?? lock.packages[`${path}/node_modules/${name}`];
      if (isExact && !isPresent) missing.set(name, { name, version, isDev: entry.dev === true });
    }
  }
  return [...missing.values()];
}

/** The lock entry of one platform package, its platform read from its name. */
export function platformEntry({ name, version, isDev }) {
  const parts = name.split(/[/-]/);
  const os = systems.find((system) => parts.includes(system));
  const cpu =
    processors.find((processor) => parts.includes(processor)) ?? (/arm/.test(name) ? 'arm' : undefined);
  const isGlibc = name.includes('gnu') && os === 'linux';
  const libc = name.includes('musl') ? ['musl'] : isGlibc ? ['glibc'] : undefined;
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(isDev && { dev: true }),
    ...(libc && { libc }),
    optional: true,
    ...(os && { os: [os] }),
  };
}

/** A copy of the lock with every missing entry added, in npm's own order. */
export function completed(lock) {
  const packages = { ...lock.packages };
  for (const optional of missingOptionals(lock))
    packages[`node_modules/${optional.name}`] = platformEntry(optional);
  const inOrder = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(inOrder) };
}

function main() {
  const file = path.join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingOptionals(lock);
  if (missing.length === 0) {
    console.log('package-lock.json is complete');
    return;
  }
  if (process.argv.includes('--check')) {
    console.error(
      `package-lock.json lacks ${missing.length} platform entries: ${missing.map(({ name }) => name).join(', ')}`,
    );
    console.error('Run: node tools/complete-lock.mjs');
    process.exitCode = 1;
    return;
  }
  writeFileSync(file, `${JSON.stringify(completed(lock), null, 2)}\n`);
  console.log(`added ${missing.length} platform entries to package-lock.json`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
