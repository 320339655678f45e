/**
 * JSON in which numbers that JavaScript cannot hold become their digits as text, so that two that differ stay different:
 * `JSON.parse` reads 9007199254740993 as 9007199254740992 and says nothing. And the keys of objects, which have no order,
 * are put in one, so that equal ones look it.
 */

/** Parses again, and with care, only what needs it. Throws as `JSON.parse` does. */
export function parseExactly(
  text: string,
  looksAt: (parsed: unknown) => readonly unknown[],
): unknown {
  const parsed: unknown = JSON.parse(text);
  return looksAt(parsed).some(needsCare) ? JSON.parse(text, careful as Reviver) : parsed;
}

/** What a record of a history holds that is compared. */
export const comparedFields = (record: unknown): readonly unknown[] => {
  if (typeof record !== 'object' || record === null) return none;
  const { value, key } = record as { readonly value?: unknown; readonly key?: unknown };
  return typeof value === 'object' || isInexact(value) || isInexact(key) ? [value, key] : none;
};

const none: readonly unknown[] = [];

function needsCare(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isInexact(value);
  if (Array.isArray(value)) return value.some(needsCare);
  return !isInOrder(Object.keys(value)) || Object.values(value).some(needsCare);
}

const isInexact = (value: unknown): boolean =>
  typeof value === 'number' &&
  (Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value));

/** Whole numbers come first and in order, whatever one does. */
const isInOrder = (keys: readonly string[]): boolean =>
  keys.every((key, i) => i === 0 || keys[i - 1]! < key || /^\d+$/.test(keys[i - 1]!));

type Reviver = (key: string, value: unknown) => unknown;

/** The third argument, the text of the number, is newer than the types. */
function careful(_: string, value: unknown, { source }: { readonly source?: string }): unknown {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  if (!isInexact(value) || source === undefined) return value;
  return /^-?\d+$/.test(source) || !Number.isFinite(value) ? source : value;
}

/** Nesting beyond this is no operation's, and would exhaust the stack of whoever walks over it. */
export function isTooDeep(text: string): boolean {
  if (text.length < 2 * depthMax) return false;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === 92) at++;
      else if (code === 34) inText = false;
    } else if (code === 34) inText = true;
    else if (code === 91 || code === 123) {
      if (++depth > depthMax) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}

const depthMax = 200;
