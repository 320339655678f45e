/** A workload's operations performed one after the other on a store in memory, right or wrong in one way, and then judged. */
import { makeChecker } from '../checkers/registry.ts';
import type { Entry, History } from '../src/core/history/entry.ts';
import { seededRandom } from '../src/core/random.ts';
import { defaultBudget } from '../src/core/seams/checker.ts';
import type { Generator } from '../src/core/seams/generator.ts';
import type { Session, Value } from '../src/core/seams/system.ts';
import type { Workload } from '../src/core/seams/workload.ts';
import { traceOf } from '../src/core/trace.ts';
import { combine, describeVerdict } from '../src/core/verdict.ts';
import { simulate } from '../src/generator/simulate.ts';

/** What a store does wrong, every so many calls. */
export type Mistake = 'none' | 'forgets-a-change' | 'shows-an-old-value' | 'swaps-and-denies-it';

const mistakeEvery = 37;
const threads = 6;

/** What the workload's own judges say, as one verdict. */
export async function verdictOver(workload: Workload, mistake: Mistake): Promise<string> {
  const history = await performedOn(workload, storeWith(mistake));
  const input = { history, trace: traceOf([]), nodes: [] };
  const results = await Promise.all(
    workload.judges().map(async (spec) => makeChecker(spec).check(input, defaultBudget)),
  );
  return describeVerdict(combine(results.map(({ verdict }) => verdict)));
}

async function performedOn(workload: Workload, session: Session): Promise<History> {
  const context = { random: seededRandom('store'), concurrency: threads, options: {} };
  const clients = new Map<unknown, ReturnType<Workload['client']>>();
  const entries: Entry[] = [];
  const record = (entry: Omit<Entry, 'index' | 'timeNs'>) =>
    void entries.push({ ...entry, index: entries.length, timeNs: entries.length });
  const perform = async (generator: Generator, operationsMax: number) => {
    for (const asked of askedBy(generator, operationsMax)) {
      const { process, f, value, key } = asked;
      const named = { process, f, ...(key === undefined ? {} : { key }) };
      record({ ...named, type: 'invoke', value });
      const client = clients.get(process) ?? workload.client(session);
      clients.set(process, client);
      const completion = await client[f]!(asked, new AbortController().signal);
      const answer = completion.type === 'ok' ? completion.value : value;
      record({ ...named, type: completion.type, value: answer });
    }
  };
  await perform(workload.generator(context), 800);
  for (let thread = 0; thread < threads; thread++)
    await perform(workload.recovery(context, thread), 10);
  const keys = new Set(entries.flatMap(({ key }) => (key === undefined ? [] : [key])));
  await perform(workload.finalReads(context, [...keys]), 100);
  return {
    header: { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' },
    entries,
    torn: false,
  };
}

const askedBy = (generator: Generator, operationsMax: number): Entry[] =>
  simulate({ generator, clientThreads: threads, operationsMax }).history.entries.filter(
    ({ type }) => type === 'invoke',
  );

function storeWith(mistake: Mistake): Session {
  const values = new Map<string, Value>();
  const before = new Map<string, Value>();
  let calls = 0;
  const isDue = (kind: Mistake) => mistake === kind && ++calls % mistakeEvery === 0;
  const change = (key: string, to: Value) => {
    before.set(key, values.get(key) ?? null);
    if (!isDue('forgets-a-change')) values.set(key, to);
  };
  return {
    get: (key) => Promise.resolve((isDue('shows-an-old-value') ? before : values).get(key) ?? null),
    put: (key, to) => Promise.resolve(change(key, to)),
    'compare-and-set'(key, from, to) {
      if ((values.get(key) ?? null) !== from) return Promise.resolve(false);
      change(key, to);
      return Promise.resolve(!isDue('swaps-and-denies-it'));
    },
    close: () => Promise.resolve(),
  };
}
