/**
 * Differential: the same verdicts as Porcupine, built from its released module where Go is present. Many more histories:
 * `DSP_DIFFERENTIAL=100000 npx vitest run checkers/linearizability/porcupine.test.ts`.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { simulatedHistory } from '../../bench/simulated-history.ts';
import { openPorcupine, questionOf } from '../../bench/porcupine.ts';
import type { Porcupine } from '../../bench/porcupine.ts';
import type { History } from '../../src/core/history/entry.ts';
import { defaultBudget } from '../../src/core/seams/checker.ts';
import { decide } from './decide.ts';
import { historyFromTape, tapes } from './histories.fixture.ts';
import { models } from './models/registry.ts';
import type { Family } from './objects.fixture.ts';

const numRuns = Number(process.env['DSP_DIFFERENTIAL'] ?? 3000);
const batchSize = 3000;

let porcupine: Porcupine | { readonly missing: string };
beforeAll(async () => {
  porcupine = await openPorcupine();
}, 300_000);
afterAll(async () => {
  if ('judge' in porcupine) await porcupine[Symbol.asyncDispose]();
});

/** Histories on which the two differ, and how many were violations. */
async function compare(
  porcupine: Porcupine,
  family: Family,
  reading: boolean,
  histories: readonly History[],
): Promise<{ differences: History[]; violations: number }> {
  const model = family === 'kv' ? 'kv' : 'register';
  const answers = await porcupine.judge(
    histories.map((history) => questionOf(history, model, reading)),
  );
  const differences: History[] = [];
  let violations = 0;
  for (const [i, history] of histories.entries()) {
    const ours = decided(family, reading, history);
    if (ours === 'Illegal') violations++;
    if (ours !== answers[i]!.verdict) differences.push(history);
  }
  return { differences, violations };
}

/** Before violations are put to the reference engine. Where nothing succeeded Porcupine finds no fault either. */
function decided(family: Family, failedIsEvidence: boolean, history: History): string {
  const asked = { engine: 'dsp', failedIsEvidence } as const;
  const said = decide(models[family]({}), history, asked, defaultBudget);
  if (said.violations.length > 0) return 'Illegal';
  return said.undecided.length + said.refuted.length > 0 ? 'Unknown' : 'Ok';
}

/** A skip that nobody overlooks. */
function orSkip(skip: (why: string) => void): Porcupine {
  if ('judge' in porcupine) return porcupine;
  console.warn(`\n!!! NOT COMPARED WITH PORCUPINE: ${porcupine.missing}\n`);
  skip(porcupine.missing);
  throw new Error('a skipped test goes no further');
}

describe.each<[Family, boolean]>([
  ['register', false],
  ['cas-register', false],
  ['cas-register', true],
  ['kv', false],
])('%s (a failure is evidence: %s)', (family, reading) => {
  test('random histories get the verdict of Porcupine', async ({ skip }) => {
    const rival = orSkip(skip);
    const options = { operationsMax: 30, processes: 4, lieEvery: 15, values: 4 };
    let violations = 0;
    for (let seed = 0; seed * batchSize < numRuns; seed++) {
      const histories = fc
        .sample(tapes(200), { numRuns: Math.min(batchSize, numRuns - seed * batchSize), seed })
        .map((tape) => historyFromTape(family, tape, options));
      const result = await compare(rival, family, reading, histories);
      expect(result.differences).toEqual([]);
      violations += result.violations;
    }
    expect(violations).toBeGreaterThan(numRuns / 50);
    expect(violations).toBeLessThan(numRuns * 0.95);
  }, 3_600_000);
});

test('long histories of registers get the verdict of Porcupine', async ({ skip }) => {
  const histories = Array.from({ length: 40 }, (_, i) =>
    simulatedHistory({
      seed: `differential ${i}`,
      operations: 240,
      operationsPerKey: 60,
      keysAtATime: 2,
      clients: 5,
      values: i % 2 === 0 ? 0 : 4,
      unknown: 3,
      staleReads: i % 3,
    }),
  );
  const result = await compare(orSkip(skip), 'cas-register', false, histories);
  expect(result.differences).toEqual([]);
  expect(result.violations).toBeGreaterThan(5);
});
