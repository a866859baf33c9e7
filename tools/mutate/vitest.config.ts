import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tests = process.env['HOLDFAST_MUTATE_TESTS'] ?? 'packages/{protocol,session}/src/**/*.test.ts';

/**
 * The unit tests of protocol and session, as the mutation tester runs them in its copy of the repository. Packages are
 * resolved inside that copy: by way of node_modules they would be those of the repository, without any mutant.
 */
const resolve = {
  alias: readdirSync(`${root}packages`).flatMap((name) => [
    { find: new RegExp(`^@holdfast/${name}$`), replacement: `${root}packages/${name}/src/index.ts` },
    {
      find: new RegExp(`^@holdfast/${name}/(.+)$`),
      replacement: `${root}packages/${name}/src/$1/index.ts`,
    },
  ]),
};

const testTimeout = 20_000;

export default defineConfig({
  root,
  test: {
    projects: [
      {
        resolve,
        root,
        test: {
          name: 'part',
          include: tests.split(','),
          setupFiles: ['packages/session/records.setup.ts'],
          testTimeout,
        },
      },
      { resolve, root, test: { name: 'loads', include: ['tools/mutate/loads.test.ts'], testTimeout } },
    ],
  },
});
