/** docs/your-own-system.md as its reader lives it: its files are taken out of the page and run. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import type { VerdictFile } from '../../src/store/verdict-file.ts';
import { ownProject, type OwnProject } from '../support/own-project.ts';

const page = readFileSync(new URL('../../docs/your-own-system.md', import.meta.url), 'utf8');

/** The block that begins with the file's name. */
function fileOf(name: string): string {
  const block = [...page.matchAll(/```\w+\n\/\/ (\S+)\n([\s\S]*?)```/g)].find(
    ([, file]) => file === name,
  );
  return block?.[2] ?? expect.unreachable(`${name} is not in the document`);
}

/** Long enough for several partitions; which they are, the seed decides. */
const shortly = ['--nemesis', 'partition', '--time-limit', '15', '--seed', '200'];
const quietly = ['--quiet', '--json'];
const primaryCut = ['--option', 'partition.shape=leader-alone'];

let project: OwnProject;
beforeAll(async () => {
  project = await ownProject();
  project.write('package.json', '{ "type": "module" }');
  project.write('server.mjs', fileOf('server.mjs'));
  project.write('dsp.config.ts', fileOf('dsp.config.ts'));
});
afterAll(() => project[Symbol.dispose]());

describe('the example', () => {
  test('defines a system in less than 60 lines, without a type error', async () => {
    expect(fileOf('dsp.config.ts').split('\n').length).toBeLessThan(60);
    expect(await project.typeErrors('dsp.config.ts')).toBe('');
  });

  test('has one where its session lacks a call that it offers', async () => {
    const lacking = fileOf('dsp.config.ts').replace('put: async', 'putt: async');
    project.write('lacking.config.ts', lacking);
    expect(await project.typeErrors('lacking.config.ts')).toContain('lacking.config.ts(');
  });

  test('is listed beside the built-in systems', async () => {
    const { stdout } = await project.dsp('list', 'systems');
    expect(stdout).toMatch(/^ {2}replicated-log /m);
    expect(stdout).toMatch(/^ {2}my-kv +a key-value store with one primary/m);
  });

  test('is refused in one sentence where it is wrong', async () => {
    const wrong = fileOf('dsp.config.ts').replace('client: 8080', "client: '8080' as never");
    project.write('wrong.config.ts', wrong);
    const { stderr, exitCode } = await project.dsp('test', '--config', 'wrong.config.ts');
    expect(stderr).toBe(
      'dsp: wrong.config.ts: systems.my-kv.ports.client must be a port number\n  hint: it is "8080"',
    );
    expect(exitCode).toBe(64);
  });
});

test('a server that the probe says nothing to is no cluster whose faults could be proved', async () => {
  const silent = fileOf('dsp.config.ts').replace('nodesMin', "probe: { ask: 'P' },\n  nodesMin");
  project.write('silent.config.ts', silent);
  const wait = ['--ready-timeout-ms', '2000', '--quiet'];
  const { exitCode, stderr } = await project.dsp('test', '--config', 'silent.config.ts', ...wait);
  expect(stderr).toContain(
    'no probe of n1→n2, n1→n3, n2→n1 and 6 more was answered within 2000 ms',
  );
  expect(exitCode).toBe(69);
});

describe('its reads', () => {
  test('from anywhere are stale in a partition, and the run is judged where no configuration is', async () => {
    const { stdout, stderr, exitCode } = await project.dsp(
      'test',
      ...shortly,
      ...primaryCut,
      ...quietly,
    );
    expect(exitCode, stdout + stderr).toBe(1);
    const verdict = JSON.parse(stdout) as VerdictFile;
    expect(verdict).toMatchObject({ verdict: 'invalid', kind: 'safety' });
    expect(verdict.counts.faultsInstalled).toBeGreaterThan(0);
    expect(verdict.counts.faultsIndeterminate).toBe(0);
    await judgedElsewhere(verdict);
    await plannedAgain(verdict);
  });

  test('from the primary are linearizable whatever is cut', async () => {
    const { stdout, stderr, exitCode } = await project.dsp(
      'test',
      ...shortly,
      ...quietly,
      '--option',
      'reads=primary',
    );
    expect(exitCode, stdout + stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'valid' });
  });
});

/** On another machine there is the run's folder and nothing else. */
async function judgedElsewhere({ summary }: VerdictFile): Promise<void> {
  const run = join(project.folder, 'results', 'latest');
  cpSync(run, join(project.elsewhere, 'run'), { recursive: true, dereference: true });
  const checked = await project.dspElsewhere('check', 'run', '--json');
  expect(JSON.parse(checked.stdout)).toMatchObject([
    { verdict: 'invalid', kind: 'safety', summary },
  ]);
  expect(checked.exitCode).toBe(1);
  const shown = await project.dspElsewhere('show', 'run', '--out', '.');
  expect(shown.stdout).toContain('invalid (safety)');
  expect((await project.dspElsewhere('report', 'run', '--out', '.')).exitCode).toBe(0);
}

/** The command that the verdict quotes makes the same plan again. */
async function plannedAgain(verdict: VerdictFile): Promise<void> {
  const folder = join(project.folder, 'results', 'latest');
  const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Plan;
  expect(verdict.replay).toBe(
    'npx dsp test --nodes 3 --system my-kv --nemesis partition --time-limit 15 --option partition.shape=leader-alone --seed 200',
  );
  const again = await project.dsp(...verdict.replay.split(' ').slice(2), '--dry-run');
  expect(JSON.parse(again.stdout)).toEqual(plan);
}
