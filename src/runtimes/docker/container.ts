/**
 * One container of a run: made and first started by testcontainers, later killed, paused and started again through the
 * daemon. Its output goes straight into files, from before its first moment; ports are published on loopback alone.
 */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { environmentError } from '../../core/errors.ts';
import type { NodeState } from '../../core/seams/runtime.ts';
import type { Docker, DockerContainer } from './daemon.ts';
import { daemonSaid, isGone } from './daemon.ts';
import type { Labels } from './labels.ts';

export interface ContainerSpec {
  readonly name: string;
  /** For people: `node n1`. */
  readonly role: string;
  readonly image: string;
  readonly labels: Labels;
  /** The network's name, or `container:ID` to share another's. */
  readonly network: string;
  /** The image's own when absent. */
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly hostname?: string;
  /** Names and addresses that its hosts file has besides its own. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Container ports that are published on loopback. */
  readonly ports?: readonly number[];
  /** Folders of this host or volumes, by where they are mounted. */
  readonly mounts?: Readonly<Record<string, string>>;
  readonly user?: string;
  /** Names are looked up in Docker's own table, and nowhere else. */
  readonly asksNobody?: boolean;
  readonly capabilities?: readonly string[];
  /** Files to which its output is appended. */
  readonly output: { readonly stdout: string; readonly stderr: string };
}

/** One life of a container, from a start to an end. */
export interface RunningContainer {
  readonly container: DockerContainer;
  /** The port of 127.0.0.1 at which the container's port is published in this life. */
  hostPort(port: number): number;
  /** Resolves when it has ended and all that it said is in its files, with how. */
  readonly ended: Promise<ContainerEnd>;
}

export interface ContainerEnd {
  readonly status: number;
  /** `exit code 3`, `SIGKILL`. */
  readonly how: string;
}

/** Makes the container and starts it. One that ends at once is no error here: its `ended` tells. */
export async function startContainer(
  docker: Docker,
  spec: ContainerSpec,
): Promise<RunningContainer> {
  const { DspContainer } = await import('./generic-container.ts');
  const begun = Promise.withResolvers<Life>();
  const starting = new DspContainer(spec, async (id) => {
    begun.resolve(await follow(docker.getContainer(id), spec));
  }).start();
  starting.catch(begun.reject);
  try {
    const life = await begun.promise;
    // testcontainers waits for the ports of a container that has died at once, for long, and in vain.
    await Promise.race([starting, life.ended]);
    return await running(life);
  } catch (cause) {
    throw cannotStart(spec, cause);
  }
}

/** Starts a container that has ended, on the disk that it left. */
export async function startAgain(
  { container }: RunningContainer,
  spec: ContainerSpec,
): Promise<RunningContainer> {
  try {
    const life = await follow(container, spec);
    await container.start();
    return await running(life);
  } catch (cause) {
    throw cannotStart(spec, cause);
  }
}

/** SIGKILL to all its processes; resolves when it has ended. A frozen one is thawed by it and does nothing more. */
export async function killContainer({ container, ended }: RunningContainer): Promise<void> {
  const kill = () => container.kill({ signal: 'SIGKILL' });
  try {
    await kill();
  } catch (error) {
    if ((await stateOf(container)) === 'paused') {
      await container.unpause();
      await kill().catch(() => {});
    } else if (!isGone(error)) throw error;
  }
  await ended;
}

/** As the daemon sees it now. */
export async function stateOf(container: DockerContainer): Promise<NodeState> {
  const { State } = await container.inspect();
  if (State.Paused) return 'paused';
  return State.Running ? 'running' : 'dead';
}

interface Life {
  readonly container: DockerContainer;
  readonly ended: Promise<ContainerEnd>;
}

/** Begins to listen to a container that is about to start. */
async function follow(container: DockerContainer, { output }: ContainerSpec): Promise<Life> {
  const stream = await container.attach({ stream: true, stdout: true, stderr: true });
  const files = [output.stdout, output.stderr].map((path) =>
    createWriteStream(path, { flags: 'a' }),
  );
  container.modem.demuxStream(stream, files[0]!, files[1]!);
  const written = finished(stream)
    .catch(() => {})
    .then(() => Promise.all(files.map((file) => finished(file.end()))));
  const exited = container.wait({ condition: 'next-exit' }) as Promise<{ StatusCode: number }>;
  const ended = exited.then(
    async ({ StatusCode: status }) => {
      await written;
      return { status, how: status === sigkilled ? 'SIGKILL' : `exit code ${status}` };
    },
    () => ({ status: -1, how: 'the Docker daemon is gone' }),
  );
  return { container, ended };
}

/** 128 and the signal's number, as shells have it. */
const sigkilled = 137;

async function running({ container, ended }: Life): Promise<RunningContainer> {
  const { State, NetworkSettings } = await container.inspect();
  const status = State.ExitCode;
  return {
    container,
    ended: State.Running ? ended : Promise.resolve({ status, how: `exit code ${status}` }),
    hostPort: (port) => Number(NetworkSettings.Ports[`${port}/tcp`]?.[0]?.HostPort ?? 0),
  };
}

const cannotStart = ({ role }: ContainerSpec, cause: unknown): Error =>
  environmentError(
    `the container of ${role} cannot be started: ${daemonSaid(cause)}`,
    undefined,
    cause,
  );
