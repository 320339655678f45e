/** A system of the harness, made of a user's definition that has been checked. */
import type { Probe, SystemDefinition } from '../config/define-system.ts';
import { environmentError } from '../core/errors.ts';
import type { ProbeScript, Server, ServerNode, System } from '../core/seams/system.ts';
import { isCommand, isTexts } from './schema.ts';
import { sessionFrom } from './session.ts';
import { settledOf, statusOf } from './status.ts';

/** `place` names it in messages: `dsp.config.ts: systems.my-kv`. */
export function systemFrom(place: string, name: string, definition: SystemDefinition): System {
  const probe = scriptOf(definition.probe ?? httpProbe);
  const clientProbe = definition.clientProbe && scriptOf(definition.clientProbe);
  return {
    name,
    says: definition.says ?? `a server of ${place.split(':')[0]}`,
    nodesMin: definition.nodesMin ?? 1,
    offers: definition.offers,
    bugs: [],
    invariants: [],
    options: definition.options ?? {},
    node: serverFrom(place, definition),
    connect: async (address, told) => sessionFrom(place, await definition.connect(address, told)),
    settled: settledOf(definition),
    probe,
    ...(clientProbe === undefined ? {} : { clientProbe }),
    status: statusOf(definition, clientProbe ?? probe),
  };
}

function serverFrom(place: string, definition: SystemDefinition): Server {
  const { image, command, environment, ports, dataFolder } = definition;
  return {
    kind: 'server',
    ports: { client: ports.client, peers: ports.peers ?? [ports.client] },
    ...(image === undefined ? {} : { image }),
    ...(dataFolder === undefined ? {} : { dataFolder }),
    ...(command === undefined
      ? {}
      : { command: told(command, isCommand, `${place}.command must return a list of texts`) }),
    ...(environment === undefined
      ? {}
      : { environment: told(environment, isTexts, `${place}.environment must return texts`) }),
  };
}

/** A value, or a function of the node whose value nobody has seen yet. */
function told<T>(
  given: T | ((node: ServerNode) => T),
  test: (value: unknown) => value is T,
  otherwise: string,
): (node: ServerNode) => T {
  if (typeof given !== 'function') return () => given;
  return (node) => {
    const value: unknown = (given as (node: ServerNode) => T)(node);
    if (test(value)) return value;
    throw environmentError(otherwise, `for ${node.id} it returned ${JSON.stringify(value)}`);
  };
}

/** Any HTTP server answers this, if only with an error. */
const httpProbe: Probe = { ask: 'GET / HTTP/1.1\r\nHost: dsp\r\nConnection: close\r\n\r\n' };

const scriptOf = ({ ask, greets = false }: Probe): ProbeScript => ({
  greets,
  ask: typeof ask === 'string' ? new TextEncoder().encode(ask) : ask,
});
