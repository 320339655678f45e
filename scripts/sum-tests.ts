/** Sums up vitest's JSON results in one plain line, `N passed, N failed`; a result that is missing has failed. */
import { existsSync, readFileSync } from 'node:fs';

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

const missing: Results = { numPassedTests: 0, numFailedTests: 1, numFailedTestSuites: 0 };
const all = process.argv
  .slice(2)
  .map((path) =>
    existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Results) : missing,
  );
const passed = all.reduce((sum, each) => sum + each.numPassedTests, 0);
// A file that cannot even be loaded has no failed test in it, but it has failed.
const failed = all.reduce(
  (sum, each) => sum + (each.numFailedTests === 0 ? each.numFailedTestSuites : each.numFailedTests),
  0,
);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
