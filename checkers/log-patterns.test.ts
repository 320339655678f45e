import { describe, expect, test } from 'vitest';
import type { NodeLog } from '../src/core/seams/checker.ts';
import { defaultBudget } from '../src/core/seams/checker.ts';
import { traceOf } from '../src/core/trace.ts';
import { historyOf } from './linearizability/histories.fixture.ts';
import { logPatternsFrom } from './log-patterns.ts';

const wrote = (...lines: readonly string[]): NodeLog[] => [
  { node: 'n1', file: 'stdout.log', lines: [''] },
  { node: 'n2', file: 'stderr.log', lines },
];

const checked = (logs: readonly NodeLog[] | undefined, options = {}) =>
  logPatternsFrom(options).check(
    {
      history: historyOf([]),
      trace: traceOf([]),
      nodes: [],
      ...(logs === undefined ? {} : { logs: () => logs }),
    },
    defaultBudget,
  );

describe('log-patterns', () => {
  test('a line that matches is a violation, with node, file and line', () => {
    expect(checked(wrote('all is well', 'PANIC: no space'))).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary: 'node n2 wrote on line 2 of stderr.log: PANIC: no space',
      findings: [{ type: 'log-pattern', details: { node: 'n2', line: 2 } }],
    });
    expect(checked(wrote('a Fatal error'))).toMatchObject({ verdict: { verdict: 'invalid' } });
    expect(checked(wrote('no panicking here', 'a non-fatal error'))).toMatchObject({
      verdict: { verdict: 'valid' },
    });
  });

  test('patterns that are given take the place of the usual ones', () => {
    const options = { patterns: ['torn (page|block)'] };
    expect(checked(wrote('panic', 'a torn block'), options)).toMatchObject({
      summary: 'node n2 wrote on line 2 of stderr.log: a torn block',
    });
    expect(logPatternsFrom(options).spec).toEqual({ checker: 'log-patterns', options });
    for (const patterns of [['('], [], [3]])
      expect(() => logPatternsFrom({ patterns })).toThrow('must be regular expressions');
  });

  test('where no node wrote anything, or there are no nodes, nothing can be said', () => {
    for (const logs of [undefined, [], wrote('')])
      expect(checked(logs)).toMatchObject({ verdict: { verdict: 'unknown', reason: 'vacuous' } });
  });
});
