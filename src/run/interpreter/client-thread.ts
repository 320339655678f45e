/**
 * A client thread: one client at a time, opened when an operation needs it, closed and replaced when it is no longer to be
 * trusted.
 *
 * After `info` its client is dropped, for an answer to the old operation could be taken for one to the next. What it did
 * not send definitely did not happen: where no client can be opened the operation is `fail`, even if opening took so long
 * that it was given up.
 */
import { DspError, messageOf } from '../../core/errors.ts';
import type { ProcessId } from '../../core/history/entry.ts';
import type { NodeId } from '../../core/ids.ts';
import { fail } from '../../core/seams/client.ts';
import type { Client, Completion } from '../../core/seams/client.ts';
import type { OperationSpec } from '../../core/seams/generator.ts';
import { nsPerMs } from '../../core/time.ts';
import type { InterpreterLimits } from './limits.ts';
import type { Abandonment, Outcome, Performer } from './performer.ts';

export interface ClientSource {
  /** Opens a client for a process; what it throws is classified, and an operation that waits for it is `fail`. */
  openClient(process: number, thread: number, signal: AbortSignal): Promise<Client>;
  /**
   * Tells a thrown error that means "definitely did not happen" from all others. Not asked about what a client's call says
   * of the harness itself (a DspError of that code): that ends the run.
   */
  classify(thrown: unknown): Completion;
}

export class ClientThread implements Performer {
  readonly timeoutNs: number;
  readonly #thread: number;
  readonly #source: ClientSource;
  readonly #limits: InterpreterLimits;
  readonly #closing = new Set<Promise<void>>();
  #client: Client | undefined;
  /** Its last answer says that it cannot be used again. */
  #spoiled = false;
  /** Of the operation that waits, or was the last to wait in vain, for a client to be opened. */
  #opening: AbortSignal | undefined;
  /** Clients lost, or not even opened, since an operation last went well. */
  #lostInARow = 0;

  constructor(thread: number, timeoutNs: number, source: ClientSource, limits: InterpreterLimits) {
    this.#thread = thread;
    this.timeoutNs = timeoutNs;
    this.#source = source;
    this.#limits = limits;
  }

  get node(): NodeId | undefined {
    return this.#client?.node;
  }

  perform(operation: OperationSpec, process: ProcessId, signal: AbortSignal): Promise<Outcome> {
    const client = this.#client;
    if (client !== undefined && client.isOpen?.() !== false)
      return this.#invoke(client, operation, signal);
    this.#drop();
    return this.#openAndInvoke(operation, process as number, signal);
  }

  abandon({ value }: OperationSpec, why: Abandonment): Outcome {
    const sent = this.#opening === undefined;
    this.#opening = undefined;
    return { type: sent ? 'info' : 'fail', value, error: why, node: this.node };
  }

  ended({ type }: Outcome): number {
    if (type === 'info' || this.#spoiled) this.#drop();
    this.#lostInARow = type === 'ok' || this.#client !== undefined ? 0 : this.#lostInARow + 1;
    return this.#backOffMs() * nsPerMs;
  }

  async close(): Promise<void> {
    this.#drop();
    await Promise.all(this.#closing);
  }

  async #openAndInvoke(
    operation: OperationSpec,
    process: number,
    signal: AbortSignal,
  ): Promise<Outcome> {
    this.#opening = signal;
    let client: Client;
    try {
      client = await this.#source.openClient(process, this.#thread, signal);
    } catch (thrown) {
      return outcomeOf(operation, notSent(this.#source.classify(thrown), thrown), undefined);
    }
    if (this.#opening !== signal) {
      // Given up meanwhile: it must not be sent now, for it is recorded as `fail`.
      this.#close(client);
      return outcomeOf(operation, fail('abandoned'), undefined);
    }
    this.#opening = undefined;
    this.#client = client;
    return this.#invoke(client, operation, signal);
  }

  async #invoke(client: Client, operation: OperationSpec, signal: AbortSignal): Promise<Outcome> {
    let completion: Completion;
    let thrown = false;
    try {
      completion = await client.invoke(operation, signal);
    } catch (error) {
      if (error instanceof DspError && error.code === 'harness') throw error;
      thrown = true;
      completion = neverOk(this.#source.classify(error), error);
    }
    // A late answer must not spoil the client that has come in this one's place.
    if (this.#client === client)
      this.#spoiled = client.isOpen?.() === false || (thrown && client.isOpen === undefined);
    return outcomeOf(operation, completion, client.node);
  }

  /** Nobody waits for it to be closed, and nothing depends on how that ends. */
  #close(client: Client): void {
    const closing = closeQuietly(client).then(() => {
      this.#closing.delete(closing);
    });
    this.#closing.add(closing);
  }

  #drop(): void {
    if (this.#client !== undefined) this.#close(this.#client);
    this.#client = undefined;
    this.#spoiled = false;
  }

  #backOffMs(): number {
    const { backOffMsFirst, backOffMsMax } = this.#limits;
    if (this.#lostInARow < 2) return 0;
    return Math.min(backOffMsMax, backOffMsFirst * 2 ** (this.#lostInARow - 2));
  }
}

function outcomeOf(
  { value }: OperationSpec,
  completion: Completion,
  node: NodeId | undefined,
): Outcome {
  return completion.type === 'ok'
    ? { type: 'ok', value: completion.value, error: undefined, node }
    : { type: completion.type, value, error: completion.error, node };
}

/** Nothing was sent, so whatever the error is, the operation did not happen. */
const notSent = (completion: Completion, thrown: unknown): Completion => ({
  type: 'fail',
  error: completion.type === 'ok' ? messageOf(thrown) : completion.error,
});

/** A thrown error is no success, whatever the registry says. */
const neverOk = (completion: Completion, thrown: unknown): Completion =>
  completion.type === 'ok' ? { type: 'info', error: messageOf(thrown) } : completion;

async function closeQuietly(client: Client): Promise<void> {
  try {
    await client.close();
  } catch {
    // It is out of use already.
  }
}
