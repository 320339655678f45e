/**
 * The image of dsp's own nodes, built here from node.Dockerfile: a base with Node, and this very code. Its tag is a
 * digest of all that goes into it, so it is built once for each version of the code, and never stale.
 */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentError, harnessError } from '../../core/errors.ts';
import type { Docker } from './daemon.ts';
import { daemonSaid } from './daemon.ts';
import { followed, imageId, presentImage, publicImages } from './images.ts';

/** Where the code stands in the image. */
const codeFolder = '/dsp';

/** The folder that holds `src` and `nodes`: the checkout, or `dist` in the package. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const dockerfile = fileURLToPath(new URL('./node.Dockerfile', import.meta.url));
const extension = extname(import.meta.url);
const folders = ['src', 'nodes'] as const;
/** What the code in the image imports from elsewhere. */
const packages = { 'pure-rand': 'pure-rand/generator/xoroshiro128plus' } as const;

/** The path in the image of a module of ours. */
export function pathInImage(module: URL): string {
  const path = relative(root, fileURLToPath(module));
  if (path.startsWith('..')) throw harnessError(`${module.href} is not part of dsp's own code`);
  return `${codeFolder}/${path.split(sep).join('/')}`;
}

/** The name of the image, which is there when this resolves. `base` overrules the public one. */
export async function nodeImage(docker: Docker, base: string = publicImages.base): Promise<string> {
  const context = await mkdtemp(join(tmpdir(), 'dsp-image-'));
  try {
    const baseId = await presentImage(docker, 'base', base);
    await fillContext(context);
    const files = await filesIn(context);
    const tag = `dsp-node:${await digestOf(context, files, baseId)}`;
    if ((await imageId(docker, tag)) === undefined) {
      await build(docker, { context, files, tag, base });
    }
    return tag;
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

async function fillContext(context: string): Promise<void> {
  const isCode = (path: string) =>
    extname(path) === '' || (path.endsWith(extension) && !/\.(test|fixture|d)\.ts$/.test(path));
  await Promise.all([
    ...folders.map((folder) =>
      cp(join(root, folder), join(context, folder), { recursive: true, filter: isCode }),
    ),
    ...Object.entries(packages).map(([name, entry]) =>
      cp(packageFolder(name, entry), join(context, 'node_modules', name), { recursive: true }),
    ),
    writeFile(join(context, 'package.json'), '{"type":"module"}\n'),
    cp(dockerfile, join(context, 'Dockerfile')),
  ]);
}

/** The folder of an installed package, wherever npm has put it. */
function packageFolder(name: string, entry: string): string {
  const file = fileURLToPath(import.meta.resolve(entry));
  const marker = join('node_modules', name);
  const at = file.lastIndexOf(marker);
  return at < 0 ? dirname(file) : file.slice(0, at + marker.length);
}

/** Relative to the folder, sorted. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}

async function digestOf(
  context: string,
  files: readonly string[],
  baseId: string,
): Promise<string> {
  const hash = createHash('sha256').update(baseId);
  for (const file of files) {
    hash.update(`\0${file}\0`).update(await readFile(join(context, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

interface Build {
  readonly context: string;
  readonly files: readonly string[];
  readonly tag: string;
  readonly base: string;
}

async function build(docker: Docker, { context, files, tag, base }: Build): Promise<void> {
  try {
    const stream = await docker.buildImage(
      { context, src: [...files] },
      { t: tag, buildargs: { BASE: base }, networkmode: 'host', forcerm: true },
    );
    await followed(docker, stream);
  } catch (cause) {
    throw environmentError(
      `the image of dsp's nodes cannot be built on ${base}: ${daemonSaid(cause)}`,
      'its base needs Node 24 and iproute2 or apt; --image base=IMAGE names another',
      cause,
    );
  }
}
