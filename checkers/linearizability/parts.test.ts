/** The parts of the engine, each against the plainest thing that does the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configurations } from './configurations.ts';
import { effectsOf } from './effects.ts';
import { entryList, headNode, lift, unlift } from './entry-list.ts';
import type { EntryList } from './entry-list.ts';
import { transitions, untried } from './jit/transitions.ts';
import type { Model } from './model.ts';
import { historyFromTape, operationsOf, tapes } from './histories.fixture.ts';
import { kv } from './models/kv.ts';
import { casRegister } from './models/register.ts';
import { atom, describeAtom, plainText } from './models/values.ts';
import { add, has, operationSet, remove } from './operation-set.ts';
import type { OperationSet } from './operation-set.ts';
import { candidatesOf, problemOf } from './problem.ts';
import { stateTable } from './state-table.ts';
import { twins } from './twins.ts';
import { usefulOnes } from './useful.ts';

const setOf = (size: number, members: Iterable<number>): OperationSet => {
  const set = operationSet(size);
  for (const member of members) add(set, member);
  return set;
};

const contentOf = ({ low, high, hash, words }: OperationSet) => ({
  low,
  high,
  hash,
  words: [...words],
});

describe('operation set', () => {
  const size = 200;
  const members = fc.uniqueArray(fc.nat({ max: size - 1 }));

  test('is the same however it came about', () => {
    fc.assert(
      fc.property(members, members, (kept, passing) => {
        const wanted = new Set(kept);
        const visitors = passing.filter((each) => !wanted.has(each));
        const set = setOf(size, [...visitors, ...kept]);
        for (const each of visitors.toReversed()) remove(set, each);
        expect(contentOf(set)).toEqual(contentOf(setOf(size, kept.toReversed())));
        for (let each = 0; each < size; each++) expect(has(set, each)).toBe(wanted.has(each));
      }),
    );
  });

  test('has a window that leaves out full words before it and empty ones after', () => {
    const set = setOf(size, [...Array(70).keys(), 99]);
    expect([set.low, set.high]).toEqual([2, 4]);
    remove(set, 3);
    expect([set.low, set.high]).toEqual([0, 4]);
    remove(set, 99);
    expect([set.low, set.high]).toEqual([0, 3]);
  });
});

describe('entry list', () => {
  const order = (list: EntryList): number[] => {
    const events: number[] = [];
    for (let node = list.next[headNode]!; node !== headNode; node = list.next[node]!)
      events.push(list.at[node]!);
    return events;
  };

  test('lifts an operation out with its return, and puts it back where it was', () => {
    const list = entryList(Int32Array.of(0, 1, ~0, 2, ~1), 3);
    lift(list, 1);
    expect(order(list)).toEqual([0, ~0, 2]);
    lift(list, 2);
    lift(list, 0);
    expect(order(list)).toEqual([]);
    unlift(list, 0);
    unlift(list, 2);
    unlift(list, 1);
    expect(order(list)).toEqual([0, 1, ~0, 2, ~1]);
  });

  test('lifting and unlifting in reverse changes nothing', () => {
    const sizes = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(sizes, fc.array(fc.nat()), (size, picks) => {
        const events = Array.from({ length: 2 * size }, (_, i) => (i < size ? i : ~(i - size)));
        const list = entryList(Int32Array.from(events), size);
        const lifted = [...new Set(picks.map((pick) => pick % size))];
        for (const operation of lifted) lift(list, operation);
        const gone = new Set(lifted);
        expect(order(list)).toEqual(
          events.filter((event) => !gone.has(event < 0 ? ~event : event)),
        );
        for (const operation of lifted.toReversed()) unlift(list, operation);
        expect(order(list)).toEqual(events);
      }),
    );
  });
});

describe('configurations', () => {
  const step = fc.record({
    required: fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 4 }),
    spent: fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 3 }),
    state: fc.nat({ max: 2 }),
  });

  test('are new unless the same one was met with a part of what is spent', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const met = configurations();
        const naive: { place: string; spent: number[] }[] = [];
        for (const { required, spent, state } of steps) {
          const place = `${state}:${required.toSorted((a, b) => a - b).join()}`;
          const known = naive.some(
            (each) => each.place === place && each.spent.every((one) => spent.includes(one)),
          );
          expect(met.meet(setOf(41, required), setOf(41, spent), state)).toBe(!known);
          if (!known) naive.push({ place, spent });
        }
      }),
    );
  });

  test('say what they take as they grow', () => {
    const met = configurations();
    const before = met.bytes();
    for (let state = 0; state < 10_000; state++) met.meet(setOf(9, [1]), operationSet(0), state);
    expect(met.bytes()).toBeGreaterThan(before + 10_000 * 4 * 6);
  });
});

test('the events of a problem are in the order of their entries, however far apart those are', () => {
  fc.assert(
    fc.property(tapes(80), fc.integer({ min: 1, max: 1000 }), (tape, apart) => {
      const options = { operationsMax: 20, processes: 4, lieEvery: 5, values: 4 };
      const history = historyFromTape('cas-register', tape, options);
      const spread = history.entries.map((entry) =>
        Object.assign({}, entry, { index: apart * (entry.index + 1) }),
      );
      const [near, far] = [history.entries, spread].map((entries) => {
        const operations = operationsOf({ ...history, entries });
        return problemOf(casRegister(), candidatesOf(casRegister(), operations, true));
      });
      expect([...far!.events]).toEqual([...near!.events]);
      const places = Array.from(near!.events, (event) =>
        event < 0 ? near!.operations[~event]!.completeIndex! : near!.operations[event]!.invokeIndex,
      );
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(new Set(near!.events).size).toBe(near!.calls.length + near!.required);
    }),
  );
});

describe('state table', () => {
  test('gives equal states one number, and no number to what is illegal', () => {
    const table = stateTable(casRegister());
    const write = (value: number) => ({ kind: 'write', value, to: null });
    const one = table.step(0, write(1));
    const two = table.step(one, write(2));
    expect(new Set([0, one, two]).size).toBe(3);
    expect(table.step(two, write(1))).toBe(one);
    expect(table.step(one, { kind: 'read', value: 2, to: null })).toBe(-1);
    expect(table.stateOf(two)).toBe(2);
  });
});

describe('transitions', () => {
  test('are what was noted of a state and a class, however many there are', () => {
    const known = transitions();
    for (let state = 0; state < 100; state++)
      for (let group = state % 3; group < 100; group += 3)
        known.note(state, group, state === group ? -1 : state + group);
    expect(known.get(7, 7)).toBe(-1);
    expect(known.get(7, 10)).toBe(17);
    expect(known.get(7, 8)).toBe(untried);
    expect(known.get(100, 1)).toBe(untried);
    expect(known.bytes()).toBeGreaterThan(3333 * 12);
  });
});

describe('optional operations that cannot help', () => {
  const model = casRegister() as Model;
  const write = (value: number) => ({ kind: 'write', value, to: null });
  const cas = (value: number, to: number) => ({ kind: 'compare-and-set', value, to });
  const read = (value: number) => ({ kind: 'read', value, to: null });

  /** For each of the optional calls, whether it is kept. */
  function kept(of: Model, required: readonly unknown[], optional: readonly unknown[]): boolean[] {
    const calls = [...required, ...optional];
    const effects = effectsOf(of, calls, new Uint8Array(calls.length));
    const useful = usefulOnes(effects, Int32Array.from(calls.keys()), required.length);
    return optional.map((_, i) => useful.includes(required.length + i));
  }

  test('are those whose value nobody needs, and then those that only they need', () => {
    const optional = [write(1), cas(1, 2), write(3)];
    expect(kept(model, [read(3)], optional)).toEqual([false, false, true]);
    expect(kept(model, [read(2)], optional)).toEqual([true, true, false]);
  });

  test('are not known where a call depends on the state in another way', () => {
    const refused = { kind: 'is-not', value: 1, to: 2 };
    expect(kept(model, [read(3), refused], [write(1)])).toEqual([true]);
    const append = { kind: 'append', value: 'x', to: '' };
    expect(kept(kv() as Model, [], [append])).toEqual([true]);
  });

  test('twins are those that do the same, each with the one before it', () => {
    const twinsOf = (of: Model, calls: readonly unknown[]) => [
      ...twins(effectsOf(of, calls, new Uint8Array(calls.length)), 1, calls.length),
    ];
    const calls = [write(1), write(1), write(1), cas(1, 2), write(1), cas(1, 2), cas(2, 2)];
    expect(twinsOf(model, calls)).toEqual([-1, -1, 1, -1, 2, 3, -1]);
    const appends = calls.map(() => ({ kind: 'append', value: 'x', to: '' }));
    expect(twinsOf(kv() as Model, appends).every((twin) => twin === -1)).toBe(true);
  });
});

describe('values', () => {
  test('structures compare by their JSON, and never equal a text', () => {
    expect(atom([1, 2])).toBe(atom([1, 2]));
    expect(atom([1, 2])).not.toBe(atom('[1,2]'));
    expect(atom(undefined)).toBe(null);
  });

  test('a text that looks like the inside of a structure is still another value', () => {
    const inside = atom([1, 2]) as string;
    expect(atom(inside)).not.toBe(atom([1, 2]));
    expect(atom(inside)).toBe(atom(inside));
    expect(plainText(atom(inside))).toBe(inside);
  });

  test('maps are equal whatever the order of their fields, at any depth', () => {
    expect(atom([{ a: 1, b: { c: 2, d: 3 } }])).toBe(atom([{ b: { d: 3, c: 2 }, a: 1 }]));
    expect(atom({ a: 1, b: 2 })).not.toBe(atom({ a: 2, b: 1 }));
    expect(atom({ a: 1, b: undefined })).toBe(atom({ a: 1 }));
    expect(atom({ a: 1, b: null })).not.toBe(atom({ a: 1 }));
    expect(atom(JSON.parse('{"__proto__":1}'))).not.toBe(atom({}));
  });

  test('numbers that JSON has no text for equal themselves, and nothing else', () => {
    const strange = [Number.NaN, Infinity, -Infinity, null, 'NaN', 'Infinity', 0, ''];
    const atoms = [...strange, ...strange.map((each) => [each])].map(atom);
    expect(new Set(atoms).size).toBe(atoms.length);
    expect(atom(Number.NaN) === atom(Number.NaN)).toBe(true);
    expect(atom(-0) === atom(0) && atom([-0]) === atom([0])).toBe(true);
  });

  test('a bigint is the number that it stands for, or its digits, as a history has them', () => {
    expect(atom(5n)).toBe(5);
    expect(atom([5n])).toBe(atom([5]));
    expect(atom(2n ** 53n + 1n)).toBe('9007199254740993');
    expect(atom([2n ** 53n + 1n])).toBe(atom(['9007199254740993']));
  });

  test('what cannot be compared is refused, what says itself is taken at its word', () => {
    expect(() => atom(new Map([[1, 2]]))).toThrowError(/an object of Map, and two of those cannot/);
    expect(() => atom([() => 1])).toThrowError(/a value is function/);
    expect(atom(new Date(0))).toBe(atom(new Date(0)));
    expect(atom(new Date(0))).not.toBe(atom(new Date(1)));
  });

  test('are shown as JSON, cut short', () => {
    expect(describeAtom(atom('1'))).toBe('"1"');
    expect(describeAtom(atom({ a: 1 }))).toBe('{"a":1}');
    expect(describeAtom('x'.repeat(1000)).length).toBeLessThan(100);
  });
});
