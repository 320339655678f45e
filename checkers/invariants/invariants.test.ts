import { describe, expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import { defaultBudget } from '../../src/core/seams/checker.ts';
import type { TrueTimeNs } from '../../src/core/time.ts';
import { traceOf } from '../../src/core/trace.ts';
import type { TraceEventName, TraceEvents, Traced } from '../../src/core/trace.ts';
import { describeVerdict } from '../../src/core/verdict.ts';
import type { CheckResult } from '../../src/core/verdict.ts';
import { invariantRegistry, invariants } from './registry.ts';
import type { InvariantName } from './registry.ts';

/** What a node said; time is the place in the list. */
type Said = (timeNs: number) => Traced;

const said =
  <Name extends TraceEventName>(node: string, event: Name, fields: TraceEvents[Name]): Said =>
  (timeNs) =>
    ({ node: node as NodeId, timeNs: timeNs as TrueTimeNs, event, ...fields }) as unknown as Traced;

const judge = async (name: InvariantName, ...events: readonly Said[]): Promise<CheckResult> => {
  const trace = traceOf(events.map((event, i) => event(i)));
  const history = {
    header: { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' },
    entries: [],
    torn: false,
  } as const;
  return invariants([name])[0]!.check({ history, trace, nodes: [] }, defaultBudget);
};

const verdict = async (...args: Parameters<typeof judge>): Promise<string> =>
  describeVerdict((await judge(...args)).verdict);

const elected = (node: string, generation: number) => said(node, 'leader-elected', { generation });
const entered = (node: string, generation: number) =>
  said(node, 'generation-entered', { generation });
const applied = (node: string, index: number, generation: number, digest: string) =>
  said(node, 'entry-applied', { index, generation, digest });
const moved = (node: string, mark: number) =>
  said(node, 'high-water-mark-moved', { mark, generation: 1 });
const started = (node: string) => said(node, 'started', { incarnation: 1 });

test.each(Object.entries(invariantRegistry))('%s is told by its own name', (name, invariant) => {
  expect(invariant.name).toBe(name);
});

test.each(Object.keys(invariantRegistry) as InvariantName[])(
  '%s says aloud that it saw nothing',
  async (name) => {
    expect(await verdict(name)).toBe('unknown (vacuous)');
  },
);

describe('one leader per generation', () => {
  const name = 'one-leader-per-generation';

  test('holds while generations change hands', async () => {
    expect(await verdict(name, elected('n1', 1), elected('n2', 2), elected('n1', 3))).toBe('valid');
  });

  test('holds when a node is elected twice in one', async () => {
    expect(await verdict(name, elected('n1', 1), elected('n1', 1))).toBe('valid');
  });

  test('two in one are named with their elections', async () => {
    const result = await judge(name, elected('n1', 1), elected('n2', 2), elected('n3', 2));
    expect(result.verdict).toEqual({ verdict: 'invalid', kind: 'safety' });
    expect(result.findings).toEqual([
      {
        type: name,
        kind: 'safety',
        summary: 'n2 and n3 both led generation 2',
        entries: [],
        details: {
          events: [
            { node: 'n2', timeNs: 1, event: 'leader-elected', generation: 2 },
            { node: 'n3', timeNs: 2, event: 'leader-elected', generation: 2 },
          ],
        },
      },
    ]);
  });
});

describe('a generation never goes back', () => {
  const name = 'generation-never-goes-back';

  test('holds when a restarted node enters the one that it had kept', async () => {
    const again = [entered('n1', 3), started('n1'), entered('n1', 3), entered('n1', 4)];
    expect(await verdict(name, ...again, entered('n2', 1))).toBe('valid');
  });

  test('a restarted node that begins anew is named', async () => {
    const result = await judge(name, entered('n1', 3), started('n1'), entered('n1', 0));
    expect(result.summary).toBe('n1 was in generation 3, and later in generation 0');
  });

  test('a vote in an older generation is one too', async () => {
    const vote = said('n1', 'vote-granted', { generation: 2, to: 'n2' as NodeId });
    expect(await verdict(name, entered('n1', 3), vote)).toBe('invalid (safety)');
    expect(await verdict(name, entered('n1', 2), vote)).toBe('valid');
  });
});

describe('committed entries agree', () => {
  const name = 'committed-entries-agree';

  test('holds when nodes apply the same entries, at their own pace and again', async () => {
    const same = [applied('n1', 1, 1, 'aa'), applied('n2', 1, 1, 'aa'), applied('n1', 2, 1, 'bb')];
    expect(await verdict(name, ...same, started('n1'), applied('n1', 1, 1, 'aa'))).toBe('valid');
  });

  test.each([
    ['another command', 1, 'ab'],
    ['the same command of another generation', 2, 'aa'],
  ])('%s at the same index is a violation', async (_, generation, digest) => {
    const events = [applied('n1', 1, 1, 'aa'), applied('n2', 1, generation, digest)];
    expect((await judge(name, ...events)).findings[0]).toMatchObject({
      type: name,
      summary: `at index 1, n1 applied the entry aa of generation 1, and n2 the entry ${digest} of generation ${generation}`,
    });
  });

  test('so is one that a node applies anew after its restart', async () => {
    expect(await verdict(name, applied('n1', 1, 1, 'aa'), applied('n1', 1, 2, 'bb'))).toBe(
      'invalid (safety)',
    );
  });
});

describe('a high-water mark never goes back', () => {
  const name = 'high-water-mark-never-goes-back';

  test('holds while it grows, and for what is applied up to it', async () => {
    expect(await verdict(name, moved('n1', 2), applied('n1', 2, 1, 'aa'), moved('n1', 3))).toBe(
      'valid',
    );
  });

  test('a mark that goes back is named', async () => {
    const result = await judge(name, moved('n1', 3), moved('n2', 1), moved('n1', 2));
    expect(result.summary).toBe('the high-water mark of n1 went back from 3 to 2');
  });

  test('a node that starts anew may begin anew', async () => {
    expect(await verdict(name, moved('n1', 3), started('n1'), moved('n1', 2))).toBe('valid');
    expect(await verdict(name, moved('n1', 3), started('n2'), moved('n1', 2))).toBe(
      'invalid (safety)',
    );
  });

  test('what is applied above it is named', async () => {
    const result = await judge(name, moved('n1', 2), applied('n1', 3, 1, 'aa'));
    expect(result.summary).toBe('n1 applied entry 3, above its high-water mark 2');
  });
});
