/**
 * bank: money moves and is neither made nor destroyed. Every read of all accounts has the same total.
 *
 * Only reads are judged: whatever transfers happened, in whatever order, each leaves the total as it was. That a transfer
 * moved the right amount between the right accounts is not seen.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import type { Claim, Judgement } from '../claims/claim.ts';
import { violation } from '../claims/findings.ts';
import { aNumber, readOptions, yesOrNo } from '../claims/options.ts';
import type { GivenOptions } from '../claims/options.ts';
import { counted, shownList } from '../claims/shown.ts';
import { balancesIn } from './balances.ts';
import type { Balances } from './balances.ts';

/**
 * `total`: what all accounts together have; when absent, reads must agree on one. `negativeBalances`: whether an account may
 * be overdrawn.
 */
export function bankFrom(given: GivenOptions): Claim {
  const { total, negativeBalances = false } = readOptions('bank', given, {
    total: aNumber,
    negativeBalances: yesOrNo,
  });
  return {
    name: 'bank',
    says: `every read of all accounts has the same total${negativeBalances ? '' : ', and no account is overdrawn'}`,
    reads: ['transfer', 'read'],
    objects: 'by-key',
    judge: (operations) => judge(operations, total, negativeBalances),
    held: ({ reads = 0, transfersOk = 0 }) =>
      `${counted(reads, 'read')} have the same total, over ${counted(transfersOk, 'transfer')}`,
  };
}

function judge(
  operations: readonly Operation[],
  total: number | undefined,
  negativeBalances: boolean,
): Judgement {
  const ok = operations.filter(({ outcome }) => outcome === 'ok');
  const reads = ok.filter(({ f }) => f === 'read').map(balancesIn);
  const transfersOk = ok.filter(({ f }) => f === 'transfer').length;
  const [first] = reads;
  const findings = reads.flatMap((read) => [
    ...totalFindings(read, first!, total),
    ...accountFindings(read, first!),
    ...(negativeBalances ? [] : overdrawnFindings(read)),
  ]);
  return {
    findings,
    figures: { reads: reads.length, transfersOk },
    ...vacuityOf(reads.length, transfersOk),
  };
}

function vacuityOf(reads: number, transfersOk: number): Pick<Judgement, 'vacuous'> {
  if (reads === 0) return { vacuous: 'no read was answered' };
  return transfersOk === 0 ? { vacuous: 'no transfer succeeded' } : {};
}

function totalFindings(read: Balances, first: Balances, due: number | undefined): Finding[] {
  if (read.total === (due ?? first.total)) return [];
  return due === undefined
    ? [
        violation(
          'wrong-total',
          `a read has a total of ${read.total}, and the first read one of ${first.total}`,
          [read.operation, first.operation],
        ),
      ]
    : [
        violation('wrong-total', `a read has a total of ${read.total}, not ${due}`, [
          read.operation,
        ]),
      ];
}

/** All reads are of all accounts, so what one has not that another has is gone, or was made of nothing. */
function accountFindings(read: Balances, first: Balances): Finding[] {
  const missing = [...first.of.keys()].filter((account) => !read.of.has(account));
  const made = [...read.of.keys()].filter((account) => !first.of.has(account));
  if (missing.length === 0 && made.length === 0) return [];
  return [
    violation(
      'other-accounts',
      `a read has other accounts than the first: ${shownList([...missing, ...made])}`,
      [read.operation, first.operation],
    ),
  ];
}

function overdrawnFindings({ operation, of }: Balances): Finding[] {
  const overdrawn = [...of].filter(([, balance]) => balance < 0);
  if (overdrawn.length === 0) return [];
  const [[account, balance]] = overdrawn as [[string, number]];
  return [
    violation('negative-balance', `a read has account ${account} at ${balance}`, [operation]),
  ];
}
