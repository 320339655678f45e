/** The shortest definition there is, of a server that nobody starts. */
import { defineSystem } from '../config/define-system.ts';
import { nodeIds } from '../core/ids.ts';
import type { ServerNode } from '../core/seams/system.ts';

export const shortest = defineSystem({
  image: 'my-kv:1',
  ports: { client: 8080 },
  offers: ['get'],
  connect: () => ({ get: async () => null }),
});

const members = nodeIds(3);

/** What the first of three nodes is told. */
export const firstNode: ServerNode = {
  id: members[0]!,
  listenHost: '127.0.0.1',
  members,
  dataFolder: '/data',
  seed: 's',
  options: {},
};

/** The same definition with some fields changed, into what it may be or not. */
export const changed = (fields: object): unknown => ({ ...shortest, ...fields });
