/**
 * Docker in tests: whether there is any, which images to use, and what of a run is left in it. Where no daemon answers,
 * tests that need one are left out, and say so; `DSP_TEST_DOCKER=required` makes that a failure, as in CI.
 */
import { configSchema } from '../../src/config/schema.ts';
import { fromText } from '../../src/config/fields.ts';
import { messageOf } from '../../src/core/errors.ts';
import { connectDocker } from '../../src/runtimes/docker/daemon.ts';
import type { Docker } from '../../src/runtimes/docker/daemon.ts';
import { label } from '../../src/runtimes/docker/labels.ts';
import { thingsOf } from '../../src/runtimes/docker/leftovers.ts';

/** The daemon, or undefined, loudly, where there is none. */
export async function dockerForTests(): Promise<Docker | undefined> {
  try {
    return await connectDocker();
  } catch (thrown) {
    if (process.env['DSP_TEST_DOCKER'] === 'required') throw thrown;
    process.stderr.write(`\n*** NO DOCKER: its tests are left out (${messageOf(thrown)})\n\n`);
    return undefined;
  }
}

/** The images that `DSP_IMAGE` names, as a run would read them. */
export const imagesForTests: Readonly<Record<string, string>> = configSchema.shape.image.parse(
  fromText('image', (process.env['DSP_IMAGE'] ?? '').split(',').filter(Boolean), 'DSP_IMAGE'),
);

/** What there is in Docker of runs whose results are below the folder. */
export const leftInDocker = async (docker: Docker, folder: string): Promise<string[]> =>
  (await thingsOf(docker))
    .filter(({ labels }) => labels[label.folder]?.startsWith(folder) === true)
    .map(({ kind, name }) => `${kind} ${name}`);
