/**
 * The image of dsp's own nodes, built here from node.Dockerfile: a base with Node, and this very code. Its tag is a
 * digest of all that goes into it, so it is built once for each version of the code, and never stale.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { pack } from 'tar-stream';
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
/** What the code in the image imports from elsewhere: the package, and a module of it by which it is found. */
const packages = { 'pure-rand': 'pure-rand/generator/xoroshiro128plus' } as const;

/** The path in the image of a module of ours. */
export function pathInImage(module: URL): string {
  const path = relative(root, fileURLToPath(module));
  if (path.startsWith('..')) throw harnessError(`${module.href} is not part of dsp's own code`);
  return `${codeFolder}/${unixPath(path)}`;
}

/** The name of the image, which is there when this resolves. `base` overrules the public one. */
export async function nodeImage(docker: Docker, base: string = publicImages.base): Promise<string> {
  const [baseId, context] = await Promise.all([presentImage(docker, 'base', base), contextFiles()]);
  const tag = `dsp-node:${digestOf(context, baseId)}`;
  if ((await imageId(docker, tag)) === undefined) await build(docker, context, tag, base);
  return tag;
}

/** Contents by path, in the order of their paths. */
type Context = ReadonlyMap<string, Buffer | string>;

async function contextFiles(): Promise<Context> {
  const code = folders.map((folder) => filesUnder(join(root, folder), folder, isCode));
  const others = Object.entries(packages).map(([name, entry]) =>
    filesUnder(packageFolder(name, entry), `node_modules/${name}`, () => true),
  );
  const files = (await Promise.all([...code, ...others])).flat();
  return new Map<string, Buffer | string>([
    ['Dockerfile', await readFile(dockerfile)],
    ['package.json', '{"type":"module"}\n'],
    ...files.toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}

const isCode = (path: string): boolean =>
  path.endsWith(extension) && !/\.(test|fixture|d)\.ts$/.test(path);

/** The folder of an installed package, wherever npm has put it. */
function packageFolder(name: string, entry: string): string {
  const file = fileURLToPath(import.meta.resolve(entry));
  const marker = join('node_modules', name);
  return file.slice(0, file.lastIndexOf(marker) + marker.length);
}

/** The files that are wanted, as they are called under `name` in the image. */
async function filesUnder(
  folder: string,
  name: string,
  isWanted: (path: string) => boolean,
): Promise<(readonly [path: string, content: Buffer])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(isWanted);
  return Promise.all(
    paths.map(
      async (path) =>
        [`${name}/${unixPath(relative(folder, path))}`, await readFile(path)] as const,
    ),
  );
}

const unixPath = (path: string): string => path.split(sep).join('/');

function digestOf(context: Context, baseId: string): string {
  const hash = createHash('sha256').update(baseId);
  for (const [path, content] of context) hash.update(`\0${path}\0`).update(content);
  return hash.digest('hex').slice(0, 16);
}

async function build(docker: Docker, context: Context, tag: string, base: string): Promise<void> {
  const archive = pack();
  for (const [name, content] of context) archive.entry({ name }, content);
  archive.finalize();
  try {
    const options = { t: tag, buildargs: { BASE: base }, networkmode: 'host', forcerm: true };
    await followed(docker, await docker.buildImage(Readable.from(archive), options));
  } catch (cause) {
    throw environmentError(
      `the image of dsp's nodes cannot be built on ${base}: ${daemonSaid(cause)}`,
      'its base needs Node 24 and iproute2 or apt; --image base=IMAGE names another',
      cause,
    );
  }
}
