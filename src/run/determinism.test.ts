import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systems } from '../../nodes/systems.ts';
import { configSchema } from '../config/schema.ts';
import { settingsOf } from '../config/settings.ts';
import type { Plan } from '../core/plan.ts';
import { differences } from './determinism.ts';
import { makePlan } from './plan.ts';
import { runPlan } from './run.ts';
import { compareRuns, linesInFolder, linesOf } from './same-run.ts';
import { judgeSimulated, simulate, type SimulatedRun } from './simulate.ts';

const never = new AbortController().signal;

const planOf = (seed: string): Plan =>
  makePlan(
    settingsOf(
      configSchema.parse({
        runtime: 'sim',
        nemesis: ['partition', 'kill', 'pause'],
        timeLimit: 8,
        seed,
      }),
    ),
    systems,
  );

let out: string;
let folder: string;
let again: SimulatedRun;
const plan = planOf('repeats');

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'dsp-determinism-'));
  const options = { systems, outFolder: out, keep: false, signal: never, stopNow: never };
  ({ folder } = await runPlan(plan, options));
  again = await simulate(plan, systems);
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

const comparedWith = (run: SimulatedRun) => compareRuns(linesInFolder(folder), linesOf(run));

/** Changes one line of a file of the run, for as long as the work takes. */
function withLine(name: string, line: number, text: string, work: () => void): void {
  const path = join(folder, name);
  const kept = readFileSync(path, 'utf8');
  const lines = kept.split('\n');
  lines[line - 1] = text;
  writeFileSync(path, lines.join('\n'));
  try {
    work();
  } finally {
    writeFileSync(path, kept);
  }
}

describe('a simulated run', () => {
  test('comes out of its plan again, byte for byte, and no node code goes round Env', async () => {
    expect(await differences(folder, plan, systems, never)).toEqual([]);
  });

  test('in memory and in a folder gets the same verdict', async () => {
    const { verdict, summary, counts } = await judgeSimulated(plan, again);
    const file = JSON.parse(readFileSync(join(folder, 'verdict.json'), 'utf8')) as object;
    expect(file).toMatchObject({ verdict, summary, counts });
  });

  test('of another seed is another run', async () => {
    const other = await simulate(planOf('another'), systems);
    expect(comparedWith(other).same).toBe(false);
  });

  test('that was recorded otherwise is told by file and line', () => {
    const trace = 'nodes/n3/trace.jsonl';
    withLine(trace, 4, '{"timeNs":7,"event":"other"}', () => {
      const recorded = '{"timeNs":7,"event":"other"}';
      expect(comparedWith(again)).toMatchObject({ difference: { file: trace, line: 4, recorded } });
    });
  });

  test('is told of where it differs first in time, not first in a list of files', () => {
    withLine('history.jsonl', 100, '{"timeNs":9000000000}', () =>
      withLine('nodes/n5/trace.jsonl', 2, '{"timeNs":1}', () => {
        const place = { file: 'nodes/n5/trace.jsonl', line: 2 };
        expect(comparedWith(again)).toMatchObject({ difference: place });
      }),
    );
  });
});

test('many seeds repeat, each in this process and in memory', async () => {
  for (let seed = 0; seed < 10; seed++) {
    const [one, two] = [
      await simulate(planOf(`${seed}`), systems),
      await simulate(planOf(`${seed}`), systems),
    ];
    expect(JSON.stringify([two.history, two.events])).toBe(
      JSON.stringify([one.history, one.events]),
    );
  }
});
