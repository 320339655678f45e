import { describe, expect, test } from 'vitest';
import {
  classify,
  errorRegistry,
  isSessionErrorCode,
  SessionError,
  type SessionErrorCode,
} from './error-registry.ts';

const codes = Object.keys(errorRegistry) as SessionErrorCode[];

describe('the error registry', () => {
  test.each(codes.filter((code) => errorRegistry[code].definite))('%s did not happen', (code) => {
    expect(classify(new SessionError(code))).toEqual({ type: 'fail', error: code });
  });

  test.each(codes.filter((code) => !errorRegistry[code].definite))('%s is unknown', (code) => {
    expect(classify(new SessionError(code))).toEqual({ type: 'info', error: code });
  });

  test('what came after something was sent is never definite', () => {
    const after: SessionErrorCode[] = [
      'connection-lost',
      'timeout',
      'aborted',
      'reply-forgotten',
      'leader-changed',
      'node-failed',
    ];
    expect(after.some((code) => errorRegistry[code].definite)).toBe(false);
  });

  test('an error of another copy of dsp counts for what it says', () => {
    const foreign = (code: string) => Object.assign(new Error('…'), { name: 'SessionError', code });
    expect(classify(foreign('no-leader'))).toEqual({ type: 'fail', error: 'no-leader' });
    expect(classify(foreign('timeout'))).toEqual({ type: 'info', error: 'timeout' });
    expect(classify(foreign('of my own'))).toEqual({ type: 'info', error: 'unexpected: …' });
  });

  test.each([new Error('odd'), new TypeError('odd'), 'odd'])(
    'whatever else is thrown is unknown',
    (thrown) => {
      expect(classify(thrown)).toEqual({ type: 'info', error: 'unexpected: odd' });
    },
  );

  test('a code of another’s invention is none', () => {
    expect(isSessionErrorCode('no-leader')).toBe(true);
    expect(isSessionErrorCode('toString')).toBe(false);
    expect(isSessionErrorCode(7)).toBe(false);
  });
});
