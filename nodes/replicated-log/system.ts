/** The system `replicated-log`: a linearizable key-value store over a leader's replicated log. */
import type { System } from '../../src/core/seams/system.ts';
import { askStatusAt, hostClientWorld } from '../sdk/host/client-world.ts';
import { allKnowOneLeader } from '../sdk/one-leader.ts';
import { probeScript } from '../sdk/wire.ts';
import { optionsHelp, readOptions } from './options.ts';
import { plantedBugs } from './parts.ts';
import { openSession } from './session.ts';

/** This module's own extension, so that sources start sources and the built package starts what was built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

export const replicatedLog: System = {
  name: 'replicated-log',
  says: "a linearizable key-value store over a leader's replicated log, composed of ten patterns",
  nodesMin: 1,
  offers: ['get', 'put', 'compare-and-set'],
  bugs: plantedBugs,
  invariants: [
    'one-leader-per-generation',
    'generation-never-goes-back',
    'committed-entries-agree',
    'high-water-mark-never-goes-back',
  ],
  options: optionsHelp,
  checkOptions: readOptions,
  node: { kind: 'program', module: new URL(`./main${extension}`, import.meta.url) },
  connect: (address, { client }) => openSession(hostClientWorld(address), client),
  settled: allKnowOneLeader,
  probe: probeScript,
  status: askStatusAt,
};
