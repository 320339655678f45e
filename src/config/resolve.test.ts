import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DspError } from '../core/errors.ts';
import { resolveConfig, resolveWithFile, type ConfigSources } from './resolve.ts';
import { configKeys, configSchema } from './schema.ts';

let empty: string;
let configured: string;

beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'dsp-config-'));
  configured = await mkdtemp(join(tmpdir(), 'dsp-config-'));
  await writeFile(join(configured, 'dsp.config.mjs'), 'export default { nodes: 7, rate: 50 };\n');
});

afterAll(async () => {
  for (const folder of [empty, configured]) await rm(folder, { recursive: true });
});

const from = (sources: Partial<ConfigSources>) =>
  resolveConfig({ flags: {}, environment: {}, path: undefined, folder: empty, ...sources });

const refusal = (sources: Partial<ConfigSources>): Promise<DspError> =>
  from(sources).then(
    () => expect.unreachable(),
    (thrown: unknown) => thrown as DspError,
  );

describe('where a setting comes from', () => {
  test('nothing given is all defaults', async () => {
    expect(await from({})).toEqual(configSchema.parse({}));
  });

  test('the file overrules the default', async () => {
    expect(await from({ folder: configured })).toMatchObject({ nodes: 7, rate: 50 });
  });

  test('the environment overrules the file, and leaves what it does not name', async () => {
    const environment = { DSP_NODES: '3', DSP_WORKLOAD: '' };
    expect(await from({ folder: configured, environment })).toMatchObject({
      nodes: 3,
      rate: 50,
      workload: 'register',
    });
  });

  test('a flag overrules them all', async () => {
    const environment = { DSP_NODES: '3' };
    expect(await from({ folder: configured, environment, flags: { nodes: ['9'] } })).toMatchObject({
      nodes: 9,
    });
  });
});

describe('what stands where the run is made', () => {
  const all = (sources: Partial<ConfigSources>) =>
    resolveWithFile({ flags: {}, environment: {}, path: undefined, folder: empty, ...sources });

  test('is named: what the file and the environment set, and a file that was asked for', async () => {
    const sources = { folder: configured, environment: { DSP_SEED: '1', DSP_NODES: '3' } };
    expect((await all({ ...sources, flags: { keep: true } })).given).toEqual({
      settings: ['nodes', 'rate', 'seed'],
    });
    expect((await all({ ...sources, path: 'dsp.config.mjs' })).given.config).toBe('dsp.config.mjs');
    expect((await all({})).given).toEqual({ settings: [] });
  });

  test('systems of a file are no setting, and are passed on as they are', async () => {
    const folder = await mkdtemp(join(configured, 'systems-'));
    await writeFile(join(folder, 'dsp.config.mjs'), 'export default { nodes: 2, systems: 5 };');
    const { file, given } = await all({ folder });
    expect(file).toMatchObject({ name: 'dsp.config.mjs', values: { nodes: 2 }, systems: 5 });
    expect(given.settings).toEqual(['nodes']);
  });
});

describe('how a setting is written as text', () => {
  test('lists by comma and by repetition', async () => {
    const { bug } = await from({ flags: { bug: ['a/b, c/d', 'e/f'] } });
    expect(bug).toEqual(['a/b', 'c/d', 'e/f']);
  });

  test('pairs keep an equals sign in their value', async () => {
    expect((await from({ flags: { option: ['a=1', 'b=c=d'] } })).option).toEqual({
      a: '1',
      b: 'c=d',
    });
  });

  test('an option without a value is one that is on', async () => {
    expect((await from({ flags: { option: ['fast'] } })).option).toEqual({ fast: 'true' });
  });

  test('a range, or one bound for both', async () => {
    const { faultSeconds, calmSeconds } = await from({
      flags: { faultSeconds: ['1-2.5'], calmSeconds: ['3'] },
    });
    expect([faultSeconds, calmSeconds]).toEqual([
      [1, 2.5],
      [3, 3],
    ]);
  });

  test('a seed of digits stays text, for 007 is not 7', async () => {
    expect((await from({ flags: { seed: ['007'] } })).seed).toBe('007');
  });
});

describe('what is refused, in one sentence that names the place', () => {
  test.each([
    [{ flags: { nodes: ['0'] } }, '--nodes is 0; it must be at least 1', /is 1$/],
    [{ flags: { nodes: ['five'] } }, '--nodes is "five"; it must be a whole number', /5/],
    [{ flags: { nodes: ['2.5'] } }, '--nodes is 2.5; it must be a whole number', /5/],
    [{ flags: { rate: ['0'] } }, '--rate is 0; it must be more than 0', /100/],
    [{ flags: { rate: ['fast'] } }, /^--rate is "fast"; it must be a number .* or max$/, /100/],
    [{ flags: { timeLimit: ['0'] } }, '--time-limit is 0; it must be more than 0', /30/],
    [{ flags: { concurrency: ['0n'] } }, /^--concurrency is "0n"; .* such as 2n$/, /2n/],
    [{ flags: { concurrency: ['0'] } }, '--concurrency is 0; it must be at least 1', /is 1$/],
    [{ flags: { option: ['=5'] } }, '--option is "=5", which is not KEY=VALUE', undefined],
    [{ flags: { image: ['etcd'] } }, '--image is "etcd", which is not NAME=IMAGE', undefined],
    [{ environment: { DSP_REPEAT: '0' } }, 'DSP_REPEAT is 0; it must be at least 1', /is 1$/],
    [{ environment: { DSP_KEEP: 'yse' } }, 'DSP_KEEP is "yse"; it must be true or false', /true/],
    [{ path: 'no.ts' }, '--config: there is no file no.ts', /dsp\.config\.ts/],
  ])('%j', async (sources, message, hint) => {
    const refused = await refusal(sources);
    expect(refused.code).toBe('usage');
    expect(refused.message).toMatch(message);
    if (hint !== undefined) expect(refused.hint).toMatch(hint);
  });

  test.each([
    ['export default { nodse: 5 };', 'bad.mjs: nodse is not a setting', /did you mean nodes\?/],
    ['export default { systms: {} };', 'bad.mjs: systms is not a setting', /mean systems\?/],
    ['export default { nodes: 0 };', 'bad.mjs: nodes is 0; it must be at least 1', /is 1$/],
    ['export default { nemesis: "kill" };', /^bad\.mjs: nemesis is "kill"; it must be a list/, /./],
    ['export default [];', /^bad\.mjs has no configuration object/, /defineConfig/],
    ['export const nodes = 5;', /^bad\.mjs has no configuration object/, /defineConfig/],
    ['export default {\n  nodes: 5,\n  rate 5\n};', /^bad\.mjs cannot be loaded: /, undefined],
    ['throw new Error("not today");', 'bad.mjs cannot be loaded: not today', undefined],
  ])('a file of %j', async (text, message, hint) => {
    const folder = await mkdtemp(join(configured, 'bad-'));
    await writeFile(join(folder, 'bad.mjs'), text);
    const refused = await refusal({ folder, path: 'bad.mjs', flags: { nodes: ['5'] } });
    expect(refused.code).toBe('usage');
    expect(refused.message).toMatch(message);
    if (hint !== undefined) expect(refused.hint).toMatch(hint);
  });
});

test('every key of the schema says what it is, and all but the seed have a default', () => {
  const silent = configKeys.filter((key) => !configSchema.shape[key].description);
  const open = configKeys.filter((key) => configSchema.parse({})[key] === undefined);
  expect({ silent, open }).toEqual({ silent: [], open: ['seed'] });
});
