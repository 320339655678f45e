import { describe, expect, test } from 'vitest';
import { checkerNames, checkers, makeChecker } from './registry.ts';

describe('the registry of checkers', () => {
  test.each(checkerNames)('%s makes a checker of that name, and can be written down', (name) => {
    const spec = name === 'linearizable' ? { model: 'kv' } : {};
    const checker = makeChecker({ checker: name, options: spec });
    expect(checker.name).toBe(name);
    expect(checkers[name].says).not.toBe('');
    expect(checker.spec?.checker).toBe(name);
    expect(makeChecker(checker.spec!).says).toBe(checker.says);
  });

  test('a name that is not known is refused with the nearest', () => {
    expect(() => makeChecker({ checker: 'linearisable' })).toThrowError(
      expect.objectContaining({
        code: 'usage',
        message: '--checker: linearisable is not known',
        hint: expect.stringContaining('did you mean linearizable?') as string,
      }),
    );
  });

  test.each([
    [{}, 'the checker linearizable needs a model'],
    [{ model: 'cas' }, '--model: cas is not known'],
    [{ model: 7 }, '--model: 7 is not known'],
    [{ model: 'kv', modle: 'kv' }, 'the checker linearizable has no option modle'],
    [{ model: 'register', initial: [1] }, 'the initial value of a register must be'],
    [{ model: 'register', failedIsEvidence: 'yes' }, 'failedIsEvidence must be true or false'],
    [{ model: 'register', counterexamples: 'no' }, 'counterexamples must be true or false'],
  ])('the options %j of linearizable are refused', (options, sentence) => {
    expect(() => makeChecker({ checker: 'linearizable', options })).toThrowError(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining(sentence) as string,
      }),
    );
  });

  test('a checker without options refuses one', () => {
    expect(() => makeChecker({ checker: 'availability', options: { model: 'kv' } })).toThrowError(
      'the checker availability has no option model; it takes none',
    );
  });

  test.each([
    ['serializabel', '--consistency: serializabel is not known', 'did you mean serializable?'],
    ['prefix', 'list-append can find that a history violates prefix, not that it keeps it', ''],
    [7, '--consistency: 7 is not known', ''],
  ])('the consistency %j is refused', (consistency, message, hint) => {
    expect(() => makeChecker({ checker: 'list-append', options: { consistency } })).toThrowError(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining(message) as string,
        hint: expect.stringContaining(hint) as string,
      }),
    );
  });

  test('a consistency may have its other name', () => {
    const checker = makeChecker({ checker: 'list-append', options: { consistency: 'PL-SI' } });
    expect(checker.spec?.options).toEqual({ consistency: 'snapshot-isolation' });
  });

  test('options of linearizable reach the model', () => {
    const options = {
      model: 'register',
      initial: 0,
      failedIsEvidence: true,
      counterexamples: false,
    };
    expect(makeChecker({ checker: 'linearizable', options }).spec).toEqual({
      checker: 'linearizable',
      options,
    });
  });
});
