/** JSON text as Go's encoder writes it. */

/** As `JSON.stringify`, with the characters escaped that Go escapes so that JSON can stand in a page. */
export const encodeJson = (value: unknown): string => escapeForPages(JSON.stringify(value));

/** An object of the given members, in the given order; JavaScript would move names that look like numbers to the front. */
export const encodeEntries = (entries: readonly (readonly [string, unknown])[]): string =>
  `{${entries.map(([name, value]) => `${encodeJson(name)}:${encodeJson(value)}`).join(',')}}`;

const escapeForPages = (json: string): string =>
  json.replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
