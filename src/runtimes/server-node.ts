/** What a server's command and environment are made of, in every runtime alike. */
import type { NodeId } from '../core/ids.ts';
import type { ClusterSpec } from '../core/seams/runtime.ts';
import type { ServerNode } from '../core/seams/system.ts';

/** What the server that is this node may be told; the place is the runtime's to say. */
export const serverNode = (
  spec: ClusterSpec,
  id: NodeId,
  place: Pick<ServerNode, 'listenHost' | 'dataFolder'>,
): ServerNode => ({
  id,
  members: spec.nodes,
  seed: `${spec.seed}/node/${id}`,
  options: spec.options,
  ...place,
});
