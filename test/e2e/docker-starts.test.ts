import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replicatedLog } from '../../nodes/replicated-log/system.ts';
import type { Docker } from '../../src/runtimes/docker/daemon.ts';
import { publicImages } from '../../src/runtimes/docker/images.ts';
import { dockerRuntime } from '../../src/runtimes/docker/runtime.ts';
import type { ClusterSpec } from '../../src/core/seams/runtime.ts';
import type { System } from '../../src/core/seams/system.ts';
import { clusterSpec } from '../support/cluster-spec.ts';
import { dockerForTests, imagesForTests, leftInDocker } from '../support/docker.ts';
import { dsp, freshFolder } from '../support/dsp.ts';

const docker = await dockerForTests();
const never = new AbortController().signal;

let folder: string;
beforeEach(() => void (folder = freshFolder()));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A server of the base image that runs the given command, and never answers anybody. */
const server = (...command: readonly string[]): System => ({
  ...replicatedLog,
  name: 'mute',
  node: {
    kind: 'server',
    image: imagesForTests['base'] ?? publicImages.base,
    command: () => command,
    ports: { client: 80, peers: [81] },
  },
  status: () => Promise.reject(new Error('it never answers')),
});

const start = (system: System, more: Partial<ClusterSpec> = {}) =>
  dockerRuntime.start(
    clusterSpec({ system, runFolder: folder, images: imagesForTests, ...more }),
    never,
  );

const refusal = (message: RegExp | string) => ({
  code: 'environment',
  message: typeof message === 'string' ? message : expect.stringMatching(message),
});

describe.runIf(docker !== undefined)(
  'a start in containers that fails says why, and leaves nothing',
  () => {
    afterEach(async () => expect(await leftInDocker(docker!, folder)).toEqual([]));

    test('an image whose program dies at its start, with its last words', async () => {
      await expect(
        start(server('sh', '-c', 'echo no disk today >&2; exit 3')),
      ).rejects.toMatchObject(
        refusal(/^node n\d died at its start: exit code 3, saying "no disk today"$/),
      );
    });

    test('an image without the program', async () => {
      await expect(start(server('no-such-program'))).rejects.toMatchObject(
        refusal(/^the container of node n\d cannot be started: .*no-such-program/),
      );
    });

    test('a port that is never ready', async () => {
      const starting = start(server('sleep', '1000'), { readyTimeoutMs: 1500 });
      await expect(starting).rejects.toMatchObject(
        refusal(/^node n\d did not answer within 1500 ms of its start$/),
      );
    });

    test('an image that is not here, and nowhere', async () => {
      const images = { ...imagesForTests, mute: 'localhost/dsp-no-such-image:1' };
      await expect(start(server('true'), { images })).rejects.toMatchObject(
        refusal(
          /^the image localhost\/dsp-no-such-image:1 \(mute\) is not here and cannot be pulled: /,
        ),
      );
    });

    test('a base that has no Node in it cannot become a node', async () => {
      const images = {
        ...imagesForTests,
        base: imagesForTests['toxiproxy'] ?? publicImages.toxiproxy,
      };
      await expect(start(replicatedLog, { images })).rejects.toMatchObject(
        refusal(/^the image of dsp's nodes cannot be built on /),
      );
    });

    test('no address range left', async () => {
      const taken = await takeAllRanges(docker!);
      try {
        await expect(start(replicatedLog)).rejects.toMatchObject(
          refusal(/^Docker made no network for the run: /),
        );
      } finally {
        await Promise.all(taken.map((id) => docker!.getNetwork(id).remove()));
      }
    });
  },
);

/** Makes networks until Docker has no range for another; their ids. */
async function takeAllRanges(daemon: Docker): Promise<string[]> {
  const taken: string[] = [];
  for (;;) {
    try {
      const { id } = await daemon.createNetwork({
        Name: `dsp-test-${process.pid}-${taken.length}`,
      });
      taken.push(id);
    } catch {
      return taken;
    }
  }
}

describe('without a Docker that can be used', () => {
  test.each([
    ['unix:///no/such.sock', 'there is no Docker daemon: /no/such.sock does not exist'],
    ['tcp://127.0.0.1:9', 'no Docker daemon answers at DOCKER_HOST tcp://127.0.0.1:9'],
    ['tcp://docker.example:2375', 'the Docker daemon at tcp://docker.example:2375 is not on this'],
  ])('%s: exit 69, one sentence', async (host, sentence) => {
    const args = ['test', '--runtime', 'docker', '--out', folder];
    const { exitCode, stderr } = await dsp(args, { DOCKER_HOST: host });
    expect(exitCode, stderr).toBe(69);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('--toxiproxy with containers: exit 64, and what to say instead', async () => {
    const args = ['test', '--runtime', 'docker', '--toxiproxy', 'embedded', '--out', folder];
    const { exitCode, stderr } = await dsp(args);
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining('--image toxiproxy=IMAGE')]);
  });
});
