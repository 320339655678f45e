/**
 * The key-value store: the state that the log's commands make, the same on every node from the same entries.
 *
 * A key that was never put has the value null. A compare-and-set is decided here, when its entry is applied, and not
 * before: only then is it known what the value is.
 */
import type { Value } from '../../src/core/seams/system.ts';
import type { IdempotentReceiver } from '../patterns/idempotent-receiver/idempotent-receiver.ts';
import type { LogEntry } from '../patterns/write-ahead-log/entry.ts';
import type { Change, Command, Reply } from './messages.ts';

export interface KeyValueStore {
  get(key: string): Value;
  /** The reply to the command's request; undefined for a command that nobody asked for. */
  apply(entry: LogEntry<Command>): Reply | undefined;
}

export function keyValueStore(receiver: IdempotentReceiver<Reply>): KeyValueStore {
  const values = new Map<string, Value>();
  const get = (key: string): Value => values.get(key) ?? null;

  const execute = (change: Change): Reply => {
    switch (change.call) {
      case 'put':
        values.set(change.key, change.value);
        return done;
      case 'compare-and-set': {
        const isFrom = get(change.key) === change.from;
        if (isFrom) values.set(change.key, change.to);
        return { ok: true, value: isFrom };
      }
    }
  };

  return {
    get,
    apply({ index, command }) {
      if (command.call === 'no-op') return undefined;
      return receiver.receive(index, command, () => execute(command));
    },
  };
}

/** It happened, and there is nothing more to say. */
export const done: Reply = { ok: true, value: null };
