/**
 * Ids of requests, of the shape that the real server's are: 20 characters of base 32, unique within this server.
 * The real ones also hold the time and the machine; nobody reads that out of them.
 */

/** `next()` gives ids that grow. */
export function createRequestIds(): () => string {
  let count = 0;
  return () => (count++).toString(32).padStart(20, '0');
}
