/** The program of a replicated log's node: run as a process, it reads its configuration from `DSP_NODE`. */
import { runNode } from '../sdk/host/run-node.ts';
import { replicatedLogNode } from './node.ts';

runNode(replicatedLogNode);
