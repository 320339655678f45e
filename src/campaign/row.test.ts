import { describe, expect, test } from 'vitest';
import { campaignOf } from '../../test/support/campaign.ts';
import { invalidRun, judgedRun } from '../../test/support/judged-run.ts';
import type { VerdictFile } from '../store/verdict-file.ts';
import type { Outcome } from '../workers/task.ts';
import { plannedRuns } from './campaign.ts';
import { rowOf } from './row.ts';

const [run] = plannedRuns(campaignOf({ first: '7' }));
const judged = (verdict: VerdictFile): Outcome => ({
  how: 'judged',
  verdict,
  cpuSeconds: 0.25,
  memoryMegabytes: 200,
  wallSeconds: 0.5,
});

describe('the row of a run', () => {
  test('says what it came to, what it took, and how it is made again', () => {
    expect(rowOf(run!, judged(judgedRun().verdict))).toEqual({
      cell: 'cell-1',
      seed: '7',
      verdict: 'valid',
      summary: 'every key has a linearization',
      counts: judgedRun().verdict.counts,
      cpuSeconds: 0.25,
      memoryMegabytes: 200,
      wallSeconds: 0.5,
      replay: expect.stringMatching(/^npx dsp test .*--seed 7$/) as string,
    });
  });

  test('names the checker and the finding of one that is not valid', () => {
    expect(rowOf(run!, judged(invalidRun('key 3').verdict))).toMatchObject({
      verdict: 'invalid',
      kind: 'safety',
      checker: 'linearizable',
      finding: 'not-linearizable',
    });
  });

  test.each(['crashed', 'hung', 'failed'] as const)('is an error where it %s', (how) => {
    const row = rowOf(run!, { how, message: 'no memory', wallSeconds: 3 });
    expect(row).toMatchObject({ verdict: 'error', errorCode: 'harness', wallSeconds: 3 });
    expect(row?.summary).toBe(`${how}: no memory`);
  });

  test('keeps what kind of error it was', () => {
    const verdict = judgedRun({ verdict: 'error', errorCode: 'environment' }).verdict;
    expect(rowOf(run!, judged(verdict))).toMatchObject({ errorCode: 'environment' });
  });

  test('is none where it was interrupted, unless what there was is invalid', () => {
    const interrupted = { interrupted: true };
    expect(rowOf(run!, { how: 'stopped', message: '', wallSeconds: 0 })).toBeUndefined();
    expect(rowOf(run!, judged(judgedRun(interrupted).verdict))).toBeUndefined();
    expect(rowOf(run!, judged(invalidRun('key 3', interrupted).verdict))).toBeDefined();
  });
});
