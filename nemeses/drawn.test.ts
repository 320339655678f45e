import { describe, expect, test } from 'vitest';
import type { Nemesis } from '../src/core/seams/nemesis.ts';
import { firstFaults } from './drawn.fixture.ts';
import { nemeses } from './registry.ts';
import { targetNames } from './targets.ts';

const all: readonly (readonly [string, Nemesis])[] = Object.entries(nemeses);
const aimed = all.filter(([family, { options }]) => `${family}.target` in options);

/** What many seeds draw. */
const drawn = (nemesis: Nemesis, options: Readonly<Record<string, string>> = {}) =>
  Array.from({ length: 20 }, (_, seed) => firstFaults(nemesis, seed, options)).flat() as {
    readonly target: string;
    readonly mode?: string;
  }[];

describe.each(all)('%s', (family, nemesis) => {
  test('draws the same faults from the same seed, and others from another', () => {
    expect(firstFaults(nemesis, 'a')).toEqual(firstFaults(nemesis, 'a'));
    expect(firstFaults(nemesis, 'a')).not.toEqual(firstFaults(nemesis, 'b'));
  });

  test('bears the name that it is registered by', () => {
    expect(nemesis.family).toBe(family);
    for (const name of Object.keys(nemesis.options)) expect(name).toMatch(`${family}.`);
  });
});

describe.each(aimed)('the targets of %s', (family, nemesis) => {
  test('are all drawn where nothing is said', () => {
    const seen = new Set(drawn(nemesis).map(({ target }) => target));
    expect([...seen].toSorted()).toEqual(targetNames.toSorted());
  });

  test('are those that the option names', () => {
    const seen = new Set(drawn(nemesis, { [`${family}.target`]: 'leader,all' }).map(targetOf));
    expect([...seen].toSorted()).toEqual(['all', 'leader']);
  });

  test('that are not known are refused before anything starts', () => {
    expect(() => drawn(nemesis, { [`${family}.target`]: 'leadre' })).toThrow('leadre is not known');
  });
});

test('the modes of clock are those that the option names', () => {
  const modes = (options = {}) => new Set(drawn(nemeses.clock, options).map(({ mode }) => mode));
  expect(modes()).toEqual(new Set(['drift', 'offset', 'strobe']));
  expect(modes({ 'clock.mode': 'offset,strobe' })).toEqual(new Set(['offset', 'strobe']));
});

const targetOf = ({ target }: { readonly target: string }): string => target;
