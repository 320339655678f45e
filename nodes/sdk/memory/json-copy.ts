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
      // JSON has one zero.
      return Number.isFinite(value) ? value + 0 : null;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? copyArray(value) : copyObject(value);
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

/** What JSON has no word for is null in an array, holes too … */
function copyArray(values: readonly unknown[]): unknown[] {
  const copied: unknown[] = [];
  for (let i = 0; i < values.length; i++) copied.push(copy(values[i]) ?? null);
  return copied;
}

/** … and is left out of an object. */
function copyObject(value: object): unknown {
  if ('toJSON' in value) {
    const text = JSON.stringify(value) as string | undefined;
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }
  const copied: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const field = copy((value as Record<string, unknown>)[name]);
    if (field === undefined) continue;
    if (name === '__proto__') defineField(copied, name, field);
    else copied[name] = field;
  }
  return copied;
}

/** An assignment to this one name would be another object's prototype instead of a field. */
const defineField = (copied: object, name: string, value: unknown): unknown =>
  Object.defineProperty(copied, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
