/** A user's session as the harness wants it: every call there, what it returns looked at, what it throws made the best of. */
import type { OwnSession } from '../config/define-system.ts';
import { isDefiniteError, SessionError } from '../core/error-registry.ts';
import { harnessError, messageOf } from '../core/errors.ts';
import type { Session, SessionCall, SessionCalls, Value } from '../core/seams/system.ts';

/**
 * A call that is missing or returns what no call may return is a mistake in the client: it ends the run, for no history
 * would mean anything. `place` names the system.
 */
export function sessionFrom(place: string, own: OwnSession): Session {
  if (typeof own !== 'object' || own === null)
    throw harnessError(`${place}.connect must return a session, and returned ${own as string}`);
  return {
    async get(key, signal) {
      const get = callOf(place, own, 'get');
      const value: unknown = await get(key, signal).catch(asRead);
      if (!isValue(value)) throw notReturned(place, 'get', 'a number, a text or null', value);
      return value;
    },
    async put(key, value, signal) {
      await callOf(place, own, 'put')(key, value, signal);
    },
    async 'compare-and-set'(key, from, to, signal) {
      const done: unknown = await callOf(place, own, 'compare-and-set')(key, from, to, signal);
      if (typeof done !== 'boolean')
        throw notReturned(place, 'compare-and-set', 'true or false', done);
      return done;
    },
    ...(own.isOpen === undefined ? {} : { isOpen: () => own.isOpen?.() !== false }),
    async close() {
      await own.close?.();
    },
  };
}

/** As an asynchronous function, whatever it is: what it throws at once rejects too. */
function callOf<Call extends SessionCall>(
  place: string,
  own: OwnSession,
  name: Call,
): SessionCalls[Call] {
  const call = own[name] as ((...args: unknown[]) => unknown) | undefined;
  if (typeof call !== 'function')
    throw harnessError(`${place} offers ${name}, and its session has no such call`);
  return (async (...args: unknown[]) => call.apply(own, args)) as unknown as SessionCalls[Call];
}

/** A read changes nothing, so whatever became of it, it definitely had no effect. */
function asRead(thrown: unknown): never {
  if (isDefiniteError(thrown)) throw thrown;
  throw new SessionError('read-unanswered', messageOf(thrown));
}

const isValue = (value: unknown): value is Value =>
  value === null || typeof value === 'number' || typeof value === 'string';

const notReturned = (place: string, call: SessionCall, wanted: string, value: unknown): Error =>
  harnessError(
    `${place}: ${call} must return ${wanted}, and returned ${JSON.stringify(value) ?? typeof value}`,
    'the client in connect turns what the server answers into values',
  );
