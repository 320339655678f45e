/** The command line as a person meets it: real runs of the launcher, none of which starts a cluster. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dsp, launcher } from './support/dsp.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'dsp-cli-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const header = '{"format":"dsp-history","version":1,"originNs":0,"startedAt":""}';
const invoked = '{"index":0,"timeNs":0,"process":0,"type":"invoke","f":"write","value":1}';
const succeeded = '{"index":1,"timeNs":1,"process":0,"type":"ok","f":"write","value":1}';

/** One sentence, perhaps with a hint below it, and nothing else. */
const oneSentence = /^dsp: [^\n]+(\n {2}hint: [^\n]+)?$/;

describe('what bad input gets: one sentence, the nearest valid value, the right exit status', () => {
  test.each([
    [['tset'], 64, /there is no command tset\n.*did you mean test\?/],
    [['help', 'tset'], 64, /there is no command tset\n.*did you mean test\?/],
    [['test', '--nemsis', 'kill'], 64, /there is no flag --nemsis\n.*did you mean --nemesis\?/],
    [['test', '--nemesis'], 64, /--nemesis needs a value/],
    [['test', 'partition'], 64, /partition is one argument too many/],
    [['test', '-q', '-v'], 64, /--verbose and --quiet exclude each other/],
    [['test', '--seed', '1', '--seed', '2'], 64, /--seed is given 2 times/],
    [['test', '--system', 'replicated-logs'], 64, /--system: .*\n.*did you mean replicated-log\?/],
    [['test', '--workload', 'registers'], 64, /--workload: .*\n.*did you mean register\?/],
    [['test', '--nemesis', 'partitoin'], 64, /--nemesis: .*\n.*did you mean partition\?/],
    [['test', '--runtime', 'proces'], 64, /--runtime: .*\n.*did you mean process\?/],
    [['test', '--bug', 'quorum/half'], 64, /--bug: quorum\/half .*\n.*quorum\/half-is-enough/],
    [['test', '--nodes', '0'], 64, /--nodes is 0; it must be at least 1\n.*is 1$/],
    [['test', '--rate', '0'], 64, /--rate is 0; it must be more than 0/],
    [['test', '--time-limit', '0'], 64, /--time-limit is 0; it must be more than 0/],
    [['test', '--concurrency', 'two'], 64, /--concurrency is "two"; it must be a whole number/],
    [['test', '--option', 'partition.shpe=one'], 64, /partition\.shpe/],
    [['test', '--config', 'nowhere.ts'], 64, /--config: there is no file nowhere\.ts/],
    [['list', 'bogs'], 64, /bogs is not known\n.*did you mean bugs\?/],
    [['init', '/nowhere'], 64, /there is no folder \/nowhere/],
    [['show', 'no-such-run', '--out', '/nowhere'], 64, /there is no run no-such-run/],
    [['replay', 'no-such-run', '--out', '/nowhere'], 64, /there is no run no-such-run/],
    [['replay', '--times', '0'], 64, /--times is 0; it must be a whole number above 0/],
    [['replay', '--times', '1.5'], 64, /--times is 1\.5; it must be a whole number above 0/],
    [['shrink', 'docs', '--out', '/nowhere'], 64, /there is no run docs/],
    [['shrink', '--budget-seconds', 'x'], 64, /--budget-seconds is x; it must be a number above 0/],
    [['shrink', '--trials', '-1'], 64, /--trials/],
    [['check'], 64, /the argument .* is missing/],
    [['check', '/nowhere/a.log', '--model', 'kv'], 65, /\/nowhere\/a\.log: there is no such file/],
    [['check', 'package.json', '--model', 'kv'], 65, /package\.json/],
    [['check', 'package.json'], 64, /needs a model\n.*register\|cas-register\|kv/],
    [['check', 'package.json', '--model', 'kw'], 64, /kw"? is not known\n.*did you mean kv\?/],
    [['check', 'a.log', '--model', 'kv', '--engine', 'porc'], 64, /porc .*\n.*mean porcupine\?/],
    [['check', 'package.json', '--checker', 'linear'], 64, /linear .*\n.*linearizable/],
    [['check', 'package.json', '--format', 'json'], 64, /json is not known\n.*jsonl/],
    [['check', 'a.log', 'b.log', '--report', 'r.html'], 64, /--report is of one history file/],
    [['check', '-', '/dev/stdin'], 64, /standard input can be read once\n.*write it to a file/],
    [['check', '-', '--report', 'r.html'], 64, /standard input can be read once/],
    [['check', '-', '--model', 'kv'], 65, /-: is empty/],
    [['check', 'src', '--report', 'r.html'], 64, /--report is of one .*\n.*dsp report/],
    [['check', 'package.json', '--budget-seconds', '0'], 64, /--budget-seconds is 0/],
    [['check', 'package.json', '--budget-megabytes', 'x'], 64, /--budget-megabytes is x/],
    [['toxiproxy', '--port', '70000'], 64, /--port is 70000.*\n.*is 65535$/],
  ])('dsp %j', async (args, status, sentence) => {
    const { exitCode, stdout, stderr } = await dsp(args);
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toMatch(sentence);
    expect({ exitCode, stdout }).toEqual({ exitCode: status, stdout: '' });
  });

  test.each([
    ['a key that is none', 'export default { nodse: 3 };', /nodse is not a setting\n.*nodes\?/],
    ['a value that cannot be', 'export default { nodes: "three" };', /nodes is "three"/],
    ['no configuration', 'export const nodes = 3;', /has no configuration object/],
    ['no JavaScript', 'export default { nodes: ', /cannot be loaded/],
  ])('a configuration with %s', async (name, text, sentence) => {
    const path = file(`${name.replaceAll(' ', '-')}.config.mjs`, text);
    const { exitCode, stderr } = await dsp(['test', '--dry-run', '--config', path]);
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBe(64);
  });

  test('a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { exitCode, stderr } = await dsp(['toxiproxy', '--port', String(port)]);
    server.close();
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toContain(String(port));
    expect(exitCode).toBe(69);
  });

  test('a history with a malformed line: the line is named', async () => {
    const path = file('bad.jsonl', `${header}\n${invoked}\n{"index":1,"type":"maybe"}\n`);
    const { exitCode, stderr } = await dsp(['check', path, '--model', 'register']);
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toContain(`${path}:3: type is "maybe"`);
    expect(exitCode).toBe(65);
  });

  test('a history whose last line was cut off: judged up to there, and unknown', async () => {
    const path = file('torn.jsonl', `${header}\n${invoked}\n{"index":1,"ti`);
    const { exitCode, stdout } = await dsp(['check', path, '--model', 'register', '--json']);
    const row = { file: path, verdict: 'unknown', reason: 'torn', operations: 1, findings: [] };
    expect(JSON.parse(stdout)).toMatchObject([row]);
    expect(exitCode).toBe(2);
  });

  test('a good history beside a bad one: a row each, and the worst exit status', async () => {
    const good = file('good.jsonl', `${header}\n${invoked}\n${succeeded}\n`);
    const { exitCode, stdout } = await dsp([
      'check',
      good,
      '/nowhere',
      '--model',
      'register',
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject([{ verdict: 'valid' }, { verdict: 'error' }]);
    expect(exitCode).toBe(65);
  });

  test.each(['-', '/dev/stdin', '/dev/fd/0'])(
    'a history on the standard input, as %s',
    async (path) => {
      const check = (text: string) =>
        dsp(['check', path, '--model', 'register', '--json'], {}, text);
      const { exitCode, stdout } = await check(`${header}\n${invoked}\n${succeeded}\n`);
      expect(JSON.parse(stdout)).toMatchObject([{ file: '-', verdict: 'valid', operations: 1 }]);
      expect(exitCode).toBe(0);
      const broken = await check(`${header}\n${invoked}\n{"index":1,"type":"maybe"}\n`);
      expect(broken.stderr).toContain('-:3: type is "maybe"');
      expect(broken.exitCode).toBe(65);
    },
  );

  test('a standard input that is a folder', async () => {
    const check = '"$0" "$1" check - --model register < "$2"';
    const there = ['-c', check, process.execPath, launcher, folder];
    const { exitCode, stderr } = await execa('sh', there, { reject: false });
    expect(stderr).toContain('-: cannot be read: EISDIR');
    expect(exitCode).toBe(65);
  });

  test('a history on the standard input, where there is a folder of that name', async () => {
    mkdirSync(join(folder, '-'));
    const check = [launcher, 'check', '-', '--model', 'register'];
    const input = `${header}\n${invoked}\n${succeeded}\n`;
    const there = { reject: false, cwd: folder, input };
    const { exitCode, stdout } = await execa(process.execPath, check, there);
    expect(stdout).toContain('valid: 1 operation');
    expect(exitCode).toBe(0);
  });

  test('a history with nothing to judge: its line is named, by checkers of isolation too', async () => {
    const path = file('broken.edn', '{:type :ok\n');
    const { exitCode, stderr } = await dsp(['check', path, '--checker', 'list-append']);
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toContain(`${path}:1: no end of it is found`);
    expect(exitCode).toBe(65);
  });

  test('a history whose report is asked for: it is written, and what is printed is the same', async () => {
    const path = file('good.jsonl', `${header}\n${invoked}\n${succeeded}\n`);
    const report = file('report.html', '');
    const plain = await dsp(['check', path, '--model', 'register']);
    const { exitCode, stdout } = await dsp([
      'check',
      path,
      '--model',
      'register',
      '--report',
      report,
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: plain.stdout });
    const html = readFileSync(report, 'utf8');
    expect(html).toContain('"names":["good.jsonl","linearizable"]');
    expect(html).toContain(`npx dsp check ${path} --checker linearizable --model register`);
  });

  test('a report that cannot be written: the verdict is told, and it is no success', async () => {
    const path = file('good.jsonl', `${header}\n${invoked}\n${succeeded}\n`);
    const report = join(folder, 'nowhere', 'report.html');
    const { exitCode, stdout, stderr } = await dsp([
      'check',
      path,
      '--model',
      'register',
      '--report',
      report,
    ]);
    expect(stdout).toMatch(/^valid: /);
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toContain(`the report ${report} could not be written`);
    expect(exitCode).toBe(69);
  });

  test('a report that is asked of a history that cannot be read: none is written', async () => {
    const report = file('none.html', 'as it was');
    const { exitCode } = await dsp([
      'check',
      '/nowhere',
      '--model',
      'register',
      '--report',
      report,
    ]);
    expect(exitCode).toBe(65);
    expect(readFileSync(report, 'utf8')).toBe('as it was');
  });

  test('a results folder that cannot be written, before anything is started', async () => {
    const out = file('not-a-folder', '');
    const { exitCode, stderr } = await dsp(['test', '--out', out, '--quiet']);
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toContain(`--out: the results folder ${out} cannot be written`);
    expect(exitCode).toBe(69);
  });

  test('nothing of a refused run is left in the results folder', async () => {
    const out = join(folder, 'results');
    await dsp(['test', '--nemesis', 'partitoin', '--out', out]);
    expect(readdirSync(folder)).not.toContain('results');
  });
});

describe('what is not the fault of who typed it', () => {
  test('a failure that nobody awaited ends dsp with status 70 and says so', async () => {
    const config = file(
      'rejects.mjs',
      "void Promise.reject(new Error('boom'));\nexport default {};",
    );
    const { exitCode, stderr } = await dsp(['test', '--dry-run', '--config', config]);
    expect(stderr).toBe('dsp: the harness failed: boom\n  hint: --debug shows where');
    expect(exitCode).toBe(70);
  });

  test('--debug shows where', async () => {
    const config = file(
      'rejects.mjs',
      "void Promise.reject(new Error('boom'));\nexport default {};",
    );
    const { stderr } = await dsp(['test', '--dry-run', '--debug', '--config', config]);
    expect(stderr).toMatch(/boom[\s\S]*\n {4}at .*rejects\.mjs:1/);
  });

  test('a reader who closes stdout early is none', async () => {
    const { stdout, stderr } = await execa({
      shell: true,
      env: { DSP: launcher, NODE: process.execPath },
    })`"$NODE" "$DSP" list | true; "$NODE" "$DSP" list --json | head -c 1`;
    expect({ stdout, stderr }).toEqual({ stdout: '{', stderr: '' });
  });

  test('an old Node is told what to do', async () => {
    const older = `Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })`;
    const { exitCode, stderr } = await execa(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(older)}`, launcher, 'list'],
      { reject: false },
    );
    expect(stderr).toMatch(/needs Node 24 or newer, and this is Node 20\.20\.2\n.*node@24/);
    expect(exitCode).toBe(69);
  });

  test('the pinned Node runs the tests, whatever Node started npm', () => {
    const { devDependencies } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    ) as { devDependencies: { node: string } };
    expect(process.versions.node).toBe(devDependencies.node);
  });
});

describe('stdout is data', () => {
  test.each([
    [['list', '--json']],
    [['list', 'bugs', '--json']],
    [['doctor', '--json']],
    [['test', '--dry-run', '--nemesis', 'partition']],
  ])('dsp %j prints one JSON value and nothing else', async (args) => {
    const { stdout, stderr, exitCode } = await dsp(args);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });

  test('the plan says what was asked for, and draws a seed when none was given', async () => {
    const args = ['test', '--dry-run', '--nodes', '3', '--concurrency', '2n', '--nemesis', 'kill'];
    const plans = await Promise.all([dsp(args), dsp(args)]);
    const [first, second] = plans.map(({ stdout }) => JSON.parse(stdout) as { seed: string });
    expect(first).toMatchObject({ nodes: 3, concurrency: 6, nemeses: ['kill'] });
    expect(first!.seed).not.toBe(second!.seed);
  });

  test('a variable of the environment counts, and a flag overrules it', async () => {
    const run = (...flags: string[]) =>
      execa(process.execPath, [launcher, 'test', '--dry-run', ...flags], {
        env: { DSP_NODES: '7' },
      });
    expect(JSON.parse((await run()).stdout)).toMatchObject({ nodes: 7 });
    expect(JSON.parse((await run('--nodes', '3')).stdout)).toMatchObject({ nodes: 3 });
  });
});

describe('help', () => {
  const commands = [
    '',
    'test',
    'check',
    'campaign',
    'selftest',
    'replay',
    'shrink',
    'show',
    'list',
    'init',
    'doctor',
  ];
  test.each([...commands, 'clean', 'toxiproxy'])('dsp %s --help', async (command) => {
    const { stdout, stderr, exitCode } = await dsp(
      [...command.split(' '), '--help'].filter(Boolean),
    );
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    await expect(stdout).toMatchFileSnapshot(`fixtures/help/${command || 'dsp'}.txt`);
  });

  test('shows examples before anything else, in every command', async () => {
    const { stdout } = await dsp(['test', '--help']);
    expect(stdout.indexOf('EXAMPLES')).toBeLessThan(stdout.indexOf('USAGE'));
  });

  test('--version says which dsp and which Node', async () => {
    expect((await dsp(['--version'])).stdout).toMatch(/^dsp-harness\/\d+\.\d+\.\d+ .* node-v24/);
  });
});
