/**
 * power-loss: nodes end as in a power failure, with what they had not synced gone or torn; healing starts them again on
 * what is left. Their durable state survives, so a majority and all nodes may be struck. Beside `kill`, whichever heals
 * first starts the other's victims too: a dead node does not say what it died of.
 */
import { disksOf } from './faculties.ts';
import { strikingNemesis } from './strike.ts';

export const powerLoss = strikingNemesis({
  family: 'power-loss',
  says: 'ends nodes as a power failure does, without what they had not synced, and later restarts them on the rest',
  needs: ['nodes.kill', 'disks.lose-power'],
  brings: 'dead',
  strike: (cluster, node) => disksOf(cluster).losePower(node),
  undo: (nodes, node) => nodes.restart(node),
});
