/**
 * HTTP over one connection that is never replaced: one request at a time, its answer read whole, nothing sent twice.
 *
 * What fails is told apart by what may have happened. Nothing was sent: `not-connected`, `not-sent`. From the moment that
 * a request is handed to an open connection it may have arrived, so whatever becomes of it then is `connection-lost`,
 * `aborted` or `bad-answer`. That is so even where the other end had closed the connection and nobody here knew yet: an
 * error of the socket does not say how much of the request was read.
 */
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { SessionError } from '../../../src/core/error-registry.ts';
import { messageOf } from '../../../src/core/errors.ts';
import type { Address } from '../../../src/core/seams/system.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

const answerBytesMax = 2 ** 20;

export class HttpConnection {
  readonly #address: Address;
  readonly #socket: Socket;
  readonly #agent: Agent;
  #ended = false;

  private constructor(address: Address, socket: Socket) {
    this.#address = address;
    this.#socket = socket;
    this.#agent = new AgentOfOne(socket);
    const ended = (): void => void (this.#ended = true);
    socket.on('error', ended).on('end', ended).on('close', ended);
  }

  /** Resolves once it is accepted; rejects with `not-connected`, also when `signal` aborts first. */
  static open(address: Address, signal: AbortSignal): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ ...address, noDelay: true, signal });
      const failed = (error: Error): void =>
        reject(new SessionError('not-connected', error.message));
      socket.once('error', failed);
      socket.once('connect', () => {
        socket.off('error', failed);
        resolve(new HttpConnection(address, socket));
      });
    });
  }

  /** Whether requests can still be sent, as far as is known. */
  get isOpen(): boolean {
    return !this.#ended && !this.#socket.destroyed;
  }

  /** Resolves with the answer, whatever its status; call it again only then. Aborting ends the connection. */
  async ask(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    if (signal.aborted || !this.isOpen) throw new SessionError('not-sent');
    try {
      const response = await this.#send(asked, signal);
      return { status: response.statusCode ?? 0, text: await textOf(response) };
    } catch (error) {
      this.close();
      if (error instanceof SessionError) throw error;
      throw new SessionError(signal.aborted ? 'aborted' : 'connection-lost', messageOf(error));
    }
  }

  close(): void {
    this.#ended = true;
    this.#agent.destroy();
    this.#socket.destroy();
  }

  #send({ method, path, body }: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    };
    return new Promise((resolve, reject) => {
      request({ ...this.#address, agent: this.#agent, method, path, headers, signal })
        .once('response', resolve)
        .on('error', reject)
        .end(text);
    });
  }
}

/** Keeps the one connection that it was given, and makes no other. */
class AgentOfOne extends Agent {
  #socket: Socket | undefined;

  constructor(socket: Socket) {
    super({ keepAlive: true, maxSockets: 1 });
    this.#socket = socket;
  }

  override createConnection(
    _: unknown,
    callback?: (error: Error | null, socket: Socket) => void,
  ): Socket | undefined {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) callback?.(new SessionError('not-sent'), undefined as never);
    return socket;
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > answerBytesMax) throw new SessionError('bad-answer', 'the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
