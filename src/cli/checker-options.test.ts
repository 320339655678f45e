import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { DspError } from '../core/errors.ts';
import { checkerOptions } from './checker-options.ts';

describe('options of a checker', () => {
  test.each([
    [['total=100'], { total: 100 }],
    [['negativeBalances=true', 'total=-1.5'], { negativeBalances: true, total: -1.5 }],
    [['patterns=torn (page|block)=x'], { patterns: 'torn (page|block)=x' }],
    [['guarantees=["monotonic-reads"]'], { guarantees: ['monotonic-reads'] }],
    [['guarantees=a', 'guarantees=b'], { guarantees: ['a', 'b'] }],
    [['initial='], { initial: '' }],
    [['__proto__=1'], Object.fromEntries([['__proto__', 1]])],
  ])('%j', (given, options) => {
    expect(checkerOptions(given)).toEqual(options);
  });

  test.each(['total', '=100', ''])('%j has no name or no value', (given) => {
    expect(() => checkerOptions([given])).toThrowError(`--option: ${given} is not KEY=VALUE`);
  });

  test.prop([fc.array(fc.string())])(
    'whatever is given is read, or refused in a sentence',
    (given) => {
      try {
        expect(checkerOptions(given)).toBeTypeOf('object');
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(DspError);
      }
    },
  );
});
