/**
 * The HTTP server of the embedded Toxiproxy: finds the call that a request is for, lets it answer, logs it.
 *
 * Calls that change something run one at a time. What is the same for all is here: ids of requests, browsers refused,
 * paths redirected to their clean form, 404, 405.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { messageOf } from '../../../core/errors.ts';
import { ApiError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Mutex } from '../../mutex.ts';
import type { Proxies } from '../proxy/proxies.ts';
import { cleanPath, escapePath, splitTarget, unescapePath } from './path.ts';
import type { Reply } from './reply.ts';
import { emptyReply, errorReply, malformedReply, sendReply, textReply } from './reply.ts';
import { createRequestIds } from './request-id.ts';
import type { Match, Route } from './routes.ts';
import { matchRoute } from './routes.ts';

export interface ApiParts {
  readonly proxies: Proxies;
  /** Holds back a change until the one before it is done. */
  readonly mutex: Mutex;
  readonly log: Log;
}

/** The real server's limits of time, and one of size that it lacks. */
const requestMsMax = 15_000;
const keepAliveMs = 60_000;
const bodyBytesMax = 16 * 1024 * 1024;

/** A server that does not yet listen. */
export function createApiServer(parts: ApiParts): Server {
  const nextRequestId = createRequestIds();
  const server = createServer((request, response) => void answer(request, response));
  server.requestTimeout = requestMsMax;
  server.headersTimeout = requestMsMax;
  server.keepAliveTimeout = keepAliveMs;
  return server;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = await routed(request, response);
    if (reply === undefined) request.socket.end(malformedReply);
    else sendReply(response, reply);
  }

  /** None if the path is not one. */
  async function routed(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Reply | undefined> {
    const { path: escaped, query } = splitTarget(request.url ?? '');
    const path = unescapePath(escaped);
    if (path === undefined) return undefined;
    const clean = cleanPath(path);
    if (clean !== path) return emptyReply(301, { Location: escapePath(clean) + query });
    const match = matchRoute(request.method ?? '', path);
    if (match === undefined) return textReply(404, '404 page not found');
    if (match.route === undefined) return emptyReply(405);
    return called(match.route, match.variables, request, response);
  }

  async function called(
    [name, handler]: Route,
    variables: Match['variables'],
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Reply> {
    const startedMs = performance.now();
    const requestId = nextRequestId();
    response.setHeader('X-Toxiproxy-Request-Id', requestId);
    const reply = await orRefusal(parts.log, async () => {
      if (isBrowser(request)) return textReply(403, 'User agent not allowed');
      const body = await bodyOf(request);
      const call = { proxies: parts.proxies, log: parts.log, variables, body };
      return request.method === 'GET' ? handler(call) : parts.mutex(() => handler(call));
    });
    parts.log('debug', '', {
      request_id: requestId,
      method: request.method ?? '',
      url: request.url ?? '',
      user_agent: request.headers['user-agent'] ?? '',
      status: reply.status,
      size: Buffer.byteLength(reply.body),
      duration: performance.now() - startedMs,
      handler: name,
    });
    return reply;
  }
}

/** So that a page in somebody's browser cannot drive the server. */
const isBrowser = (request: IncomingMessage): boolean =>
  request.headers['user-agent']?.startsWith('Mozilla/') === true;

/** A defect of ours ends the call that met it, not the run whose links these are. */
async function orRefusal(log: Log, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError) return errorReply(error);
    log('error', 'A call failed', { error: String(error) });
    return errorReply(new ApiError(messageOf(error), 500));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new ApiError('request body too large', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
