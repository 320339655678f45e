/**
 * Rejected promises that nobody cared for, while nodes live in this process: a node's ends that node, as it would end its
 * process; anybody else's is for whoever listened before.
 *
 * Node tells every listener of every rejection, and the command line's ends the harness. So as long as a simulation runs,
 * it listens in their place and hands on what is no node's. Several may run at once; the last one lets the others back.
 */
import { presentLife } from '../../../nodes/sdk/memory/life.ts';

let simulations = 0;
let others: readonly NodeJS.UnhandledRejectionListener[] = [];

/** Until it is disposed of. */
export function listenForRejections(): Disposable {
  simulations += 1;
  if (simulations === 1) {
    others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', listen);
  }
  return { [Symbol.dispose]: stopListening };
}

function stopListening(): void {
  simulations -= 1;
  if (simulations > 0) return;
  process.off('unhandledRejection', listen);
  for (const other of others) process.on('unhandledRejection', other);
}

function listen(reason: unknown, promise: Promise<unknown>): void {
  const life = presentLife();
  if (life !== undefined) return life.failed(reason);
  if (others.length === 0) throw reason;
  for (const other of others) other(reason, promise);
}
