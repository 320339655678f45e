import { describe, expect, test } from 'vitest';
import { judged, verdictOf } from './claims/reference.fixture.ts';

const read = ['0 invoke read', '0 ok read 1'];

describe('stats', () => {
  test('a function that never succeeded leaves the verdict unknown, one success is enough', async () => {
    const failed = [...read, '1 invoke write 1', '1 fail write 1'];
    expect(await judged('stats', failed)).toMatchObject({
      verdict: { verdict: 'unknown', reason: 'vacuous' },
      summary: 'no write succeeded',
    });
    expect(await judged('stats', [...failed, '1 invoke write 2', '1 ok write 2'])).toMatchObject({
      verdict: { verdict: 'valid' },
      summary: 'ok/fail/info: read 1/0/0, write 1/1/0',
      figures: { 'ok: write': 1, 'fail: write': 1, 'info: write': 0 },
    });
    expect(await verdictOf('stats', [])).toBe('unknown (vacuous)');
  });
});

describe('unhandled-errors', () => {
  const ended = (type: 'info' | 'fail', error: string) =>
    [...read, '1 invoke write 1', `1 ${type} write 1`].map((line) => ({ line, error }));

  test('an error that nobody had foreseen is noted, and violates nothing', async () => {
    const { historyFrom, historyOf } = await import('./linearizability/histories.fixture.ts');
    const history = (type: 'info' | 'fail', error: string) => {
      const { entries } = historyFrom(ended(type, error).map(({ line }) => line));
      return historyOf(entries.with(3, { ...entries[3]!, error }));
    };
    expect(await judged('unhandled-errors', history('info', 'unexpected: boom'))).toMatchObject({
      verdict: { verdict: 'valid' },
      findings: [
        {
          type: 'unhandled-error',
          kind: 'note',
          summary: '1 operation ended in: unexpected: boom',
          entries: [3],
        },
      ],
    });
    for (const known of [history('info', 'timeout'), history('fail', 'other value')])
      expect(await judged('unhandled-errors', known)).toMatchObject({ findings: [] });
    expect(await verdictOf('unhandled-errors', [])).toBe('unknown (vacuous)');
  });
});
