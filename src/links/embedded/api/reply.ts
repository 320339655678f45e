/** What the server answers: status, headers and body, as Go's `net/http` would send them. */
import type { ServerResponse } from 'node:http';
import type { ApiError } from '../errors.ts';
import { encodeJson } from '../go/encode.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** JSON text. */
export const jsonReply = (
  status: number,
  json: string,
  contentType = 'application/json',
): Reply => ({ status, headers: { 'Content-Type': contentType }, body: json });

/** No body. */
export const emptyReply = (status: number, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: '',
});

/** Plain text and a line's end: Go's `http.Error`. */
export const textReply = (status: number, text: string): Reply => ({
  status,
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  },
  body: `${text}\n`,
});

/** A refusal: JSON that is labelled as text, which clients of the real server have come to live with. */
export const errorReply = ({ message, status }: ApiError): Reply =>
  textReply(status, encodeJson({ error: message, status }));

/** What Go sends, and then closes the connection, when a request's path has a malformed escape. */
export const malformedReply = [
  'HTTP/1.1 400 Bad Request',
  'Content-Type: text/plain; charset=utf-8',
  'Connection: close',
  '',
  '400 Bad Request',
].join('\r\n');

/** Up to this size Go knows the length of a body before it sends the headers. */
const knownLengthBytesMax = 2048;

/** Sends the reply, and ends the response. */
export function sendReply(response: ServerResponse, { status, headers, body }: Reply): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // Go says nothing of a connection that stays open.
  if (response.shouldKeepAlive) response.removeHeader('Connection');
  if (Buffer.byteLength(body) <= knownLengthBytesMax) {
    response.end(body);
  } else {
    response.write(body);
    response.end();
  }
}
