import { describe, expect, test } from 'vitest';
import type { VerdictFile } from '../store/verdict-file.ts';
import { statusOf, worstStatus } from './verdict-status.ts';

const file = (given: Partial<VerdictFile>) => given as VerdictFile;

describe('a verdict as an exit status', () => {
  test.each([
    [{ verdict: 'valid' }, 0],
    [{ verdict: 'invalid', kind: 'liveness' }, 1],
    [{ verdict: 'invalid', kind: 'safety', error: 'a node died', errorCode: 'environment' }, 1],
    [{ verdict: 'unknown', reason: 'vacuous' }, 2],
    [{ verdict: 'error', errorCode: 'environment' }, 69],
    [{ verdict: 'error', errorCode: 'harness' }, 70],
    [{ verdict: 'error' }, 70],
  ] as const)('%j is %i', (verdict, status) => {
    expect(statusOf(file(verdict))).toBe(status);
  });
});

describe('the worst of several', () => {
  test('an invalid run is hidden by nothing', () => {
    expect(worstStatus([0, 70, 1, 69, 2])).toBe(1);
  });

  test('a run that never got a verdict is not hidden by an undecided one', () => {
    expect(worstStatus([0, 69, 2])).toBe(69);
  });

  test('none at all is valid', () => {
    expect(worstStatus([])).toBe(0);
  });
});
