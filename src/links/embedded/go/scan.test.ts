import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { JsonNode } from './scan.ts';
import { GoJsonError, scanJson } from './scan.ts';

function valueOf(node: JsonNode): unknown {
  switch (node.kind) {
    case 'null':
      return null;
    case 'bool':
    case 'string':
      return node.value;
    case 'number':
      return Number(node.text);
    case 'array':
      return node.items.map(valueOf);
    case 'object':
      return Object.fromEntries(node.entries.map(([key, value]) => [key, valueOf(value)]));
  }
}

/** None if it is refused. */
function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

describe('scanning JSON', () => {
  test.prop([fc.json()])('reads what JSON.parse reads', (text) => {
    expect(valueOf(scanJson(text))).toEqual(JSON.parse(text));
  });

  test.prop([fc.json(), fc.nat(), fc.constantFrom('{', ']', ',', '"', '-', '\\', 'e', '.')])(
    'refuses inside a value what JSON.parse refuses',
    (text, at, by) => {
      const place = at % (text.length + 1);
      // A list around it, so that nothing can follow the value.
      const broken = `[${text.slice(0, place)}${by}${text.slice(place)}]`;
      const expected = parsed(() => JSON.parse(broken) as unknown);
      const scanned = parsed(() => scanJson(broken));
      if (expected !== undefined) expect(valueOf(scanned!)).toEqual(expected);
      else if (scanned !== undefined) expect(endsEarly(broken)).toBe(true);
    },
  );

  test('leaves alone what follows the first value', () => {
    expect(scanJson('1 x')).toEqual({ kind: 'number', text: '1' });
    expect(scanJson('{}{')).toEqual({ kind: 'object', entries: [] });
  });

  test('depth has a limit', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(scanJson(nested(1000)).kind).toBe('array');

    expect(() => scanJson(nested(100_000))).toThrow(
      new GoJsonError("invalid character '[' exceeded max depth"),
    );
  });
});

/** Whether a shorter text is a whole value: Go reads that, and leaves the rest. */
const endsEarly = (text: string): boolean =>
  Array.from(text, (_, end) => text.slice(0, end)).some(
    (start) => parsed(() => JSON.parse(start) as unknown) !== undefined,
  );
