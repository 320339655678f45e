/**
 * One connection through a proxy: the client's socket, the upstream server's, and a flow each way.
 *
 * Each flow's end closes its receiver, whole, and that ends the other flow. How sockets are closed is settled when the
 * connection begins: with a reset if a toxic that resets is there, else as usual.
 */
import type { Socket } from 'node:net';
import type { Random } from '../../../core/random.ts';
import type { Direction, Toxic } from '../proxy/toxic.ts';
import type { Flow } from './flow.ts';
import { createFlow } from './flow.ts';

export interface Connection {
  readonly flows: Readonly<Record<Direction, Flow>>;
  /** Closes both sockets at once, whatever is under way. */
  destroy(): void;
}

export interface ConnectionParts {
  readonly client: Socket;
  readonly upstream: Socket;
  readonly toxics: Readonly<Record<Direction, readonly Toxic[]>>;
  readonly random: Random;
  /** Both sockets are closed. */
  readonly onClosed: () => void;
}

/** Joins two sockets that are open and paused. */
export function join(parts: ConnectionParts): Connection {
  const { client, upstream, toxics, random } = parts;
  const all = [...toxics.upstream, ...toxics.downstream];
  const closesWithReset = all.some(({ kind }) => kind.closesWithReset === true);

  function close(socket: Socket): void {
    if (socket.destroyed) return;
    if (closesWithReset) socket.resetAndDestroy();
    else socket.destroy();
  }

  let open = 2;
  for (const socket of [client, upstream]) {
    socket.on('close', () => {
      open -= 1;
      if (open === 0) parts.onClosed();
    });
  }

  return {
    flows: {
      upstream: createFlow({
        source: client,
        receiver: upstream,
        toxics: toxics.upstream,
        random: random.fork('upstream'),
        closeReceiver: () => close(upstream),
      }),
      downstream: createFlow({
        source: upstream,
        receiver: client,
        toxics: toxics.downstream,
        random: random.fork('downstream'),
        closeReceiver: () => close(client),
      }),
    },
    destroy() {
      close(client);
      close(upstream);
    },
  };
}
