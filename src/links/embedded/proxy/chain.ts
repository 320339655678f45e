/**
 * The toxics of a proxy, per direction, in the order in which they were added, and the connections that they act on.
 *
 * A change is made to the list first, so that a connection that opens meanwhile has it, then to every open connection.
 * Changes of one proxy must not overlap: see `mutex.ts`.
 */
import type { Connection } from '../stream/connection.ts';
import type { Direction, Toxic } from './toxic.ts';

export interface ToxicChain {
  readonly toxics: Readonly<Record<Direction, readonly Toxic[]>>;
  readonly connections: Set<Connection>;
  /** All of them: upstream ones first. */
  all(): Toxic[];
  find(name: string): Toxic | undefined;
  add(toxic: Toxic): void;
  update(toxic: Toxic, change: Partial<Pick<Toxic, 'attributes' | 'toxicity'>>): Promise<void>;
  remove(toxic: Toxic): Promise<void>;
  removeAll(): Promise<void>;
}

export function createToxicChain(): ToxicChain {
  const toxics: Record<Direction, Toxic[]> = { upstream: [], downstream: [] };
  const connections = new Set<Connection>();
  const flowsOf = (toxic: Toxic) =>
    Array.from(connections, (connection) => connection.flows[toxic.direction]);
  const all = (): Toxic[] => [...toxics.upstream, ...toxics.downstream];

  async function remove(toxic: Toxic): Promise<void> {
    toxics[toxic.direction] = toxics[toxic.direction].filter((each) => each !== toxic);
    await Promise.all(flowsOf(toxic).map((flow) => flow.remove(toxic)));
  }

  return {
    toxics,
    connections,
    all,
    find: (name) => all().find((toxic) => toxic.name === name),
    add(toxic) {
      toxics[toxic.direction].push(toxic);
      for (const flow of flowsOf(toxic)) flow.add(toxic);
    },
    async update(toxic, change) {
      Object.assign(toxic, change);
      await Promise.all(flowsOf(toxic).map((flow) => flow.update(toxic)));
    },
    remove,
    async removeAll() {
      for (const toxic of all()) await remove(toxic);
    },
  };
}
