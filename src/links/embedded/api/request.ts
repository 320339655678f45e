/** A call of the HTTP API, as its handler sees it, and how a handler reads the body. */
import { badRequestBody } from '../errors.ts';
import { GoJsonError } from '../go/scan.ts';
import type { Log } from '../log.ts';
import type { Proxies } from '../proxy/proxies.ts';
import type { Reply } from './reply.ts';

export interface ApiCall {
  readonly proxies: Proxies;
  readonly log: Log;
  /** What stands in the path for `{proxy}` and `{toxic}`. */
  readonly variables: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Throws an ApiError to refuse. */
export type Handler = (call: ApiCall) => Promise<Reply>;

/** Reads the body; what is wrong with it becomes the refusal's text. */
export function readBody<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof GoJsonError) throw badRequestBody(error.message);
    throw error;
  }
}
