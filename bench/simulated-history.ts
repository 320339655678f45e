/**
 * Histories of registers that are right by construction, for benchmarks and tests: each operation takes effect at one
 * moment between its call and its return, and answers with what was there. Seeded: the same options give the same history.
 */
import type { Entry, History, Key } from '../src/core/history/entry.ts';
import { seededRandom } from '../src/core/random.ts';
import type { Random } from '../src/core/random.ts';

export interface SimulatedHistory {
  readonly seed: string;
  readonly operations: number;
  readonly clients: number;
  /** A key ends after so many operations. */
  readonly operationsPerKey: number;
  /** How many keys are in use at a time. */
  readonly keysAtATime: number;
  /** Values are drawn from so many; 0 for values that are all different. */
  readonly values: number;
  /** Of 100 operations; the rest are writes. */
  readonly reads: number;
  readonly compareAndSets: number;
  /** Of 100 operations, those whose end nobody knows. */
  readonly unknown: number;
  /** So many reads answer with a value of long ago. */
  readonly staleReads: number;
}

export const simulatedDefaults: SimulatedHistory = {
  seed: 'simulated',
  operations: 1000,
  clients: 10,
  operationsPerKey: 120,
  keysAtATime: 5,
  values: 0,
  reads: 50,
  compareAndSets: 15,
  unknown: 0,
  staleReads: 0,
};

export function simulatedHistory(options: Partial<SimulatedHistory> = {}): History {
  const settings = { ...simulatedDefaults, ...options };
  const random = seededRandom(settings.seed);
  const world = newWorld(settings, random);
  const threads = Array.from({ length: settings.clients }, (_, process): Thread => ({ process }));
  let nextProcess = settings.clients;
  let invoked = 0;
  for (;;) {
    const busy = threads.filter((thread) => thread.pending !== undefined);
    if (invoked === settings.operations && busy.length === 0) break;
    const thread = random.pick(invoked === settings.operations ? busy : threads);
    if (thread.pending === undefined) {
      thread.pending = world.invoke(thread.process, invoked++);
    } else if (thread.pending.answer === undefined && random.chance(0.7)) {
      world.takeEffect(thread.pending);
    } else if (thread.pending.answer !== undefined || thread.pending.isUnknown) {
      if (!world.complete(thread.process, thread.pending)) thread.process = nextProcess++;
      delete thread.pending;
    }
  }
  return {
    header: { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' },
    entries: world.entries,
    torn: false,
  };
}

interface Thread {
  process: number;
  pending?: Pending;
}

interface Pending {
  readonly f: string;
  readonly key: Key;
  readonly value: unknown;
  readonly isUnknown: boolean;
  readonly isStale: boolean;
  answer?: Pick<Entry, 'type' | 'value'> & { readonly error?: string };
}

function newWorld(settings: SimulatedHistory, random: Random) {
  const entries: Entry[] = [];
  const registers = new Map<Key, { values: (number | null)[] }>();
  const written = new Map<Key, number>();
  const stale = new Set(
    Array.from({ length: settings.staleReads }, () => random.integer(0, settings.operations - 1)),
  );
  const record = (entry: Omit<Entry, 'index' | 'timeNs'>) =>
    entries.push({ ...entry, index: entries.length, timeNs: entries.length * 1000 });
  const valueFor = (key: Key): number => {
    const count = (written.get(key) ?? 0) + 1;
    written.set(key, count);
    return settings.values === 0 ? count : random.integer(0, settings.values - 1);
  };
  const at = (key: Key) => {
    const known = registers.get(key) ?? { values: [null] };
    registers.set(key, known);
    return known.values;
  };
  return {
    entries,
    invoke(process: number, ordinal: number): Pending {
      const group = Math.floor(ordinal / (settings.operationsPerKey * settings.keysAtATime));
      const key = group * settings.keysAtATime + (ordinal % settings.keysAtATime);
      const isStale = stale.has(ordinal);
      const kind = isStale ? 0 : random.integer(0, 99);
      const f =
        kind < settings.reads
          ? 'read'
          : kind < settings.reads + settings.compareAndSets
            ? 'compare-and-set'
            : 'write';
      const to = f === 'read' ? null : valueFor(key);
      const value = f === 'compare-and-set' ? [at(key).at(-1) ?? 0, to] : to;
      record({ process, type: 'invoke', f, key, value });
      return { f, key, value, isStale, isUnknown: random.integer(0, 99) < settings.unknown };
    },
    takeEffect(pending: Pending): void {
      const values = at(pending.key);
      const current = values.at(-1)!;
      if (pending.f === 'read') {
        const old = values[Math.max(0, values.length - 10)]!;
        pending.answer = { type: 'ok', value: pending.isStale ? old : current };
      } else if (pending.f === 'write') {
        values.push(pending.value as number);
        pending.answer = { type: 'ok', value: pending.value };
      } else {
        const [from, to] = pending.value as [number, number];
        const fits = from === current;
        if (fits) values.push(to);
        pending.answer = fits
          ? { type: 'ok', value: pending.value }
          : { type: 'fail', value: pending.value, error: 'other value' };
      }
    },
    /** False when the client is retired. */
    complete(process: number, { f, key, isUnknown, value, answer }: Pending): boolean {
      record(
        isUnknown || answer === undefined
          ? { process, type: 'info', f, key, value, error: 'timeout' }
          : { process, f, key, ...answer },
      );
      return !isUnknown;
    },
  };
}
