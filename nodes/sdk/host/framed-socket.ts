/** A TCP connection that carries frames. Used by nodes for peers and clients, and by the controller for its sessions. */
import { connect, type Socket } from 'node:net';
import type { Address } from '../../../src/core/seams/system.ts';
import { encodeFrame, FrameReader } from '../frames.ts';
import type { Connection, ConnectionEvents, DialEvents } from '../network.ts';

/** More than this waiting to be sent, and further frames are refused: the other end does not read. */
const sendBufferBytesMax = 16 * 2 ** 20;

/** Calls what it is given soon, at a moment when frames may leave. */
export type SendSoon = (send: () => void) => void;

/** Frames leave at the end of the current turn, in one write. */
export const sendAtEndOfTurn: SendSoon = (send) => setImmediate(send);

/** Dials an address. What happens, `opened` included, is told later, never before this returns. */
export function dial(
  address: Address,
  events: DialEvents,
  sendSoon: SendSoon = sendAtEndOfTurn,
): Connection {
  const socket = connect({ host: address.host, port: address.port, noDelay: true });
  const connection = new FramedSocket(socket, sendSoon);
  socket.once('connect', () => {
    if (connection.isOpen) events.opened();
  });
  connection.hear(events);
  return connection;
}

/** One end of the connection, whoever dialled; it refuses frames once too many wait to be sent. */
export class FramedSocket implements Connection {
  readonly #socket: Socket;
  readonly #sendSoon: SendSoon;
  #unsent: Uint8Array[] = [];
  #unsentBytes = 0;
  #ended = false;

  constructor(socket: Socket, sendSoon: SendSoon) {
    this.#socket = socket;
    this.#sendSoon = sendSoon;
  }

  /** Neither this end has closed it, nor has the other been seen to. */
  get isOpen(): boolean {
    return !this.#ended;
  }

  /** Says who hears what comes. Called once, before the current turn ends. */
  hear(events: ConnectionEvents): void {
    const reader = new FrameReader();
    let why = 'closed by the other end';
    this.#socket.on('error', (error) => {
      why = error.message;
    });
    this.#socket.on('close', () => {
      if (this.#ended) return;
      this.#ended = true;
      events.closed(why);
    });
    this.#socket.on('data', (bytes: Buffer) => {
      try {
        for (const frame of reader.push(bytes)) if (!this.#ended) events.frame(frame);
      } catch (error) {
        this.#socket.destroy(error as Error);
      }
    });
  }

  send(frame: Parameters<Connection['send']>[0]): boolean {
    if (this.#ended || this.#socket.connecting || this.#socket.destroyed) return false;
    if (this.#socket.writableLength + this.#unsentBytes > sendBufferBytesMax) return false;
    const bytes = encodeFrame(frame);
    this.#unsent.push(bytes);
    this.#unsentBytes += bytes.length;
    if (this.#unsent.length === 1) this.#sendSoon(() => this.#flush());
    return true;
  }

  close(): void {
    if (this.#ended) return;
    this.#flush();
    this.#ended = true;
    this.#socket.destroySoon();
  }

  #flush(): void {
    if (this.#unsent.length === 0) return;
    const bytes = this.#unsent.length === 1 ? this.#unsent[0]! : Buffer.concat(this.#unsent);
    this.#unsent = [];
    this.#unsentBytes = 0;
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }
}
