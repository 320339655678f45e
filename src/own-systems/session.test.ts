import { describe, expect, test } from 'vitest';
import type { OwnSession } from '../config/define-system.ts';
import { SessionError } from '../core/error-registry.ts';
import type { SessionCall } from '../core/seams/system.ts';
import { sessionFrom } from './session.ts';

const { signal } = new AbortController();
const session = (own: OwnSession) => sessionFrom('dsp.config.ts: systems.my-kv', own);
/** As JavaScript would have it, where no type stands in the way. */
const untyped = (own: object) => session(own);

describe('what a call returns is passed on', () => {
  test('with what it was given', async () => {
    const { get, 'compare-and-set': cas } = session({
      get: async (key) => `${key}!`,
      'compare-and-set': async (_, from, to) => from === to,
    });
    expect(await get('k', signal)).toBe('k!');
    expect(await cas('k', 1, 1, signal)).toBe(true);
    expect(await cas('k', 1, 2, signal)).toBe(false);
  });

  test('with the session as its this', async () => {
    const counter = {
      n: 7,
      async get() {
        return this.n;
      },
    };
    expect(await session(counter).get('k', signal)).toBe(7);
  });
});

describe('what a call throws', () => {
  const failing = (thrown: unknown) =>
    session({ get: () => Promise.reject(thrown), put: () => Promise.reject(thrown) });

  test('a read that failed had no effect, whatever it was', async () => {
    for (const thrown of [new Error('reset'), new SessionError('timeout'), 'odd'])
      await expect(failing(thrown).get('k', signal)).rejects.toMatchObject({
        code: 'read-unanswered',
      });
  });

  test('a read keeps a code that says more', async () => {
    const refused = new SessionError('no-leader');
    await expect(failing(refused).get('k', signal)).rejects.toBe(refused);
  });

  test('a write that failed may have happened: nothing is made of its error', async () => {
    const reset = new Error('reset');
    await expect(failing(reset).put('k', 1, signal)).rejects.toBe(reset);
  });

  test('a call that throws at once rejects', async () => {
    const throwing = untyped({
      put: () => {
        throw new SessionError('not-sent');
      },
    });
    await expect(throwing.put('k', 1, signal)).rejects.toMatchObject({ code: 'not-sent' });
  });
});

describe('a mistake in the client ends the run, and is named', () => {
  const returning = (value: unknown) => () => Promise.resolve(value);
  const mistakes: readonly (readonly [SessionCall, object, RegExp])[] = [
    ['get', { get: returning(undefined) }, /my-kv: get must return .*, and returned undefined$/],
    ['get', { get: returning({ value: 1 }) }, /and returned \{"value":1\}$/],
    ['put', { get: returning(1) }, /my-kv offers put, and its session has no such call$/],
    ['compare-and-set', { 'compare-and-set': returning(1) }, /must return true or false/],
  ];
  test.each(mistakes)('%s of %j', async (call, own, sentence) => {
    const calls = untyped(own);
    const called = {
      get: () => calls.get('k', signal),
      put: () => calls.put('k', 1, signal),
      'compare-and-set': () => calls['compare-and-set']('k', 1, 2, signal),
    }[call]();
    await expect(called).rejects.toMatchObject({
      code: 'harness',
      message: expect.stringMatching(sentence) as string,
    });
  });

  test('a session that is none', () => {
    expect(() => untyped(undefined as unknown as object)).toThrow(/connect must return a session/);
  });
});

describe('the end of a session', () => {
  test('is as it says, if it says anything', () => {
    expect(session({ isOpen: () => false }).isOpen?.()).toBe(false);
    expect(session({})).not.toHaveProperty('isOpen');
  });

  test('is awaited, where there is anything to close', async () => {
    let closed = false;
    await session({ close: async () => void (closed = true) }).close();
    expect(closed).toBe(true);
    await expect(session({}).close()).resolves.toBeUndefined();
  });
});
