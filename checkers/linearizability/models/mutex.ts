/**
 * A lock that one may hold at a time: acquire and release. Who holds it is not looked at, for a client that lost its
 * connection may come back as another process.
 */
import { illegal } from '../model.ts';
import type { Model } from '../model.ts';
import { unknownFunction } from './register.ts';
import { outcomeSuffix } from './values.ts';

type MutexCall = 'acquire' | 'release';

const functions: readonly string[] = ['acquire', 'release'] satisfies MutexCall[];

export const mutex = (): Model<boolean, MutexCall> => ({
  name: 'mutex',
  says: 'a lock that is acquired and released, and held once at a time',
  functions,
  initial: false,
  call({ f }) {
    if (!functions.includes(f)) throw unknownFunction({ name: 'mutex', functions }, f);
    return f as MutexCall;
  },
  step(isHeld, call) {
    return isHeld === (call === 'release') ? !isHeld : illegal;
  },
  effect: (call) => ({ needs: call === 'release', leaves: call === 'acquire' }),
  describeCall: (call, outcome) => `${call}${outcomeSuffix(outcome)}`,
  describeState: (isHeld) => (isHeld ? 'held' : 'free'),
});
