/** kill: SIGKILL to nodes; healing starts them again on the disk that they left. */
import { strikingNemesis } from './strike.ts';

export const kill = strikingNemesis({
  family: 'kill',
  says: 'kills nodes without warning and later restarts them on their old disk',
  needs: ['nodes.kill'],
  brings: 'dead',
  strike: ({ nodes }, node) => nodes.kill(node),
  undo: (nodes, node) => nodes.restart(node),
});
