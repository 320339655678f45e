/** pause: stops nodes in the middle of whatever they do; they go on later and do not know that time has passed. */
import { strikingNemesis } from './strike.ts';

export const pause = strikingNemesis({
  family: 'pause',
  says: 'freezes nodes, as a long garbage collection or a stalled host does, and later lets them go on',
  needs: ['nodes.pause'],
  brings: 'paused',
  strike: ({ nodes }, node) => nodes.pause(node),
  undo: (nodes, node) => nodes.resume(node),
});
