import { describe, expect, test } from 'vitest';
import type { IsolationStep, IsolationTransaction } from '../core/isolation.ts';
import type { Finding } from '../core/verdict.ts';
import { drawnTransactions } from './drawn-transactions.ts';
import { shownOperations } from './shown-operations.ts';

const nothingShown = shownOperations(undefined, new Set());

const transaction = (invokeIndex: number, says = 'read 1 → []'): IsolationTransaction => ({
  invokeIndex,
  completeIndex: invokeIndex + 1,
  process: 3,
  outcome: 'ok',
  says,
});

const step = (invokeIndex: number): IsolationStep => ({
  from: transaction(invokeIndex),
  to: transaction(invokeIndex + 2),
  because: 'rw',
  key: '1',
  values: ['[]', '2'],
  says: `T${invokeIndex} read [] of key 1`,
});

const finding = (details: unknown): Finding => ({
  type: 'G2-item',
  kind: 'safety',
  summary: 'write skew',
  entries: [],
  details,
});

const drawn = (details: unknown) => drawnTransactions(finding(details), nothingShown);

describe('a drawn anomaly', () => {
  test('is a cycle: each transaction before the next, the last before the first', () => {
    const { transactions, dependencies } = drawn({ steps: [step(0), step(2), step(4)] })!;
    expect(transactions.map(({ name }) => name)).toEqual(['T0', 'T2', 'T4']);
    expect(dependencies.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [2, 0],
    ]);
    expect(dependencies[0]).toMatchObject({
      because: 'rw',
      key: '1',
      values: ['[]', '2'],
      says: 'T0 read [] of key 1',
    });
  });

  test('has a transaction once that the cycle passes twice', () => {
    const { transactions, dependencies } = drawn({ steps: [step(0), step(2), step(0), step(4)] })!;
    expect(transactions).toHaveLength(3);
    expect(dependencies.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 0],
      [0, 2],
      [2, 0],
    ]);
  });

  test('that is no cycle has its transactions and no dependency', () => {
    expect(drawn({ transactions: [transaction(0), transaction(2)] })).toMatchObject({
      transactions: [{ name: 'T0' }, { name: 'T2' }],
      dependencies: [],
    });
  });

  test('has one text for each micro-operation, up to a limit', () => {
    const says = Array.from({ length: 40 }, (_, i) => `append 5 ${i}`).join(' · ');
    const { transactions } = drawn({ transactions: [transaction(0, says)] })!;
    expect(transactions[0]!.says.slice(0, 2)).toEqual(['append 5 0', 'append 5 1']);
    expect(transactions[0]!.says.slice(-2)).toEqual(['append 5 29', '… 10 more']);
  });

  test('has no arrow to or from what is beyond its limit, and counts that', () => {
    const steps = Array.from({ length: 50 }, (_, i) => step(2 * i));
    const { transactions, dependencies, transactionsLeftOut } = drawn({ steps })!;
    expect([transactions.length, transactionsLeftOut]).toEqual([40, 10]);
    expect(dependencies).toHaveLength(39);
  });

  test.each([[undefined], [null], [{}], [{ steps: [] }], [{ steps: [{ says: '' }] }], ['steps']])(
    'is not made of %j',
    (details) => {
      expect(drawn(details)).toBeUndefined();
    },
  );
});
