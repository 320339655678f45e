/** Programs that dsp uses where they are: each is asked for its version, and each can be missing. */
import { existsSync, readdirSync } from 'node:fs';
import { execa } from 'execa';
import type { Probe } from './doctor.ts';

const patienceMs = 5000;

/** npm installs dsp and its pinned Node. */
export const probeNpm: Probe = async () => {
  const version = await answer('npm', '--version');
  return version === undefined
    ? { status: 'warn', says: 'no npm on PATH', remedy: 'it comes with Node' }
    : { status: 'ok', says: `npm ${version}` };
};

/** The real Toxiproxy serves the links where it is found. */
export const probeToxiproxy: Probe = async () => {
  const version = await answer('toxiproxy-server', '-version');
  return version === undefined
    ? {
        status: 'ok',
        says: 'no toxiproxy-server on PATH; the embedded one serves the links',
        remedy: 'for the real one, install Toxiproxy 2.12 or give --toxiproxy PATH',
      }
    : { status: 'ok', says: `toxiproxy-server ${version.replace(/^.*version /, '')}` };
};

/** Preloaded into a node, it skews the node's wall clock. */
export const probeFaketime: Probe = async () => {
  const library = faketimeLibrary();
  return library === undefined
    ? {
        status: 'warn',
        says: 'no libfaketime; no nemesis of this dsp needs it yet',
        remedy: "install it, with Debian's apt-get install libfaketime for example",
      }
    : { status: 'ok', says: library };
};

/** The first line that the program prints; undefined if it is not there, fails or does not answer. */
async function answer(program: string, ...args: readonly string[]): Promise<string | undefined> {
  const { failed, stdout } = await execa(program, args, {
    timeout: patienceMs,
    reject: false,
    stdin: 'ignore',
  });
  const line = stdout.trim().split('\n', 1)[0] ?? '';
  return failed || line === '' ? undefined : line;
}

/** Where distributions put the library that is preloaded into nodes. */
function faketimeLibrary(): string | undefined {
  const folders = ['/usr/lib', '/usr/local/lib', '/usr/lib64'].filter((folder) =>
    existsSync(folder),
  );
  return [...folders, ...folders.flatMap(perArchitecture)]
    .map((folder) => `${folder}/faketime/libfaketime.so.1`)
    .find((path) => existsSync(path));
}

/** `/usr/lib/x86_64-linux-gnu`, as Debian has it. */
const perArchitecture = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.includes('-linux-'))
    .map((name) => `${folder}/${name}`);
