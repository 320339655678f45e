import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { bucketWidthUs, functionFigures, latencyFigures, seriesOf } from './series.ts';
import type { ShownOperation } from './shown-operations.ts';

const operation = (
  f: string,
  outcome: 'ok' | 'fail' | 'info',
  callMs: number,
  lastsMs: number | undefined,
): ShownOperation => ({
  invokeIndex: 0,
  completeIndex: 1,
  process: 0,
  f,
  key: undefined,
  input: null,
  output: null,
  outcome,
  error: undefined,
  callNs: callMs * 1e6,
  returnNs: 0,
  endNs: lastsMs === undefined ? undefined : (callMs + lastsMs) * 1e6,
  node: undefined,
});

describe('percentiles', () => {
  test('are values that occurred: the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(latencyFigures(hundred.toReversed())).toEqual({ p50: 50, p95: 95, p99: 99, max: 100 });
    expect(latencyFigures([7])).toEqual({ p50: 7, p95: 7, p99: 7, max: 7 });
  });

  test('of nothing there are none', () => {
    expect(latencyFigures([])).toBeUndefined();
  });
});

describe('buckets', () => {
  test('are of widths that people read without effort, few enough, and not too thin', () => {
    const minute = { startUs: 0, endUs: 60e6 };
    expect(bucketWidthUs(minute, 100_000)).toBe(500_000);
    expect(bucketWidthUs(minute, 600)).toBe(2_000_000);
  });

  propertyTest.prop([
    fc.array(fc.tuple(fc.constantFrom('ok', 'fail', 'info'), fc.nat(9000), fc.nat(900))),
  ])('hold every completed operation once', (all) => {
    const operations = all.map(([outcome, callMs, lastsMs]) =>
      operation('read', outcome as 'ok', callMs, lastsMs),
    );
    const { bucketUs, okPerSec, failPerSec, infoPerSec } = seriesOf(operations, {
      startUs: 0,
      endUs: 10e6,
    });
    const sum = [...okPerSec, ...failPerSec, ...infoPerSec].reduce((a, b) => a + b, 0);
    expect(sum * (bucketUs / 1e6)).toBeCloseTo(all.length, 0);
  });

  test('count an operation where it completed, and its latency where it was invoked', () => {
    const series = seriesOf([operation('read', 'ok', 100, 9500)], { startUs: 0, endUs: 10e6 });
    expect(series.okPerSec.findIndex((n) => n > 0)).toBe(series.okPerSec.length - 1);
    expect(series.p50Us.findIndex((p) => p !== null)).toBe(0);
    expect(series.p50Us[0]).toBe(9.5e6);
  });

  test('leave out what never completed', () => {
    const series = seriesOf([operation('read', 'info', 100, undefined)], {
      startUs: 0,
      endUs: 10e6,
    });
    expect(series.infoPerSec.every((n) => n === 0)).toBe(true);
  });
});

test('figures of functions count every outcome, and latency of ok alone', () => {
  const operations = [
    operation('read', 'ok', 0, 2),
    operation('read', 'info', 0, 900),
    operation('write', 'fail', 0, 1),
  ];
  expect(functionFigures(operations)).toEqual([
    {
      name: 'read',
      ok: 1,
      fail: 0,
      info: 1,
      latencyUs: { p50: 2000, p95: 2000, p99: 2000, max: 2000 },
    },
    { name: 'write', ok: 0, fail: 1, info: 0, latencyUs: undefined },
  ]);
});
