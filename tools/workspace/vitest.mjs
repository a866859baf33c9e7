import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTool } from './run.mjs';

/** Counts of one run. A file that could not be loaded counts as one failed test. */
function countsOf(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Runs vitest projects and counts their tests. A crash, a timeout, an unhandled error and a run
 * without any test are failures too, because each of them would look like success in the counts.
 */
export async function runVitest(projects, { filters = [], env = {}, limitMs = 0 } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-vitest-'));
  const outputFile = path.join(folder, 'report.json');
  const chosen = projects.flatMap((name) => ['--project', name]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
  const { code } = await runTool('vitest/vitest.mjs', ['run', ...chosen, ...reporters, ...filters], {
    env,
    limitMs,
  });
  const report = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : undefined;
  rmSync(folder, { recursive: true, force: true });
  if (report === undefined) {
    console.error(`vitest ended with code ${code} and without a report (${projects.join(', ')})`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const counts = countsOf(report);
  if (code !== 0 && counts.failed === 0) {
    console.error(
      `vitest ended with code ${code} though no test failed: an error outside of the tests, see above`,
    );
    return { ...counts, failed: 1 };
  }
  return counts;
}
