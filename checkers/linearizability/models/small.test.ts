/** Every small history of each object: both engines give the answer of the brute-force oracle, by rules of its own. */
import { describe, expect, test } from 'vitest';
import { engineNames, engines } from '../engines.ts';
import { allHistories, operationsOf } from '../histories.fixture.ts';
import type { Kind } from '../histories.fixture.ts';
import { explicable } from '../oracle.fixture.ts';
import type { Rules } from '../oracle.fixture.ts';
import { candidatesOf, problemOf } from '../problem.ts';
import { isWitness } from '../witness.fixture.ts';
import { models } from './registry.ts';
import type { ModelName } from './registry.ts';

const limits = { stepsMax: 1e7, memoryBytesMax: 2 ** 30, deadlineMs: Number.POSITIVE_INFINITY };
const ok = (f: string, value: unknown): Kind => ({ f, value, type: 'ok' });
const info = (f: string, value: unknown): Kind => ({ f, value, type: 'info' });

const mutexRules: Rules = {
  initial: 'free',
  apply: (state, { f }) =>
    f === 'acquire' ? (state === 'free' ? ['held'] : []) : state === 'held' ? ['free'] : [],
};

const counterRules: Rules = {
  initial: 0,
  apply(state, { f, input, output }) {
    if (f === 'read') return state === output ? [state] : [];
    return [(state as number) + (input as number)];
  },
};

/** Of the elements 1 and 2: a bit each. */
const setRules: Rules = {
  initial: 0,
  apply(state, { f, input, output }) {
    const bits = state as number;
    if (f === 'add') return [bits | (input as number)];
    if (f === 'remove') return [bits & ~(input as number)];
    return (output as number[]).reduce((sum, each) => sum | each, 0) === bits ? [bits] : [];
  },
};

/** A text of digits, the oldest first. */
const queueRules: Rules = {
  initial: '',
  apply(state, { f, input, output, outcome }) {
    const text = state as string;
    if (f === 'enqueue') return [text + JSON.stringify(input)];
    if (outcome === 'info') return [text.slice(1)];
    return (text[0] ?? null) === (output === null ? null : JSON.stringify(output))
      ? [text.slice(1)]
      : [];
  },
};

/** Of registers x and y. */
const multiRegisterRules: Rules = {
  initial: { x: null, y: null },
  apply(state, { input, output, outcome }) {
    const held = { ...(state as Record<string, unknown>) };
    for (const [place, [f, name, value]] of (input as [string, string, unknown][]).entries()) {
      if (f === 'w') held[name] = value;
      else if (outcome === 'ok' && (output as unknown[][])[place]![2] !== held[name]) return [];
    }
    return [held];
  },
};

describe('every small history', () => {
  test.each<[ModelName, Rules, readonly Kind[], number]>([
    [
      'mutex',
      mutexRules,
      [ok('acquire', null), ok('release', null), info('acquire', null), info('release', null)],
      4,
    ],
    [
      'counter',
      counterRules,
      [
        ok('add', 1),
        ok('add', -1),
        ok('read', 0),
        ok('read', 1),
        info('add', 1),
        info('read', null),
      ],
      4,
    ],
    [
      'set',
      setRules,
      [
        ok('add', 1),
        ok('add', 2),
        ok('read', []),
        ok('read', [1]),
        ok('read', [2, 1]),
        info('add', 1),
        info('remove', 1),
      ],
      4,
    ],
    [
      'queue',
      queueRules,
      [
        ok('enqueue', 1),
        ok('enqueue', 2),
        ok('dequeue', 1),
        ok('dequeue', 2),
        ok('dequeue', null),
        info('enqueue', 2),
        info('dequeue', null),
      ],
      4,
    ],
    [
      'multi-register',
      multiRegisterRules,
      [
        ok('txn', [['w', 'x', 1]]),
        ok('txn', [
          ['w', 'x', 2],
          ['w', 'y', 1],
        ]),
        ok('txn', [
          ['r', 'x', 1],
          ['r', 'y', null],
        ]),
        ok('txn', [
          ['r', 'y', 1],
          ['w', 'x', 1],
          ['r', 'x', 1],
        ]),
        ok('txn', [['r', 'x', 2]]),
        info('txn', [
          ['w', 'x', 2],
          ['r', 'y', null],
        ]),
      ],
      4,
    ],
  ])(
    'of a %s',
    (name, rules, kinds, count) => {
      const model = models[name]();
      const seen = { linearizable: 0, 'not-linearizable': 0 };
      for (const history of allHistories(kinds, count)) {
        const operations = operationsOf(history);
        const right = explicable(rules, operations) ? 'linearizable' : 'not-linearizable';
        seen[right]++;
        const problem = problemOf(model, candidatesOf(model, operations, false));
        for (const engine of engineNames) {
          const outcome = engines[engine](problem, limits);
          if (outcome.kind !== right)
            expect.unreachable(`${engine}: ${JSON.stringify(history.entries)}`);
          if (outcome.kind === 'linearizable' && !isWitness(problem, outcome.order))
            expect.unreachable(`${engine}: no witness`);
        }
      }
      expect(Math.min(seen.linearizable, seen['not-linearizable'])).toBeGreaterThan(1000);
    },
    300_000,
  );
});
