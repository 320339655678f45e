import { describe, expect, test } from 'vitest';
import { fail, info, ok } from '../core/seams/client.ts';
import { nsPerMs } from '../core/time.ts';
import { any } from './any.ts';
import { eachThread } from './each-thread.ts';
import { limit } from './limit.ts';
import { rate } from './pace.ts';
import { forever, functions, invocations, run } from './simulation.fixture.ts';
import { untilOk } from './until-ok.ts';

describe('until ok', () => {
  test('tries again after fail and info, and stops at the first ok', () => {
    const answers = [fail('refused'), info('timeout'), fail('refused'), ok()];
    const simulated = run(untilOk(forever('a')), {
      clientThreads: 1,
      answer: (_, __, n) => ({ latencyNs: nsPerMs, completion: answers[n]! }),
    });
    expect(functions(simulated)).toBe('a a a a');
    expect(simulated.ended).toBe('done');
  });

  test('does not stop for ever without an ok', () => {
    const simulated = run(untilOk(forever('a')), {
      answer: () => ({ latencyNs: nsPerMs, completion: fail('refused') }),
      operationsMax: 100,
    });
    expect(invocations(simulated)).toHaveLength(100);
  });

  test("somebody else's ok does not count, though it comes from a thread that it used", () => {
    const both = any(untilOk(rate(100, limit(50, forever('mine')))), limit(50, forever('theirs')));
    const simulated = run(both, {
      answer: ({ f }) => ({
        latencyNs: nsPerMs,
        completion: f === 'mine' ? fail('refused') : ok(),
      }),
    });
    expect(invocations(simulated).filter((entry) => entry.f === 'mine')).toHaveLength(50);
  });

  test('each thread stops at its own', () => {
    const simulated = run(eachThread(untilOk(forever('a'))), {
      answer: (_, __, n) => ({ latencyNs: nsPerMs, completion: n < 3 ? fail('refused') : ok() }),
    });
    expect(invocations(simulated)).toHaveLength(6);
  });
});
