/** The private network of a run, and the addresses in it that links own. */
import { linkName } from '../../core/ids.ts';
import type { Link } from '../../core/ids.ts';
import { environmentError } from '../../core/errors.ts';
import type { Docker } from './daemon.ts';
import { daemonSaid } from './daemon.ts';
import type { Labels } from './labels.ts';

export interface RunNetwork {
  readonly name: string;
  /** `172.18.0.0/16`. */
  readonly subnet: string;
}

/** Makes a network; Docker chooses its range, so that no two networks overlap. */
export async function createNetwork(
  docker: Docker,
  name: string,
  labels: Labels,
): Promise<RunNetwork> {
  try {
    const network = await docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      CheckDuplicate: true,
      Labels: { ...labels },
    });
    const { IPAM } = (await network.inspect()) as {
      readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] };
    };
    const subnet = IPAM?.Config?.find(({ Subnet }) => Subnet?.includes('.'))?.Subnet;
    if (subnet === undefined) throw new Error('it has no IPv4 range');
    return { name, subnet };
  } catch (cause) {
    const said = daemonSaid(cause);
    throw environmentError(
      `Docker made no network for the run: ${said}`,
      /address pool|overlap|subnet/i.test(said)
        ? 'its address ranges are used up: dsp clean and docker network prune free those of runs that are over'
        : undefined,
      cause,
    );
  }
}

/** Addresses at the bottom of a range that Docker may give to containers, however often they restart. */
const keptForContainers = 1024;

/**
 * An address for every link, from the top of the range downwards, where Docker's own numbering from the bottom does not
 * come. By link name.
 */
export function linkAddresses(subnet: string, links: readonly Link[]): ReadonlyMap<string, string> {
  const [base = '', bits = ''] = subnet.split('/');
  const first = base.split('.').reduce((number, part) => number * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  if (links.length + keptForContainers > size) {
    throw environmentError(
      `the range ${subnet} that Docker gave the run is too small for ${links.length} links`,
      "use fewer nodes, or widen the daemon's default-address-pools",
    );
  }
  const broadcast = first + size - 1;
  return new Map(links.map((link, i) => [linkName(link), dotted(broadcast - 1 - i)]));
}

const dotted = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
