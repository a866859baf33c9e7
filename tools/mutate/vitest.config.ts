import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

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

/** A part's own tests before the table of who hears what: they notice most, and the first failure ends a mutant's run. */
class OwnFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isTable = ({ moduleId }: TestSpecification) => Number(moduleId.endsWith('hears.test.ts'));
    return Promise.resolve([...files].sort((a, b) => isTable(a) - isTable(b)));
  }
}

export default defineConfig({
  root,
  test: {
    sequence: { sequencer: OwnFirst },
    projects: [
      {
        resolve,
        root,
        test: {
          name: 'part',
          include: tests.split(','),
          setupFiles: ['packages/session/records.setup.ts'],
          // A run has one mutant, so that its files may share the modules: they are loaded once.
          isolate: false,
          // What tells the mutant has to run before each file, also in a copy that stands under node_modules.
          server: { deps: { inline: [/stryker-setup/] } },
          testTimeout,
        },
      },
      {
        resolve,
        root,
        // After the others: it is only needed where these could not begin.
        test: {
          name: 'loads',
          include: ['tools/mutate/loads.test.ts'],
          sequence: { groupOrder: 1 },
          testTimeout,
        },
      },
    ],
  },
});
