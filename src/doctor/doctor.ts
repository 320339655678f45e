/** Examines what this machine can do for dsp. Nothing is installed or changed; every finding names its remedy. */
import { messageOf } from '../core/errors.ts';
import { probeDisk } from './disk.ts';
import { probeLoopback } from './loopback.ts';
import { probeServers } from './servers.ts';
import { probeNode } from './node.ts';
import { probeDocker } from './docker.ts';
import { probeFaketime, probeNpm, probeToxiproxy } from './programs.ts';
import { probeRuntimes } from './runtimes.ts';

/** `warn`: something optional is missing. `fail`: dsp cannot run here. */
export interface Finding {
  readonly status: 'ok' | 'warn' | 'fail';
  readonly says: string;
  readonly remedy?: string;
}

export interface Diagnosis extends Finding {
  readonly name: string;
}

/** Looks at one thing; what it throws counts as `fail`. */
export type Probe = (context: ProbeContext) => Promise<Finding>;

export interface ProbeContext {
  /** Where runs would be written. */
  readonly outFolder: string;
  /** Container images that stand in for public ones, by name. */
  readonly images: Readonly<Record<string, string>>;
}

const probes: Readonly<Record<string, Probe>> = {
  node: probeNode,
  npm: probeNpm,
  loopback: probeLoopback,
  servers: probeServers,
  disk: probeDisk,
  toxiproxy: probeToxiproxy,
  docker: probeDocker,
  faketime: probeFaketime,
  runtimes: probeRuntimes,
};

/** One diagnosis a probe, in the order of the list. */
export const examine = (context: ProbeContext): Promise<Diagnosis[]> =>
  Promise.all(Object.entries(probes).map(([name, probe]) => diagnose(name, probe, context)));

async function diagnose(name: string, probe: Probe, context: ProbeContext): Promise<Diagnosis> {
  try {
    return { name, ...(await probe(context)) };
  } catch (thrown) {
    return { name, status: 'fail', says: messageOf(thrown) };
  }
}
