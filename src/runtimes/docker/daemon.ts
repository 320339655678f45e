/**
 * The Docker daemon of this machine, as testcontainers finds it. Its module is loaded only here, for loading it takes
 * longer than most commands of dsp do.
 */
import { connect } from 'node:net';
import type { ContainerRuntimeClient } from 'testcontainers';
import { environmentError, messageOf } from '../../core/errors.ts';
import type { DspError } from '../../core/errors.ts';

export type Docker = ContainerRuntimeClient['container']['dockerode'];
export type DockerContainer = ReturnType<Docker['getContainer']>;

/** Throws an environment error that says why there is none: not installed, not started, or no permission. */
export async function connectDocker(): Promise<Docker> {
  refuseRemote();
  // Where containers' ports are published; else testcontainers finds that out with an image that it pulls.
  process.env['TESTCONTAINERS_HOST_OVERRIDE'] ??= 'localhost';
  const { getContainerRuntimeClient } = await import('testcontainers');
  // testcontainers would go on to another daemon than the one that is named.
  const named = namedSocket();
  if (named !== undefined && (await connectError(named)) !== undefined) throw await noDocker();
  const client = await getContainerRuntimeClient().catch(async () => {
    throw await noDocker();
  });
  const { dockerode } = client.container;
  const { socketPath } = dockerode.modem as { readonly socketPath?: string };
  if (named !== undefined && named !== socketPath) throw await noDocker();
  return dockerode;
}

function refuseRemote(): void {
  const { DOCKER_HOST: named } = process.env;
  const host = /^(?:tcp|https?|ssh):\/\/([^:/]*)/.exec(named ?? '')?.[1];
  if (host === undefined || ['localhost', '127.0.0.1'].includes(host)) return;
  throw environmentError(
    `the Docker daemon at ${named} is not on this machine, and dsp reaches containers through ports of loopback only`,
    'unset DOCKER_HOST, and run a daemon here',
  );
}

/** Pulls an image with the credentials that this user has for its registry. */
export async function pullImage(image: string): Promise<void> {
  const { getContainerRuntimeClient, ImageName } = await import('testcontainers');
  const client = await getContainerRuntimeClient();
  await client.image.pull(ImageName.fromString(image));
}

const defaultSocket = '/var/run/docker.sock';
const socketScheme = 'unix://';

/** The socket that `DOCKER_HOST` names, if it names one. */
function namedSocket(): string | undefined {
  const { DOCKER_HOST: named } = process.env;
  return named?.startsWith(socketScheme) === true ? named.slice(socketScheme.length) : undefined;
}

/** Tries the socket itself, for its error tells what testcontainers does not. */
async function noDocker(): Promise<DspError> {
  const { DOCKER_HOST: named } = process.env;
  const socket = namedSocket() ?? defaultSocket;
  if (named !== undefined && namedSocket() === undefined)
    return environmentError(
      `no Docker daemon answers at DOCKER_HOST ${named}`,
      'start it, or unset DOCKER_HOST',
    );
  const code = (await connectError(socket)) ?? 'nothing';
  switch (code) {
    case 'EACCES':
      return environmentError(
        `permission to use the Docker daemon at ${socket} is denied`,
        'add this user to the group docker, or use a rootless daemon',
      );
    case 'ENOENT':
      return environmentError(
        `there is no Docker daemon: ${socket} does not exist`,
        'install Docker and start it',
      );
    default:
      return environmentError(`no Docker daemon answers at ${socket}`, 'start the daemon');
  }
}

const connectError = (path: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ path });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    socket.on('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
  });

/** What the daemon itself said, without the client's words around it. */
export const daemonSaid = (thrown: unknown): string =>
  messageOf(thrown)
    .replace(/^\(HTTP code \d+\) [^-]*- /, '')
    .trim();

/** Whether the daemon has no such thing, or is about to have none. */
export const isGone = (thrown: unknown): boolean =>
  [404, 409].includes((thrown as { readonly statusCode?: number }).statusCode ?? 0);
