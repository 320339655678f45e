import { describe, expect, test } from 'vitest';
import { systems } from '../../nodes/systems.ts';
import { configSchema } from '../config/schema.ts';
import { settingsOf } from '../config/settings.ts';
import type { Server, System } from '../core/seams/system.ts';
import { makePlan, type Systems } from './plan.ts';

const plan = (config: object) =>
  makePlan(settingsOf(configSchema.parse({ seed: '1', ...config })), all);

/** A system that is not built in. */
const own = (name: string): System => ({
  ...systems['replicated-log'],
  name,
  bugs: [],
  invariants: [],
});
const server = ({
  peers = [],
  ...rest
}: Partial<Server> & { peers?: readonly number[] }): Server => ({
  kind: 'server',
  ports: { client: 1, peers },
  ...rest,
});
const all: Systems = {
  ...systems,
  'my-kv': { ...own('my-kv'), offers: ['get'] },
  'my-store': own('my-store'),
  'my-loner': { ...own('my-loner'), node: server({ command: () => ['true'] }) },
  'my-image': { ...own('my-image'), node: server({ image: 'my/image:1', peers: [2] }) },
};

describe('a plan', () => {
  test('is made of settings that go together', () => {
    expect(plan({ nemesis: ['partition', 'kill'], bug: ['quorum/half-is-enough'] })).toMatchObject({
      format: 'dsp-plan',
      version: 1,
      system: 'replicated-log',
      nemeses: ['partition', 'kill'],
      bugs: ['quorum/half-is-enough'],
      concurrency: 10,
      seed: '1',
    });
  });

  test('is the same for the same settings', () => {
    expect(plan({ nemesis: ['pause'] })).toEqual(plan({ nemesis: ['pause'] }));
  });

  test('names what judges its system, which need not be known to who judges it', () => {
    expect(plan({}).invariants).toEqual(systems['replicated-log'].invariants);
    expect(plan({ system: 'my-store' })).toMatchObject({ system: 'my-store', invariants: [] });
  });

  test('names the image of any system', () => {
    expect(plan({ image: { 'my-kv': 'my-kv:2' } }).images).toEqual({ 'my-kv': 'my-kv:2' });
  });

  test('of no faults is one too', () => {
    expect(plan({ nemesis: ['none'] }).nemeses).toEqual([]);
  });
});

describe('what cannot be is refused in one sentence, with what could', () => {
  test.each([
    [
      { system: 'replicated-lgo' },
      '--system: replicated-lgo is not known',
      /did you mean replicated-log\?/,
    ],
    [{ system: 'my-k' }, '--system: my-k is not known', /did you mean my-kv\?/],
    [
      { system: 'my-kv' },
      '--workload: register needs put, compare-and-set, which my-kv does not offer',
      /./,
    ],
    [
      { system: 'my-store', bug: ['quorum/half-is-enough'] },
      '--bug: quorum/half-is-enough can be planted in replicated-log, not in my-store',
      /--system replicated-log/,
    ],
    [
      { system: 'my-store', bug: ['quorum/half'] },
      '--bug: my-store has no planted bugs',
      /leave --bug out/,
    ],
    [{ image: { 'my-vk': 'x' } }, '--image: my-vk is not an image', /did you mean my-kv\?/],
    [
      { image: { toxyproxy: 'x' } },
      '--image: toxyproxy is not an image of this dsp',
      /did you mean toxiproxy\?/,
    ],
    [
      { system: 'my-loner', nodes: 3 },
      '--nodes is 3; my-loner names no port at which its nodes reach each other',
      /or --nodes 1$/,
    ],
    [{ workload: 'registre' }, '--workload: registre is not known', /did you mean register\?/],
    [{ nemesis: ['partitoin'] }, '--nemesis: partitoin is not known', /did you mean partition\?/],
    [
      { runtime: 'process', nemesis: ['clock'] },
      '--nemesis: clock needs clocks.offset, clocks.drift, clocks.strobe, which the runtime process cannot do here',
      /^--runtime sim; dsp doctor says/,
    ],
    [
      { runtime: 'docker', nemesis: ['kill', 'power-loss'] },
      '--nemesis: power-loss needs disks.lose-power, which the runtime docker cannot do here',
      /^--runtime sim; dsp doctor says/,
    ],
    [
      { nemesis: ['slow-disk'] },
      '--nemesis: slow-disk needs disks.slow, which the runtime process cannot do here',
      /^--runtime sim; dsp doctor says/,
    ],
    [
      { runtime: 'sim', nemesis: ['clock'], option: { 'clock.mode': 'drfit' } },
      'option clock.mode: drfit is not known',
      /did you mean drift\?/,
    ],
    [
      { runtime: 'sim', nemesis: ['slow-disk'], option: { 'slow-disk.target': 'leadre' } },
      'option slow-disk.target: leadre is not known',
      /did you mean leader\?/,
    ],
    [
      { runtime: 'sim', option: { 'sim.sync-ms': 'slow' } },
      '--option sim.sync-ms is "slow", not a number from 0 to 60000',
      /./,
    ],
    [{ runtime: 'kubernetes' }, '--runtime: kubernetes is not known', /process/],
    [
      { bug: ['quorum/half'] },
      '--bug: quorum/half is not known',
      /did you mean quorum\/half-is-enough\?/,
    ],
    [
      { nemesis: ['partition'], option: { 'partition.shpae': 'one' } },
      /partition\.shpae is not an option/,
      /partition\.shape/,
    ],
    [
      { option: { 'partition.shape': 'one' } },
      /partition\.shape is not an option of this run/,
      /./,
    ],
    [
      { nemesis: ['partition'], option: { 'partition.shape': 'hlaves' } },
      /hlaves is not known/,
      /halves/,
    ],
    [
      { system: 'etcd', option: { 'serializable-reads': 'treu' } },
      '--option serializable-reads is "treu", neither true nor false',
      /did you mean true\?/,
    ],
    [
      { option: { 'heartbeat-ms': 'fast' } },
      '--option heartbeat-ms is "fast", not a whole number',
      /valid: 75/,
    ],
    [{ faultSeconds: [5, 2] }, /^faultSeconds is 5 to 2/, /2 to 5/],
  ])('%j', (config, message, hint) => {
    expect(() => plan(config)).toThrow(message);
    expect(() => plan(config)).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringMatching(hint) as string }),
    );
  });
});

test('a nemesis is accepted by the runtime that can do all that it needs', () => {
  const nemesis = ['partition', 'kill', 'pause', 'power-loss', 'clock', 'slow-disk'];
  expect(plan({ runtime: 'sim', nemesis }).nemeses).toEqual(nemesis);
});

test('a server without ports of peers runs where it has no peers', () => {
  const refusal = /names no port at which its nodes reach each other/;
  expect(() => plan({ system: 'my-loner', nodes: 2 })).toThrow(refusal);
  expect(() => plan({ system: 'my-loner', nodes: 1 })).not.toThrow(refusal);
});

test('a server that is an image alone is refused by the runtime that has none', () => {
  const refusal = '--runtime process: my-image has an image and no command';
  expect(() => plan({ system: 'my-image', runtime: 'process' })).toThrow(refusal);
  expect(() => plan({ system: 'my-image', runtime: 'docker' })).not.toThrow();
});
