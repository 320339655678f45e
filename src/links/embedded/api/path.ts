/** Request paths as Go's `net/url` and gorilla/mux see them. */
import { posix } from 'node:path';

/** A request's target → its path, still escaped, and its query, `?` included. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const local = target.replace(/^https?:\/\/[^/?]*/i, '');
  const queryAt = local.indexOf('?');
  return queryAt < 0
    ? { path: local, query: '' }
    : { path: local.slice(0, queryAt), query: local.slice(queryAt) };
}

/** The path without its escapes; none if one is malformed. */
export function unescapePath(path: string): string | undefined {
  if (/%(?![\da-f]{2})/i.test(path)) return undefined;
  return path.replaceAll(/(?:%[\da-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
}

/** Where a path leads when `//`, `.` and `..` are resolved; requests for any other form of it are redirected there. */
export const cleanPath = (path: string): string => posix.normalize(`/${path}`);

/** The path with its escapes. */
export const escapePath = (path: string): string =>
  encodeURI(path).replaceAll(
    /[!'()*#?]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
