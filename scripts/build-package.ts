/**
 * Builds what the package ships of the code: declarations, and few large modules instead of hundreds of small ones, for
 * reading those takes longer than most of what they are asked to do. Programs and entry points keep their places, what
 * several of them use is shared, so that each module is there once in a process.
 */
import { cp, glob } from 'node:fs/promises';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { rolldown } from 'rolldown';
import type { Plugin } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const dockerfile = 'src/runtimes/docker/node.Dockerfile';
const entries = ['src/index.ts', 'src/commands/index.ts', 'src/cli/help.ts'];
const programs = '{src,nodes}/**/{main,*-main}.ts';

/** Fills `folder`, which is the package's `dist`. */
export async function buildPackage(folder: string): Promise<void> {
  const options = ['-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', folder];
  await Promise.all([
    execa('tsc', options, { cwd: root, preferLocal: true, stdio: 'inherit' }),
    bundle(folder),
    cp(join(root, dockerfile), join(folder, dockerfile)),
  ]);
}

async function bundle(folder: string): Promise<void> {
  const found = await Array.fromAsync(glob(programs, { cwd: root, exclude: ['src/report/page'] }));
  await using build = await rolldown({
    cwd: root,
    input: Object.fromEntries([...entries, ...found].map((path) => [withoutEnding(path), path])),
    external: /^[^./]/,
    platform: 'node',
    plugins: [ownUrls()],
  });
  await build.write({ dir: folder, chunkFileNames: 'src/shared/[name].js' });
}

const withoutEnding = (path: string): string => path.slice(0, -'.ts'.length);

/** A module finds the files beside it by its URL; it keeps the one that it would have alone. */
function ownUrls(): Plugin {
  return {
    name: 'own-urls',
    transform: (code, id) =>
      code.replaceAll('import.meta.url', `${placeholder}(${JSON.stringify(placeOf(id))})`),
    renderChunk: (code, { fileName }) =>
      code.replace(placeholders, (_, place: string) => {
        const from = posix.relative(dirname(fileName), place);
        return `new URL(${JSON.stringify(from)}, import.meta.url).href`;
      }),
  };
}

const placeOf = (id: string): string => `${withoutEnding(relative(root, id))}.js`;

const placeholder = '__urlOfModule';
const placeholders = new RegExp(`${placeholder}\\("([^"]+)"\\)`, 'g');
