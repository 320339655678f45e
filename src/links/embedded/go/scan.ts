/**
 * JSON text as Go's decoder reads it: the first value of the text, whatever follows; refusals in Go's words.
 *
 * Not `JSON.parse`: that refuses text behind the value, tells no kinds of numbers apart, and words errors its own way.
 */

export type JsonNode =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** As it was written, for whether it is a whole number is not lost then. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, JsonNode])[] };

/** The text is not JSON, or not of the shape that is wanted. */
export class GoJsonError extends Error {}

/** Go goes ten times as deep, on a stack that grows; nothing that Toxiproxy is sent is deeper than three. */
const depthMax = 1000;

/** The first JSON value of the text. */
export function scanJson(text: string): JsonNode {
  let at = 0;
  let depth = 0;

  function refuse(context: string): never {
    throw new GoJsonError(
      `invalid character ${quoted(String.fromCodePoint(text.codePointAt(at)!))} ${context}`,
    );
  }

  /** The character here; there must be one. */
  function here(): string {
    const character = text[at];
    if (character === undefined) throw new GoJsonError('unexpected EOF');
    return character;
  }

  function skipSpace(): void {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  }

  function value(): JsonNode {
    skipSpace();
    const first = here();
    if (first === '{') return nested(object);
    if (first === '[') return nested(array);
    if (first === '"') return { kind: 'string', value: string() };
    if (first === '-' || isDigit(first)) return { kind: 'number', text: number() };
    if (first === 't') return literal('true', { kind: 'bool', value: true });
    if (first === 'f') return literal('false', { kind: 'bool', value: false });
    if (first === 'n') return literal('null', { kind: 'null' });
    return refuse('looking for beginning of value');
  }

  function nested(body: () => JsonNode): JsonNode {
    if (++depth > depthMax) return refuse('exceeded max depth');
    at++;
    skipSpace();
    const node = body();
    depth--;
    return node;
  }

  function object(): JsonNode {
    const entries: [string, JsonNode][] = [];
    while (here() !== '}' || entries.length > 0) {
      if (here() !== '"') refuse('looking for beginning of object key string');
      const key = string();
      skipSpace();
      if (here() !== ':') refuse('after object key');
      at++;
      entries.push([key, value()]);
      if (!another('}', 'after object key:value pair')) break;
    }
    at++;
    return { kind: 'object', entries };
  }

  function array(): JsonNode {
    const items: JsonNode[] = [];
    while (here() !== ']' || items.length > 0) {
      items.push(value());
      if (!another(']', 'after array element')) break;
    }
    at++;
    return { kind: 'array', items };
  }

  /** Behind an element: a comma, and so another, or the end. */
  function another(end: string, context: string): boolean {
    skipSpace();
    if (here() === end) return false;
    if (here() !== ',') refuse(context);
    at++;
    skipSpace();
    here();
    return true;
  }

  function string(): string {
    const start = at++;
    for (;;) {
      const character = here();
      if (character === '"') break;
      if (character < ' ') refuse('in string literal');
      at++;
      if (character === '\\') escape();
    }
    at++;
    return (JSON.parse(text.slice(start, at)) as string).toWellFormed();
  }

  function escape(): void {
    const character = here();
    if (!'bfnrt\\/"u'.includes(character)) refuse('in string escape code');
    at++;
    if (character !== 'u') return;
    for (let i = 0; i < 4; i++) {
      if (!/[\da-f]/i.test(here())) refuse('in \\u hexadecimal character escape');
      at++;
    }
  }

  function number(): string {
    const start = at;
    if (text[at] === '-') at++;
    if (!isDigit(here())) refuse('in numeric literal');
    if (text[at] === '0') at++;
    else digits();
    if (text[at] === '.') {
      at++;
      if (!isDigit(here())) refuse('after decimal point in numeric literal');
      digits();
    }
    if (text[at] === 'e' || text[at] === 'E') {
      at++;
      if (here() === '+' || here() === '-') at++;
      if (!isDigit(here())) refuse('in exponent of numeric literal');
      digits();
    }
    return text.slice(start, at);
  }

  function digits(): void {
    while (isDigit(text[at])) at++;
  }

  function literal(word: string, node: JsonNode): JsonNode {
    for (const expected of word) {
      if (here() !== expected) refuse(`in literal ${word} (expecting '${expected}')`);
      at++;
    }
    return node;
  }

  skipSpace();
  if (at === text.length) throw new GoJsonError('EOF');
  return value();
}

const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9';

/** A character as Go quotes it. Go reads bytes: of a character beyond ASCII it names the first. */
function quoted(character: string): string {
  if (character === "'") return String.raw`'\''`;
  if (character === '"') return `'"'`;
  const code = Buffer.from(character.toWellFormed())[0]!;
  const named = { 7: 'a', 8: 'b', 9: 't', 10: 'n', 11: 'v', 12: 'f', 13: 'r', 92: '\\' }[code];
  if (named !== undefined) return `'\\${named}'`;
  if (code < 0x20 || code === 0x7f) return `'\\x${code.toString(16).padStart(2, '0')}'`;
  if (code < 0x7f) return `'${character}'`;
  return code <= 0xa0 || code === 0xad
    ? `'\\u${code.toString(16).padStart(4, '0')}'`
    : `'${String.fromCharCode(code)}'`;
}
