/**
 * Singular Update Queue: one consumer makes all changes, one after the other, so that no change sees another half made.
 *
 * An update may wait for the disk in its middle; the next one begins only when it has ended. Whatever has gathered
 * meanwhile is taken as one batch, and the batch is committed once: a sync for many updates (group commit). The queue is
 * bounded. A caller whose update does not fit is refused at once and told so; an update that was taken is never dropped.
 * Part of the room is kept for the cluster's own messages, so that many clients cannot keep it from electing a leader.
 */

/** A change; may take time, and then nothing else changes meanwhile. */
export type Update = () => void | Promise<void>;

export interface UpdateQueue {
  /** Takes the update, or refuses it when the room for its kind is full. */
  submit(update: Update, kind: 'request' | 'protocol'): boolean;
  /** How many wait or are being made. */
  readonly length: number;
}

export interface UpdateQueueOptions {
  /** The most requests that wait. */
  readonly requestsMax: number;
  /** Room on top of it that only the protocol may use. */
  readonly protocolRoom: number;
  /** Makes a batch of updates durable, after its last one. */
  readonly commit: () => Promise<void>;
  /** An update or a commit threw: nothing more is taken. */
  readonly failed: (error: unknown) => void;
}

export function updateQueue(options: UpdateQueueOptions): UpdateQueue {
  let waiting: Update[] = [];
  /** Those of the batch in hand that are not made yet. */
  let inHand = 0;
  let state: 'idle' | 'running' | 'failed' = 'idle';

  const consume = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      inHand = batch.length;
      for (const update of batch) {
        const done = update();
        if (done !== undefined) await done;
        inHand--;
      }
      await options.commit();
    }
    state = 'idle';
  };
  const fail = (error: unknown): void => {
    state = 'failed';
    options.failed(error);
  };

  return {
    get length() {
      return waiting.length + inHand;
    },
    submit(update, kind) {
      const roomMax = options.requestsMax + (kind === 'protocol' ? options.protocolRoom : 0);
      if (state === 'failed' || waiting.length + inHand >= roomMax) return false;
      waiting.push(update);
      if (state === 'idle') {
        state = 'running';
        // Not at once: the caller may be in the middle of a change of its own.
        Promise.resolve().then(consume).catch(fail);
      }
      return true;
    },
  };
}
