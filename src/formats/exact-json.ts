/**
 * JSON in which whole numbers that JavaScript cannot hold exactly become their digits as text, so that two that differ
 * stay different: `JSON.parse` reads 9007199254740993 as 9007199254740992 and says nothing.
 */

/** Parses again, and with care, only what holds such a number. Throws as `JSON.parse` does. */
export function parseExactly(
  text: string,
  looksAt: (parsed: unknown) => readonly unknown[],
): unknown {
  const parsed: unknown = JSON.parse(text);
  return looksAt(parsed).some(holdsInexact) ? JSON.parse(text, exact as Reviver) : parsed;
}

/** What a record of a history holds that is compared. */
export const comparedFields = (record: unknown): readonly unknown[] => {
  if (typeof record !== 'object' || record === null) return none;
  const { value, key } = record as { readonly value?: unknown; readonly key?: unknown };
  return typeof value === 'object' || isInexact(value) || isInexact(key) ? [value, key] : none;
};

const none: readonly unknown[] = [];

function holdsInexact(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isInexact(value);
  return Object.values(value).some(holdsInexact);
}

const isInexact = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);

type Reviver = (key: string, value: unknown) => unknown;

/** The third argument, the text of the number, is newer than the types. */
const exact = (_: string, value: unknown, { source }: { readonly source?: string }): unknown =>
  isInexact(value) && source !== undefined && /^-?\d+$/.test(source) ? source : value;

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
