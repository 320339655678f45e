/**
 * Phi accrual: how suspicious a silence is, judged by how beats have come so far.
 *
 * phi is −log10 of the chance that the next beat comes later still, were gaps between beats normally distributed with the
 * mean and deviation of those seen. At phi 1 one suspicion in ten is wrong, at phi 8 one in a hundred million. Where links
 * are slow or uneven the same phi waits longer: a fixed timeout would suspect them again and again, or be late elsewhere.
 * Source: Hayashibara, Défago, Yared, Katayama 2004.
 */
import type { Random } from '../../../src/core/random.ts';
import type { Env, MonotonicTimeMs } from '../../sdk/env.ts';
import type { SuspicionPolicy } from './failure-detector.ts';

export interface PhiOptions {
  /** The phi at which the sender is suspected. */
  readonly suspectAtPhi: number;
  /** How many gaps between beats are remembered. */
  readonly gapsMax: number;
  /** What gaps are taken for before there are any. */
  readonly gapMsExpected: number;
  /** Beats that came like clockwork must not make the first late one a death. */
  readonly deviationMsMin: number;
  /** Drawn on top, so that several watchers do not act at once. */
  readonly extraMsMax: number;
}

export interface Gaps {
  readonly meanMs: number;
  readonly deviationMs: number;
}

/** A policy that learns from the beats of one sender. */
export function phiAccrual(
  env: Pick<Env, 'monotonicNow'>,
  random: Random,
  options: PhiOptions,
): SuspicionPolicy {
  const gapsMs: number[] = [options.gapMsExpected];
  let lastBeat: MonotonicTimeMs | undefined;
  return {
    beat() {
      const now = env.monotonicNow();
      if (lastBeat !== undefined) gapsMs.push(now - lastBeat);
      if (gapsMs.length > options.gapsMax) gapsMs.shift();
      lastBeat = now;
    },
    suspected: () => void (lastBeat = undefined),
    timeoutMs() {
      const { meanMs, deviationMs } = gapsOf(gapsMs);
      const gaps = { meanMs, deviationMs: Math.max(deviationMs, options.deviationMsMin) };
      return silenceMsAt(options.suspectAtPhi, gaps) + random.integer(0, options.extraMsMax);
    },
  };
}

function gapsOf(gapsMs: readonly number[]): Gaps {
  const meanMs = gapsMs.reduce((sum, gap) => sum + gap, 0) / gapsMs.length;
  const variance = gapsMs.reduce((sum, gap) => sum + (gap - meanMs) ** 2, 0) / gapsMs.length;
  return { meanMs, deviationMs: Math.sqrt(variance) };
}

/**
 * How suspicious a silence of this length is. The normal distribution's tail is approximated by a logistic function of a
 * cubic, which stays exact enough where the tail itself would be lost to rounding (Bowling et al. 2009).
 */
export function phi(silenceMs: number, { meanMs, deviationMs }: Gaps): number {
  const y = (silenceMs - meanMs) / deviationMs;
  const exponent = y * (1.5976 + 0.070566 * y * y);
  // The tail is 1 / (1 + e^exponent); written so that neither end overflows.
  return exponent > 0
    ? (exponent + Math.log1p(Math.exp(-exponent))) / Math.LN10
    : Math.log1p(Math.exp(exponent)) / Math.LN10;
}

/** The silence at which phi is reached. phi only grows, so halving the span finds it. */
export function silenceMsAt(wanted: number, gaps: Gaps): number {
  let low = 0;
  let high = gaps.meanMs + gaps.deviationMs;
  while (phi(high, gaps) < wanted) high *= 2;
  while (high - low > 0.5) {
    const middle = (low + high) / 2;
    if (phi(middle, gaps) < wanted) low = middle;
    else high = middle;
  }
  return high;
}
