import { expect, test } from 'vitest';
import { simPlan } from '../run/plan.fixture.ts';
import { testFile } from './test-file.ts';

const found = {
  plan: { ...simPlan({ nemesis: ['kill'] }), schedule: { calm: false, operations: [] } },
  entries: [],
  finding: 'not-linearizable',
  summary: 'a node said */ process.exit(1) /*\nand more',
  replay: 'npx dsp replay results/x',
  trials: 3,
};

test('what a node said does not leave its comment', () => {
  const text = testFile(found);
  const comment = text.slice(0, text.indexOf('*/'));
  expect(comment).toContain('a node said * / process.exit(1) /*\\nand more');
  expect(text.slice(comment.length)).not.toContain('process.exit');
});

test('under other runtimes than the simulator it runs as often as a candidate was tried, and says why', () => {
  expect(testFile(found)).not.toContain('repeats');
  const text = testFile({ ...found, plan: { ...found.plan, runtime: 'process' } });
  expect(text).toContain(', repeats: 2 }');
  expect(text).toContain('Under --runtime process processes interleave as they will');
});
