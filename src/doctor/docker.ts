/** What the runtime docker needs: a daemon that may be used, and the images that it starts containers from. */
import { DspError, messageOf } from '../core/errors.ts';
import { connectDocker } from '../runtimes/docker/daemon.ts';
import { imageId, publicImages } from '../runtimes/docker/images.ts';
import type { Probe } from './doctor.ts';

/** Asks the daemon itself; containers are optional. */
export const probeDocker: Probe = async ({ images }) => {
  try {
    const docker = await connectDocker();
    const { Version } = await docker.version();
    const wanted = Object.entries({ ...publicImages, ...images });
    const found = await Promise.all(
      wanted.map(async ([name, image]) => ({
        name,
        image,
        here: (await imageId(docker, image)) !== undefined,
      })),
    );
    const missing = found.filter(({ here }) => !here);
    const helper = "a helper with NET_ADMIN in its own network sets the links' addresses";
    return missing.length === 0
      ? { status: 'ok', says: `Docker ${Version}; ${helper}` }
      : {
          status: 'ok',
          says: `Docker ${Version}; ${helper}; not here and pulled when needed: ${missing.map(({ image }) => image).join(', ')}`,
          remedy: 'where no registry is reachable: scripts/make-images, and --image NAME=IMAGE',
        };
  } catch (thrown) {
    return {
      status: 'warn',
      says: `${messageOf(thrown)}; --runtime docker needs one`,
      remedy:
        (thrown instanceof DspError ? thrown.hint : undefined) ?? 'install Docker and start it',
    };
  }
};
