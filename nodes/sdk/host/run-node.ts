/**
 * Runs a node program as this process.
 *
 * The process ends at SIGTERM, and where its standard input is held by the controller it ends by itself with that. A defect of
 * the program ends it with status 70 and the error on standard error: a node that is in doubt of itself must not go on.
 * What it was told wrongly, an option say, ends it with one sentence there.
 */
import type { NodeConfig } from '../../../src/core/seams/system.ts';
import type { NodeId } from '../../../src/core/ids.ts';
import { exitStatus, messageOf } from '../../../src/core/errors.ts';
import type { Env } from '../env.ts';
import { lastStatus, lastWords } from '../last-words.ts';
import type { NodeProgram } from '../program.ts';
import { hostEnv } from './host-env.ts';

export function runNode(program: NodeProgram): void {
  const config = toldConfig();
  if (config === undefined) {
    process.exitCode = exitStatus.usage;
    return;
  }
  const env = hostEnv(config);
  process.on('SIGTERM', () => env.exit(0));
  if (config.endsWithStdin) endWithController(env);
  const die = (thrown: unknown): void => {
    process.stderr.write(`${lastWords(thrown)}\n`);
    env.exit(lastStatus(thrown));
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  const members = [config.id, ...(Object.keys(config.peers) as NodeId[])].toSorted();
  program(env, { members, bugs: config.bugs, options: config.options }).catch(die);
}

/** The node's configuration from the environment; undefined, with a sentence on standard error, when it has none. */
function toldConfig(): NodeConfig | undefined {
  const text = process.env['DSP_NODE'];
  try {
    if (text === undefined) throw new Error('it is not set');
    return JSON.parse(text) as NodeConfig;
  } catch (error) {
    const why = messageOf(error);
    process.stderr.write(`DSP_NODE must hold the node's configuration as JSON: ${why}\n`);
    return undefined;
  }
}

function endWithController(env: Env): void {
  const end = (): void => env.exit(0);
  process.stdin.on('end', end).on('close', end).on('error', end).resume();
}
