import { defineConfig } from 'vitest/config';

/**
 * Packages import each other by name. The private `source` condition resolves that to `src/*.ts`,
 * so tests need no build and a stack trace points to the source.
 */
const conditions = ['source', 'module', 'import', 'default'];

const shared = {
  resolve: { conditions },
  ssr: {
    resolve: { conditions: [...conditions, 'node'], externalConditions: ['node', 'import', 'default'] },
  },
};

/** Fails a stuck test early enough that a whole run still ends by itself. */
const unitTimeoutMs = 20_000;
const crossTimeoutMs = 120_000;
/** One scenario at production times walks the whole ladder: up to about half an hour. */
const scenarioTimeoutMs =
  process.env['HOLDFAST_SCENARIO_PROFILE'] === 'production' ? 45 * 60_000 : 4 * 60_000;

/** By itself vitest leaves one core to its own process, which is mostly idle: on two cores that is half of them. */
const everyCore = '100%';

/** Elements are registered once in a page: each file needs a page, and modules, of its own. */
const pageTests = ['packages/elements/src/**/*.test.ts', 'examples/*/src/**/*.test.ts'];

/** A scenario file of which nothing belongs to this run declares no test. Vitest reads it, its types do not list it. */
const mayBeEmpty = { passWithNoTests: true };

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['packages/*/src/**/*.test.ts'],
          setupFiles: ['packages/session/records.setup.ts'],
          exclude: pageTests,
          testTimeout: unitTimeoutMs,
          maxWorkers: everyCore,
          // No module of these packages holds state: to load them anew for each file took two thirds of the time.
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          name: 'unit-page',
          environment: 'node',
          include: pageTests,
          testTimeout: unitTimeoutMs,
          maxWorkers: everyCore,
        },
      },
      {
        ...shared,
        test: {
          name: 'cross',
          environment: 'node',
          include: ['test/{contracts,properties,simulation,packaging}/**/*.test.ts'],
          testTimeout: crossTimeoutMs,
          hookTimeout: crossTimeoutMs,
          maxWorkers: everyCore,
        },
      },
      {
        ...shared,
        test: {
          name: 'scenarios',
          ...mayBeEmpty,
          environment: 'node',
          include: ['test/scenarios/**/*.scenario.ts'],
          testTimeout: scenarioTimeoutMs,
          hookTimeout: scenarioTimeoutMs,
          retry: 0,
          // Scenarios share network namespaces, processor time and one browser binary: one after the other.
          pool: 'forks',
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { concurrent: false, shuffle: false },
        },
      },
    ],
  },
});
