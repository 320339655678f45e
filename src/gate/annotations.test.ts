import { describe, expect, test } from 'vitest';
import { hostileTexts, invalidRun, judgedRun } from '../../test/support/judged-run.ts';
import { annotations } from './annotations.ts';

describe('annotations', () => {
  test('a finding is an error with the command that repeats the run', () => {
    expect(annotations(invalidRun('key 3: stale'))).toEqual([
      '::error title=dsp%3A invalid (safety)%3A replicated-log-register-partition::' +
        'not-linearizable: key 3: stale (seed 42, results/run; repeat: dsp test --seed 42)',
    ]);
  });

  test('a valid run is a notice', () => {
    expect(annotations(judgedRun())[0]).toMatch(/^::notice title=dsp%3A valid/);
  });

  test.each(['unknown', 'error'] as const)(
    '%s does not pass the gate, so it is an error',
    (verdict) => {
      expect(annotations(judgedRun({ verdict }))[0]).toMatch(/^::error /);
    },
  );

  test('no more are made than GitHub shows', () => {
    const { findings } = invalidRun('no').verdict;
    const lines = annotations(
      invalidRun('no', { findings: Array.from({ length: 30 }, () => findings[0]!) }),
    );
    expect(lines).toHaveLength(10);
    expect(lines[9]).toContain('21 more findings');
  });

  test.each(hostileTexts)('hostile text %j stays on its line', (text) => {
    const lines = annotations(invalidRun(text));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/\p{Cc}/u);
    expect(lines[0]).toMatch(/^::error title=[^:,]*::/);
  });

  test('a percent sign is not taken for an encoded one', () => {
    expect(annotations(invalidRun('100%0A'))[0]).toContain('100%250A');
  });
});
