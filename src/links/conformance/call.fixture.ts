/** One HTTP request, and all of the answer that a test may look at. */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  /** But for `date` and the request's id, which differ each time; whether there is an id is told by `identified`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly identified: boolean;
  readonly body: string;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly userAgent?: string;
}

/** Sends exactly what is given, on a connection of its own. */
export function call(apiUrl: string, { method, path, body, userAgent }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(apiUrl), {
      path,
      method,
      agent: false,
      headers: {
        'Content-Length': Buffer.byteLength(body ?? ''),
        ...(userAgent === undefined ? {} : { 'User-Agent': userAgent }),
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const { date, 'x-toxiproxy-request-id': id, ...headers } = response.headers;
      if (date === undefined && response.statusCode !== 400) reject(new Error('no Date'));
      const status = response.statusCode ?? 0;
      const identified = typeof id === 'string' && /^[\da-v]{20}$/.test(id);
      const plain = headers as Record<string, string>;
      text(response).then((body) => resolve({ status, headers: plain, identified, body }), reject);
    });
    outgoing.end(body);
  });
}
