/**
 * Real histories with known verdicts: those that come with Porcupine's module where that is present, else the part of them
 * that is kept here (test/fixtures/histories).
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { History } from '../src/core/history/entry.ts';
import { parseHistory } from '../src/formats/read-history.ts';

export interface Recorded {
  readonly name: string;
  readonly history: () => History;
  readonly known: Known;
}

export interface RecordedSets {
  readonly etcd: readonly Recorded[];
  readonly kv: readonly Recorded[];
}

/** Of the module in this folder; of our own fixtures without one. One etcd log, 095, is empty, and has no verdict. */
export function recordedSets(moduleFolder: string | undefined): RecordedSets {
  const root = moduleFolder === undefined ? fixtures : join(moduleFolder, 'test_data');
  const known = moduleFolder === undefined ? ownVerdicts() : verdictsInTests(moduleFolder);
  const etcd = join(root, moduleFolder === undefined ? 'etcd-jepsen' : 'jepsen');
  return {
    etcd: logsIn(etcd, '.log', (name) => known.get(name)),
    kv: logsIn(join(root, 'kv'), '.txt', (name) => (/bad/.test(name) ? 'invalid' : 'valid')),
  };
}

const fixtures = fileURLToPath(new URL('../test/fixtures/histories', import.meta.url));

type Known = 'valid' | 'invalid';

function logsIn(
  folder: string,
  ending: string,
  knownOf: (name: string) => Known | undefined,
): Recorded[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.flatMap((name) => {
    const known = knownOf(name);
    if (known === undefined) return [];
    const text = readFileSync(join(folder, name), 'utf8');
    return { name, known, history: () => parseHistory(text, name, 'auto') };
  });
}

function ownVerdicts(): ReadonlyMap<string, Known> {
  const text = readFileSync(join(fixtures, 'etcd-jepsen/verdicts.json'), 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, Known>));
}

/** Porcupine's tests say it of each log: `checkJepsen(t, 7, true)`. */
function verdictsInTests(moduleFolder: string): ReadonlyMap<string, Known> {
  const tests = readFileSync(join(moduleFolder, 'porcupine_test.go'), 'utf8');
  const said = tests.matchAll(/checkJepsen\(t, (\d+), (true|false)\)/g);
  return new Map(
    Array.from(said, ([, number, isLinearizable]): [string, Known] => [
      `etcd_${number!.padStart(3, '0')}.log`,
      isLinearizable === 'true' ? 'valid' : 'invalid',
    ]),
  );
}
