import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { historyOfReference, judged, tapes, verdictOf } from '../claims/reference.fixture.ts';
import { anything, did, permutations, worldsOf } from '../registers/anything.fixture.ts';
import type { Happened } from '../registers/anything.fixture.ts';
import { registerReference } from '../registers/reference.fixture.ts';
import { historyOf } from '../linearizability/histories.fixture.ts';
import { guarantees } from './guarantees.ts';
import type { Guarantee } from './guarantees.ts';

const checker = 'session-guarantees';
describe('session-guarantees', () => {
  test('a session that reads an older version after a newer one: monotonic-reads', async () => {
    const written = [...did(0, 'write', '1'), ...did(0, 'cas', '[1,2]')];
    const back = [...written, ...did(1, 'read', '2'), ...did(1, 'read', '1')];
    expect(await judged(checker, back)).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      findings: [
        {
          type: 'monotonic-reads',
          summary:
            'no order of versions explains monotonic-reads: 2 replaced 1, process 1 read 2 and then 1',
          entries: [7, 5, 3],
        },
      ],
    });
    const forth = [...written, ...did(1, 'read', '1'), ...did(1, 'read', '2')];
    expect(await verdictOf(checker, forth)).toBe('valid');
    const apart = [...written, ...did(1, 'read', '2'), ...did(2, 'read', '1')];
    expect(await verdictOf(checker, apart)).toBe('valid');
  });

  test('a session that does not see its own write: read-your-writes', async () => {
    const lines = [...did(0, 'write', '1'), ...did(0, 'read', 'null')];
    expect(await verdictOf(checker, lines)).toBe('invalid (safety): read-your-writes');
    expect(await verdictOf(checker, [...did(0, 'write', '1'), ...did(1, 'read', 'null')])).toBe(
      'valid',
    );
  });

  test('writes of a session in the other order: monotonic-writes', async () => {
    const written = [...did(0, 'cas', '[9,1]'), ...did(0, 'write', '2')];
    const lines = ['1 invoke cas [2,9]', ...written, '1 ok cas [2,9]'];
    const promised = { guarantees: ['monotonic-writes'] };
    expect(await verdictOf(checker, lines, promised)).toBe('invalid (safety): monotonic-writes');
    const others = { guarantees: ['read-your-writes', 'monotonic-reads'] };
    expect(await verdictOf(checker, lines, others)).toBe('valid');
  });

  test('a write that is older than what its session had read: writes-follow-reads', async () => {
    const written = [...did(0, 'read', '1'), ...did(0, 'write', '2')];
    const lines = ['1 invoke cas [2,1]', ...written, '1 ok cas [2,1]'];
    expect(await verdictOf(checker, lines)).toBe('invalid (safety): writes-follow-reads');
    const others = { guarantees: guarantees.filter((each) => each !== 'writes-follow-reads') };
    expect(await verdictOf(checker, lines, others)).toBe('valid');
  });

  test('each guarantee may hold where two together do not, and then both are named', async () => {
    const lines = [...did(0, 'write', '1'), ...did(0, 'write', '2'), ...did(0, 'read', '1')];
    const { findings } = await judged(checker, lines);
    expect(findings).toMatchObject([{ type: 'session-guarantees' }]);
    expect(findings[0]!.summary).toContain('read-your-writes and monotonic-writes');
    const alone = { guarantees: ['read-your-writes', 'monotonic-reads'] };
    expect(await verdictOf(checker, lines, alone)).toBe('valid');
  });

  test('what only an unknown write explains is no violation; what failed explains nothing', async () => {
    const lines = ['0 invoke write 1', '0 info write 1', ...did(1, 'read', '1')];
    expect(await verdictOf(checker, lines)).toBe('valid');
    const failed = lines.with(1, '0 fail write 1');
    expect(await judged(checker, failed)).toMatchObject({
      summary: '1 was read although its write failed',
    });
  });

  test('where a value was written twice, or nothing was read, nothing can be said', async () => {
    const twice = [...did(0, 'write', '1'), ...did(1, 'write', '1'), ...did(1, 'read', '1')];
    expect(await verdictOf(checker, twice)).toBe('unknown (vacuous)');
    expect(await verdictOf(checker, did(0, 'write', '1'))).toBe('unknown (vacuous)');
    await expect(judged(checker, [], { guarantees: ['linearizable'] })).rejects.toThrow(
      'must be a list of read-your-writes',
    );
  });
});

test('a linearizable register keeps all guarantees, whatever crashes and stays unknown', () =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      const history = historyOfReference(registerReference(), tape, { threads: 4 });
      expect(await verdictOf(checker, history)).toMatch(/^(valid|unknown \(vacuous\))$/);
    }),
    { numRuns: 1000 },
  ));

/** One register whose reads show any version that was written, or the newest that a session with guarantees may see. */
function sessionsFrom(tape: readonly number[], lagging: boolean): History {
  const entries: Entry[] = [];
  const log: (number | null)[] = [null];
  const places = new Map<number, number>();
  for (let at = 0; at + 2 < tape.length && log.length < 6; at += 3) {
    const process = tape[at]! % 3;
    const draw = tape[at + 1]!;
    const from = lagging ? (places.get(process) ?? 0) : 0;
    const place = from + (draw % (log.length - from));
    const record = (f: string, input: unknown, output: unknown) => {
      for (const [type, value] of [
        ['invoke', input],
        ['ok', output],
      ] as const)
        entries.push({ index: entries.length, timeNs: entries.length, process, type, f, value });
    };
    const kind = tape[at + 2]! % 4;
    if (kind < 2) {
      record('read', null, log[place]);
      places.set(process, place);
    } else {
      const expected = lagging ? log.length - 1 : place;
      const value = log.length;
      if (kind === 2) record('write', value, value);
      else record('cas', [log[expected], value], [log[expected], value]);
      places.set(process, log.push(value) - 1);
    }
  }
  return historyOf(entries);
}

test('sessions that lag behind, each at its own place, keep all guarantees', () =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      expect(await verdictOf(checker, sessionsFrom(tape, true))).toMatch(/^(valid|unknown)/);
    }),
    { numRuns: 500 },
  ));

/** Whether some order of the versions keeps what is promised: the definitions, word by word, for each order in turn. */
function isExplained(world: readonly Happened[], promised: readonly Guarantee[]): boolean {
  const versions: unknown[] = world.flatMap(({ written }) => written ?? []);
  const isThere = ({ observed }: Happened) =>
    observed === undefined || observed === null || versions.includes(observed);
  const pairs = world.flatMap((second) => second.after.map((first) => [first, second] as const));
  return (
    world.every(isThere) &&
    permutations(versions).some((order) => {
      const age = (version: unknown) => (version === null ? -1 : order.indexOf(version));
      const replaces = world.every(
        ({ observed, written }) =>
          observed === undefined || written === undefined || age(observed) < age(written),
      );
      /** Of each pair of a session in turn: what the first did, and what the second, if both did. */
      const keep = (
        first: 'observed' | 'written',
        second: 'observed' | 'written',
        may: (a: number, b: number) => boolean,
      ) =>
        pairs.every(([one, other]) => {
          const [a, b] = [one[first], other[second]];
          // What a client was not told it has not seen.
          if (second === 'observed' && other.operation.outcome === 'info') return true;
          return a === undefined || b === undefined || may(age(a), age(b));
        });
      const keeps: Record<Guarantee, boolean> = {
        'read-your-writes': keep('written', 'observed', (a, b) => a <= b),
        'monotonic-reads': keep('observed', 'observed', (a, b) => a <= b),
        'monotonic-writes': keep('written', 'written', (a, b) => a < b),
        'writes-follow-reads': keep('observed', 'written', (a, b) => a < b),
      };
      return replaces && promised.every((each) => keeps[each]);
    })
  );
}

test.each<[string, (tape: readonly number[]) => History]>([
  ['sessions', (tape) => sessionsFrom(tape, false)],
  ['operations of any end', (tape) => anything(tape.slice(0, 27), { keys: ['k'] })],
])('random %s are judged as trying all orders of versions judges them', async (_, historyFrom) => {
  const counts = { valid: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 9999 }), { minLength: 9, maxLength: 30 }),
      fc.subarray([...guarantees], { minLength: 1 }),
      async (tape, promised) => {
        const history = historyFrom(tape);
        const { verdict } = await judged(checker, history, { guarantees: promised });
        if (verdict.verdict === 'unknown') return;
        const isPossible = worldsOf(history).some((world) => isExplained(world, promised));
        const expected = isPossible ? 'valid' : 'invalid';
        counts[expected]++;
        expect(verdict.verdict).toBe(expected);
      },
    ),
    { numRuns: 3000 },
  );
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(300);
});
