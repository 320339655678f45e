/** Container images: which are used, and that they are here before anything starts. */
import { environmentError } from '../../core/errors.ts';
import type { Docker } from './daemon.ts';
import { daemonSaid, pullImage } from './daemon.ts';

/** The public images that dsp uses by default, pinned. */
export const publicImages = {
  /** The base of the image that dsp builds: any with Node 24. */
  base: 'node:24.21.0-slim',
  toxiproxy: 'ghcr.io/shopify/toxiproxy:2.12.0',
} as const;

/** Returns the image's id, having pulled it if it was not here. `what` names it in a sentence and in `--image`. */
export async function presentImage(docker: Docker, what: string, image: string): Promise<string> {
  const there = await imageId(docker, image);
  if (there !== undefined) return there;
  try {
    await pullImage(image);
  } catch (cause) {
    throw environmentError(
      `the image ${image} (${what}) is not here and cannot be pulled: ${daemonSaid(cause)}`,
      `--image ${what}=IMAGE names another; scripts/make-images makes dsp's own where no registry is reachable`,
      cause,
    );
  }
  const pulled = await imageId(docker, image);
  if (pulled === undefined)
    throw environmentError(
      `the image ${image} (${what}) is not here, and its pull came to nothing`,
      `docker pull ${image} says why; --image ${what}=IMAGE names another`,
    );
  return pulled;
}

/** Undefined when it is not here. */
export async function imageId(docker: Docker, image: string): Promise<string | undefined> {
  try {
    return (await docker.getImage(image).inspect()).Id;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw environmentError(
      `Docker cannot look up ${image}: ${daemonSaid(error)}`,
      undefined,
      error,
    );
  }
}

/** Resolves when the daemon's account of its work is over; rejects with the error that it tells. */
export const followed = (docker: Docker, stream: NodeJS.ReadableStream): Promise<void> =>
  new Promise((resolve, reject) => {
    docker.modem.followProgress(stream, (error, steps: readonly { error?: string }[]) => {
      const told = steps?.find((step) => step.error !== undefined)?.error;
      if (error !== null && error !== undefined) reject(error);
      else if (told !== undefined) reject(new Error(told));
      else resolve();
    });
  });

/** What the containers of a run are made from. */
export interface RunImages {
  /** dsp's own: its nodes, the prober, the helper. */
  readonly node: string;
  readonly toxiproxy: string;
  /** The server under test, where it is not a node of dsp's. */
  readonly server: string | undefined;
}
