/**
 * JSON values into records of a known shape, by the rules of Go's decoder.
 *
 * A field's name matches in any case; null, and a field that is unknown, change nothing; the last of several wins. A
 * value of another kind is refused with the text that Go gives, names of Go's types included, for that is what clients
 * of the real server are shown.
 */
import type { JsonNode } from './scan.ts';
import { GoJsonError, scanJson } from './scan.ts';

/** What a field may be. `path` is what Go puts before the field's name, for a field of an embedded struct. */
export type GoShape = 'string' | 'bool' | 'int' | 'int64' | 'float32' | GoStruct;

export interface GoStruct {
  /** As Go prints the type. */
  readonly type: string;
  readonly fields: Readonly<Record<string, GoShape>>;
  /** Fields that Go finds in an embedded struct of this name. */
  readonly embedded?: { readonly name: string; readonly fields: readonly string[] };
}

export type GoValue<Shape extends GoShape> = Shape extends GoStruct
  ? { -readonly [Field in keyof Shape['fields']]?: GoValue<Shape['fields'][Field]> }
  : Shape extends 'string'
    ? string
    : Shape extends 'bool'
      ? boolean
      : number;

/** Lets a struct's fields keep their literal types. */
export const goStruct = <const Struct extends GoStruct>(struct: Struct): Struct => struct;

/** Decodes the first value of the text; what is not given is absent. */
export function decodeStruct<const Struct extends GoStruct>(
  text: string,
  struct: Struct,
): GoValue<Struct> {
  return (decode(scanJson(text), struct, []) ?? {}) as GoValue<Struct>;
}

/** As `decodeStruct`, for a list. */
export function decodeList<const Struct extends GoStruct>(
  text: string,
  element: Struct,
): GoValue<Struct>[] {
  const node = scanJson(text);
  if (node.kind === 'null') return [];
  if (node.kind !== 'array') throw mismatch(node.kind, `[]${element.type}`, []);
  return node.items.map((item) => (decode(item, element, []) ?? {}) as GoValue<Struct>);
}

/** Where a value stands: the innermost struct, and the fields that lead to it. */
type Path = readonly string[];

function decode(node: JsonNode, shape: GoShape, path: Path, owner = ''): unknown {
  if (node.kind === 'null') return undefined;
  if (typeof shape === 'object') {
    if (node.kind !== 'object') throw mismatch(node.kind, shape.type, path, owner);
    return decodeFields(node.entries, shape, path);
  }
  if (node.kind === 'number' && isNumeric(shape)) {
    const value = numberOf(node.text, shape);
    if (value === undefined) throw mismatch(`number ${node.text}`, shape, path, owner);
    return value;
  }
  if (node.kind === 'bool' && shape === 'bool') return node.value;
  if (node.kind === 'string' && shape === 'string') return node.value;
  throw mismatch(node.kind, shape, path, owner);
}

function decodeFields(
  entries: readonly (readonly [string, JsonNode])[],
  struct: GoStruct,
  path: Path,
): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [key, node] of entries) {
    const field = fieldNamed(key, struct);
    if (field === undefined) continue;
    const prefix = struct.embedded?.fields.includes(field) ? [struct.embedded.name] : [];
    const shape = struct.fields[field]!;
    const value = decode(node, shape, [...path, ...prefix, field], shortName(struct.type));
    if (value === undefined) continue;
    const before = record[field];
    record[field] = typeof before === 'object' ? Object.assign(before!, value) : value;
  }
  return record;
}

/** The exact name first, then any case of it. */
function fieldNamed(key: string, { fields }: GoStruct): string | undefined {
  if (Object.hasOwn(fields, key)) return key;
  return Object.keys(fields).find((field) => folded(field) === folded(key));
}

/** Two letters beyond ASCII are other cases of ASCII ones: ſ (long s) and K (the sign for kelvin). */
const folded = (name: string): string => name.replaceAll('ſ', 's').toLowerCase();

const isNumeric = (shape: string): shape is 'int' | 'int64' | 'float32' =>
  shape === 'int' || shape === 'int64' || shape === 'float32';

/** Whole numbers beyond 2⁵³ are refused, though Go takes them up to 2⁶³: they could not be kept. */
function numberOf(text: string, shape: 'int' | 'int64' | 'float32'): number | undefined {
  const value = Number(text);
  if (shape === 'float32') return shortestFloat32(value);
  return /^-?\d+$/.test(text) && Number.isSafeInteger(value) ? value + 0 : undefined;
}

/** The number of the fewest digits that has the same 32 bits, as Go prints it; none if it is too large for them. */
function shortestFloat32(value: number): number | undefined {
  const float = Math.fround(value);
  if (!Number.isFinite(float)) return undefined;
  const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].find(
    (count) => Math.fround(Number(float.toPrecision(count))) === float,
  );
  return Number(float.toPrecision(digits ?? 9));
}

/** `toxiproxy.Proxy` → `Proxy`; a struct without a name has none. */
const shortName = (type: string): string =>
  /^[\w.]+$/.test(type) ? type.slice(type.lastIndexOf('.') + 1) : '';

function mismatch(value: string, type: string, path: Path, owner = ''): GoJsonError {
  const where = path.length === 0 ? 'Go value' : `Go struct field ${owner}.${path.join('.')}`;
  return new GoJsonError(`json: cannot unmarshal ${value} into ${where} of type ${type}`);
}
