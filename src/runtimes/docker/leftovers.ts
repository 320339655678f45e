/** What runs have in Docker, found and removed by label: containers first, for they hold the rest. */
import type { Docker } from './daemon.ts';
import { isGone } from './daemon.ts';
import { isAbandoned, label } from './labels.ts';
import type { Labels } from './labels.ts';

/** One container, network or volume. */
export interface Thing {
  readonly kind: 'container' | 'network' | 'volume';
  readonly name: string;
  readonly labels: Labels;
  remove(): Promise<unknown>;
}

/** Everything of the run, or of all runs; containers, then networks, then volumes. */
export async function thingsOf(docker: Docker, runId?: string): Promise<readonly Thing[]> {
  const wanted = runId === undefined ? label.run : `${label.run}=${runId}`;
  const filters = { label: [wanted] };
  const [containers, networks, volumes] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  return [
    ...containers.map(({ Id, Names, Labels }): Thing => ({
      kind: 'container',
      name: (Names[0] ?? Id).replace(/^\//, ''),
      labels: Labels,
      remove: () => docker.getContainer(Id).remove({ force: true, v: true }),
    })),
    ...networks.map(({ Id, Name, Labels }): Thing => ({
      kind: 'network',
      name: Name,
      labels: Labels ?? {},
      remove: () => docker.getNetwork(Id).remove(),
    })),
    ...volumes.Volumes.map(({ Name, Labels }): Thing => ({
      kind: 'volume',
      name: Name,
      labels: Labels ?? {},
      remove: () => docker.getVolume(Name).remove(),
    })),
  ];
}

/** The things of this host's runs whose controllers are gone. */
export const abandonedThings = async (docker: Docker): Promise<readonly Thing[]> =>
  (await thingsOf(docker)).filter(({ labels }) => isAbandoned(labels));

const kinds: readonly Thing['kind'][] = ['container', 'network', 'volume'];

/** Removes them, kind after kind. What is gone already is fine. */
export async function removeThings(things: readonly Thing[]): Promise<void> {
  for (const kind of kinds) {
    const removals = things.filter((thing) => thing.kind === kind).map((thing) => thing.remove());
    for (const outcome of await Promise.allSettled(removals)) {
      if (outcome.status === 'rejected' && !isGone(outcome.reason)) throw outcome.reason;
    }
  }
}

/** Removes all that the run has, looking until nothing is found: a thing that was being removed takes its time. */
export async function removeRun(docker: Docker, runId: string): Promise<void> {
  for (;;) {
    const things = await thingsOf(docker, runId);
    if (things.length === 0) return;
    await removeThings(things);
  }
}
