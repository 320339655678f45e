/**
 * What becomes of a frame between two nodes: the other one gets a copy, as if it had been JSON on the way. The same as
 * `JSON.parse(JSON.stringify(value))` for plain data, several times faster.
 */
export function jsonCopy<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? value.map(copyInArray) : copyObject(value);
    case 'string':
    case 'boolean':
      return value;
    case 'bigint':
      throw new TypeError('a BigInt is no JSON');
    case 'undefined':
    case 'function':
    case 'symbol':
      return undefined;
  }
}

/** What JSON has no word for is nothing in an array, and is left out of an object. */
const copyInArray = (value: unknown): unknown => copy(value) ?? null;

function copyObject(value: object): unknown {
  if ('toJSON' in value) return JSON.parse(JSON.stringify(value)) as unknown;
  const copied: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const field = copy((value as Record<string, unknown>)[name]);
    if (field !== undefined) copied[name] = field;
  }
  return copied;
}
