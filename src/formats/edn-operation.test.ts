/** Operations in EDN, read by the library edn-data and by the reader of our own. */
import { parseEDNString } from 'edn-data';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseHistory } from './read-history.ts';

const atom = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('nil', 'true', ':key', '"a text"', '2.5', '"a \\"b\\" \\\\"'),
);
const micro = fc.oneof(
  fc.tuple(fc.nat({ max: 9 }), fc.nat()).map(([key, element]) => `[:append ${key} ${element}]`),
  fc
    .tuple(fc.nat({ max: 9 }), fc.array(fc.nat()))
    .map(([key, list]) => `[:r ${key} [${list.join(' ')}]]`),
  fc.constant('[:r 3 nil]'),
);
const value = fc.oneof(
  atom,
  fc.array(atom, { maxLength: 3 }).map((items) => `[${items.join(' ')}]`),
  fc.array(micro, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
);
/** Each invoked by a client of its own, so that all of them are entries. */
const operations = fc.array(
  fc.record({
    tag: fc.constantFrom('', '#jepsen.history.Op', '#jepsen.history.Op '),
    f: fc.constantFrom(':read', ':write', ':txn', 'cas'),
    value,
    rest: fc.constantFrom('', ', :time 12, :index 3', ' :node "n1" :exception {:via [{:a 1}]}'),
  }),
);

interface Theirs {
  readonly process: number;
  readonly f: string;
  readonly value: unknown;
}

test('both read the same', () => {
  fc.assert(
    fc.property(operations, fc.boolean(), (drawn, inVector) => {
      const maps = drawn.map(
        (each, process) =>
          `{:process ${process}, :type :invoke, :f ${each.f}, :value ${each.value}${each.rest}}`,
      );
      const lines = maps.map((map, at) => drawn[at]!.tag + map).join('\n');
      const text = inVector ? `[${lines}]` : lines;
      const { entries } = parseHistory(text, 'file', 'edn', { independent: 'no' });
      const theirs = maps.map(
        (map) => parseEDNString(map, { mapAs: 'object', keywordAs: 'string' }) as Theirs,
      );
      expect(entries.map(({ process, f, value: read }) => [process, f, read])).toEqual(
        theirs.map((each) => [each.process, nameOf(each.f), each.value]),
      );
    }),
    { numRuns: 500 },
  );
});

/** The library keeps symbols apart, which a function's name does not need. */
const nameOf = (f: unknown): unknown =>
  typeof f === 'object' && f !== null && 'sym' in f ? f.sym : f;
