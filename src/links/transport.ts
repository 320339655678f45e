/**
 * HTTP to a Toxiproxy server, with a time limit on every request and the server's own words in every refusal.
 *
 * Not `fetch`: that may go through a proxy which the environment names, and refuses some ports. Here a request goes
 * straight to the address, over connections that are closed with the transport.
 */
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { DspError, environmentError, messageOf } from '../core/errors.ts';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

export interface Transport extends Disposable {
  /** Any reply is one; only an answer that does not come, or not in time, is an error (exit 69). */
  send(method: string, url: string, options?: SendOptions): Promise<Reply>;
}

export interface SendOptions {
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Idle connections are closed long before the server would close them, so that no request meets a closing one. */
const idleMsMax = 5000;

export function createTransport(timeoutMs: number, requestsAtOnceMax = 16): Transport {
  const agent = new Agent({ keepAlive: true, maxSockets: requestsAtOnceMax, timeout: idleMsMax });
  return {
    async send(method, url, { body, headers = {} } = {}) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        return await send(method, url, { body, headers, agent, signal });
      } catch (error) {
        const why = signal.aborted ? `did not answer within ${timeoutMs} ms` : messageOf(error);
        throw environmentError(`Toxiproxy at ${new URL(url).host}: ${why}`, undefined, error);
      }
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

interface Sending extends SendOptions {
  readonly agent: Agent;
  readonly signal: AbortSignal;
}

function send(method: string, url: string, sending: Sending): Promise<Reply> {
  const { body, headers, agent, signal } = sending;
  const json = body === undefined ? '' : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method,
      agent,
      signal,
      headers: {
        ...(json === '' ? {} : { 'Content-Type': 'application/json' }),
        'Content-Length': Buffer.byteLength(json),
        ...headers,
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      replyOf(incoming).then(resolve, reject);
    });
    outgoing.end(json);
  });
}

const replyOf = async (incoming: IncomingMessage): Promise<Reply> => ({
  status: incoming.statusCode ?? 0,
  body: await text(incoming),
});

/** The server understood, and would not: its status, and the text that it gave. */
export class ToxiproxyRefusal extends DspError {
  readonly status: number;
  readonly reason: string;

  constructor(what: string, { status, body }: Reply) {
    const reason = reasonOf(body);
    super('harness', `Toxiproxy refused ${what}: ${reason} (status ${status})`);
    this.name = 'ToxiproxyRefusal';
    this.status = status;
    this.reason = reason;
  }
}

/** Refusals are JSON with an `error`; whatever is not stands for itself. */
function reasonOf(body: string): string {
  try {
    const { error } = JSON.parse(body) as { readonly error?: unknown };
    if (typeof error === 'string') return error;
  } catch {
    // Not JSON: a page of text, as for an unknown path.
  }
  return body.trim() === '' ? 'no reason given' : body.trim();
}
