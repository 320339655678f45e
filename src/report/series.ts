/** Figures over time, and latency percentiles: exact, from all operations, never from a sample. */
import { toUs } from './micros.ts';
import type { FunctionFigures, LatencyFigures, Series, TimeRange } from './model.ts';
import type { ShownOperation } from './shown-operations.ts';
import { textOfLine } from './text-table.ts';

const bucketsMax = 240;
const bucketsMin = 30;
/** On average; fewer, and percentiles would be noise. */
const operationsPerBucketMin = 15;
/** Widths that people read without effort. */
const bucketWidthsUs = [1, 2, 5].flatMap((n) => [1e4, 1e5, 1e6, 1e7, 1e8, 1e9].map((s) => n * s));

/** The narrowest of the usual widths that gives few enough buckets. */
export function bucketWidthUs({ startUs, endUs }: TimeRange, operations: number): number {
  const most = Math.floor(operations / operationsPerBucketMin);
  const buckets = Math.min(bucketsMax, Math.max(bucketsMin, most));
  const widths = bucketWidthsUs.toSorted((a, b) => a - b);
  return (
    widths.find((width) => (endUs - startUs) / width <= buckets) ??
    Math.ceil((endUs - startUs) / buckets)
  );
}

/** Throughput by outcome and latency percentiles in buckets of equal width. */
export function seriesOf(operations: readonly ShownOperation[], range: TimeRange): Series {
  const bucketUs = bucketWidthUs(range, operations.length);
  const startUs = Math.floor(range.startUs / bucketUs) * bucketUs;
  const buckets = Math.max(1, Math.ceil((range.endUs - startUs) / bucketUs));
  const bucketOf = (timeNs: number) =>
    Math.min(buckets - 1, Math.max(0, Math.floor((toUs(timeNs) - startUs) / bucketUs)));
  const counts = { ok: zeros(buckets), fail: zeros(buckets), info: zeros(buckets) };
  const latencies = Array.from({ length: buckets }, (): number[] => []);
  for (const { outcome, callNs, endNs } of operations) {
    if (endNs === undefined) continue;
    counts[outcome][bucketOf(endNs)]! += 1;
    if (outcome === 'ok') latencies[bucketOf(callNs)]!.push((endNs - callNs) / 1000);
  }
  const perSec = (count: readonly number[]) => count.map((n) => round(n / (bucketUs / 1e6)));
  const figures = latencies.map(latencyFigures);
  return {
    startUs,
    bucketUs,
    okPerSec: perSec(counts.ok),
    failPerSec: perSec(counts.fail),
    infoPerSec: perSec(counts.info),
    p50Us: figures.map((each) => each?.p50 ?? null),
    p95Us: figures.map((each) => each?.p95 ?? null),
    p99Us: figures.map((each) => each?.p99 ?? null),
  };
}

/** Counts and latency of each function, in the order in which they first occur. */
export function functionFigures(operations: readonly ShownOperation[]): FunctionFigures[] {
  const groups = Map.groupBy(operations, (operation) => operation.f);
  return [...groups].map(([f, group]) => {
    const count = (outcome: string) => group.filter((each) => each.outcome === outcome).length;
    const latencies = group
      .filter((each) => each.outcome === 'ok' && each.endNs !== undefined)
      .map((each) => (each.endNs! - each.callNs) / 1000);
    return {
      name: textOfLine(f, 80),
      ok: count('ok'),
      fail: count('fail'),
      info: count('info'),
      latencyUs: latencyFigures(latencies),
    };
  });
}

/** Nearest-rank percentiles; undefined of nothing. */
export function latencyFigures(latenciesUs: readonly number[]): LatencyFigures | undefined {
  if (latenciesUs.length === 0) return undefined;
  const sorted = Float64Array.from(latenciesUs).toSorted();
  const rank = (percent: number) =>
    round(sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!);
  return { p50: rank(50), p95: rank(95), p99: rank(99), max: rank(100) };
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

/** One decimal: finer than anything that a chart or a table shows. */
const round = (value: number): number => Math.round(value * 10) / 10;
