import { describe, expect, test } from 'vitest';
import { configSchema } from '../config/schema.ts';
import { settingsOf } from '../config/settings.ts';
import { recheckCommand, recheckFileCommand, replayCommand } from './replay.ts';

const commandOf = (config: object) => replayCommand(settingsOf(configSchema.parse(config)));

describe('the command that makes a run again', () => {
  test('names the seed and nothing that is a default', () => {
    expect(commandOf({ seed: '7' })).toBe('npx dsp test --seed 7');
    expect(commandOf({ seed: '7', nodes: 3 })).toBe('npx dsp test --nodes 3 --seed 7');
  });

  test('names all that is not', () => {
    const config = {
      seed: 'a b',
      nemesis: ['partition', 'kill'],
      bug: ['quorum/half-is-enough'],
      concurrency: 4,
      rate: 'max',
      calmSeconds: [1, 2],
      option: { 'partition.shape': 'one', x: "it's" },
    };
    expect(commandOf(config)).toBe(
      'npx dsp test --nemesis partition,kill --concurrency 4 --rate max --bug quorum/half-is-enough' +
        String.raw` --option partition.shape=one --option 'x=it'\''s' --calm-seconds 1-2 --seed 'a b'`,
    );
  });
});

describe('where a configuration file or a variable gave settings', () => {
  const given = (config: object, ...settings: string[]) =>
    replayCommand(settingsOf(configSchema.parse({ seed: '7', ...config }), { settings }));

  test('they are named though they are the default, for there the default is another', () => {
    expect(given({}, 'nodes', 'rate')).toBe('npx dsp test --nodes 5 --rate 100 --seed 7');
    expect(given({}, 'keep', 'out')).toBe('npx dsp test --seed 7');
  });

  test('a list that was overruled by none is overruled again', () => {
    expect(given({}, 'nemesis', 'bug', 'option')).toBe(
      "npx dsp test --nemesis none --bug '' --seed 7",
    );
  });

  test('a file that was named is named', () => {
    const settings = settingsOf(configSchema.parse({ seed: '7', system: 'my-kv' }), {
      config: 'my configs/a.ts',
      settings: ['system'],
    });
    expect(replayCommand(settings)).toBe(
      "npx dsp test --config 'my configs/a.ts' --system my-kv --seed 7",
    );
  });
});

test('the command that judges again quotes a folder with spaces', () => {
  expect(recheckCommand('results/latest')).toBe('npx dsp check results/latest');
  expect(recheckCommand('my results/x')).toBe("npx dsp check 'my results/x'");
});

test('the command that judges a file again has its flags, as often as they were given', () => {
  const flags = { checker: 'bank', option: ['total=100', 'name="a b"'], independent: false };
  expect(recheckFileCommand('a.edn', flags)).toBe(
    `npx dsp check a.edn --checker bank --option total=100 --option 'name="a b"' --no-independent`,
  );
});
