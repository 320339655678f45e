import { describe, expect, test } from 'vitest';
import type { Entry, History } from '../core/history/entry.ts';
import { invalid } from '../core/verdict.ts';
import type { CheckResult, Finding } from '../core/verdict.ts';
import { makeFileReport } from './file-report.ts';
import { unpack } from './page/operations.ts';

const steps = ['invoke', 'ok', 'invoke', 'info'] as const;

/** A write and a read without an answer, at these times. */
const history = (timeNs: (index: number) => number): History => ({
  header: { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' },
  entries: steps.map((type, index): Entry => {
    const f = index < 2 ? 'write' : 'read';
    return { index, timeNs: timeNs(index), process: index < 2 ? 0 : 1, type, f, value: 7 };
  }),
  torn: false,
});

const found: Finding = { type: 'stale', kind: 'safety', summary: 'a stale read', entries: [2] };
const note: Finding = { type: 'malformed', kind: 'note', summary: 'line 3', entries: [] };

const check: CheckResult = {
  checker: 'list-append',
  verdict: invalid('safety'),
  summary: 'not serializable',
  findings: [found],
  isolation: { anomalyTypes: ['G1a'], not: ['read-committed'], alsoNot: ['serializable'] },
};

const reportOf = (of: History) =>
  makeFileReport({
    path: 'somewhere/history.edn',
    history: of,
    check,
    notes: [note],
    asked: { checker: 'list-append' },
    recheck: 'npx dsp check history.edn',
    versions: { dsp: '0.1.0' },
  });

const numbered = history((index) => index);
const timed = history((index) => 5e9 + index * 2e6);

describe('the report of a history file', () => {
  test('says what the checker says, and what is wrong with the file after it', () => {
    const report = reportOf(numbered);
    expect(report).toMatchObject({
      source: 'file',
      title: { names: ['history.edn', 'list-append'] },
      verdict: { word: 'invalid', detail: 'safety', summary: 'not serializable' },
      recheck: 'npx dsp check history.edn',
      counts: { operations: 2, ok: 1, fail: 0, info: 1 },
      plan: [{ name: 'checker', value: 'list-append' }],
    });
    expect(report.replay).toBeUndefined();
    expect(report.findings.map(({ checker, summary }) => [checker, summary])).toEqual([
      ['list-append', 'a stale read'],
      ['run', 'line 3'],
    ]);
    expect(report.findings[0]!.operations).toEqual([1]);
  });

  test('names the levels that the history does not keep', () => {
    expect(reportOf(numbered).checks[0]!.figures).toEqual([
      { name: 'does not keep', value: 'read-committed' },
      { name: 'so neither', value: 'serializable' },
    ]);
  });

  test('of a file without times has its entries in their order, says so, and tells no latency', () => {
    const { clock, operations, lanes, range, title, functions, notices } = reportOf(numbered);
    expect(clock).toBe('entries');
    expect([...unpack(operations, lanes, range.endUs).callUs]).toEqual([0, 2000]);
    expect(title.seconds).toBeUndefined();
    expect(functions.every(({ latencyUs }) => latencyUs === undefined)).toBe(true);
    expect(notices).toEqual([expect.stringContaining('tells no times')]);
  });

  test('of a file with times has them', () => {
    const { clock, operations, lanes, range, functions, notices } = reportOf(timed);
    expect(clock).toBe('time');
    expect([...unpack(operations, lanes, range.endUs).callUs]).toEqual([5_000_000, 5_004_000]);
    expect(functions[0]!.latencyUs?.max).toBe(2000);
    expect(notices).toEqual([]);
  });
});
