import { expect, test } from 'vitest';
import { freshRunId, isAbandoned, label, runLabels } from './labels.ts';

const own = runLabels('r', 'results/x');

test('a run of this very process is not abandoned', () => {
  expect(isAbandoned(own)).toBe(false);
});

test('a run whose controller is gone is abandoned, also when another process has its pid now', () => {
  expect(isAbandoned({ ...own, [label.controller]: '4194305:77' })).toBe(true);
  expect(isAbandoned({ ...own, [label.controller]: `${process.pid}:77` })).toBe(true);
});

test('a run of another host is nobody’s to judge here', () => {
  expect(isAbandoned({ ...own, [label.controller]: '1:1', [label.host]: 'elsewhere' })).toBe(false);
});

test('run ids differ', () => {
  expect(new Set(Array.from({ length: 100 }, freshRunId)).size).toBe(100);
});
