import { describe, expect, test } from 'vitest';
import { environmentError, harnessError, usageError } from '../core/errors.ts';
import { failureOf } from './failure.ts';

describe('what a person is told of what was thrown', () => {
  test('an error of ours has its own sentence, hint and status', () => {
    expect(failureOf(usageError('--nodes is 0', 'try 1'))).toMatchObject({
      status: 64,
      message: '--nodes is 0',
      hint: 'try 1',
    });
    expect(failureOf(environmentError('no port')).status).toBe(69);
  });

  test('a defect is said to be one, ours or not', () => {
    expect(failureOf(harnessError('lost count'))).toMatchObject({
      status: 70,
      message: 'the harness failed: lost count',
    });
    expect(failureOf(new TypeError('x is not a function')).message).toBe(
      'the harness failed: x is not a function',
    );
    expect(failureOf('thrown text')).toMatchObject({ status: 70, stack: undefined });
  });

  test('the stack shows the causes too', () => {
    const { stack } = failureOf(new Error('outer', { cause: new Error('inner') }));
    expect(stack).toMatch(/outer[\s\S]*caused by [\s\S]*inner/);
  });
});
