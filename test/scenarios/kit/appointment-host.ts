import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { HostSettings } from '../programs/appointment-host.js';
import type { Stage } from './scenario.js';

/** The host of `programs/appointment-host.ts` with these settings, as a program that `startHost` can start. */
export async function appointmentHost({ artifacts }: Stage, settings: HostSettings): Promise<string> {
  const outfile = artifacts.path('host.js');
  const quickstart = join(process.cwd(), 'examples/quickstart/dist/server.js');
  await build({
    entryPoints: [join(process.cwd(), 'test/scenarios/programs/appointment-host.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    // As the quickstart has them: the packages as they are built, and its own pages from where they lie.
    packages: 'external',
    define: {
      SETTINGS: JSON.stringify(settings),
      'import.meta.url': JSON.stringify(pathToFileURL(quickstart).href),
    },
  });
  return outfile;
}
