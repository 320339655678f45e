/** Which program serves the links: the real Toxiproxy where it is found or demanded, else the embedded one. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { environmentError } from '../core/errors.ts';
import { nearestHint } from '../core/nearest.ts';
import { hash32 } from '../core/random.ts';

export interface ServerProgram {
  readonly kind: 'real' | 'embedded';
  readonly file: string;
  arguments(host: string, port: number, seed: string): readonly string[];
}

/** What `--toxiproxy` takes besides a path. */
export const toxiproxyChoices = ['auto', 'embedded'] as const;

const realName = 'toxiproxy-server';
const answerMsMax = 10_000;

/** Throws an environment error (exit 69) when a demanded server is not there, or is something else. */
export async function serverProgram(choice: string): Promise<ServerProgram> {
  if (choice === 'embedded') return embeddedProgram;
  if (choice !== 'auto') return realProgram(await demanded(choice), `--toxiproxy ${choice}`);
  const found = await findOnPath(realName);
  return found === undefined ? embeddedProgram : realProgram(found, found);
}

/** The same ending as this module has, so that it is found among the sources and in the build alike. */
const embeddedMain = new URL(`./embedded/main${extname(import.meta.url)}`, import.meta.url);

const embeddedProgram: ServerProgram = {
  kind: 'embedded',
  file: process.execPath,
  arguments: (host, port, seed) => [
    fileURLToPath(embeddedMain),
    '--exit-with-stdin',
    ...flags('--', { host, port, seed }),
  ],
};

/** The server's own seed is a number. (2.12 takes one, and draws from another source all the same.) */
async function realProgram(file: string, named: string): Promise<ServerProgram> {
  await mustBeToxiproxy(file, named);
  return {
    kind: 'real',
    file,
    arguments: (host, port, seed) => flags('-', { host, port, seed: hash32(seed) }),
  };
}

const flags = (dashes: string, values: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(values).flatMap(([flag, value]) => [dashes + flag, String(value)]);

async function demanded(choice: string): Promise<string> {
  const file = resolve(choice);
  if (await isExecutable(file)) return file;
  const found = /[/\\]/.test(choice) ? undefined : await findOnPath(choice);
  if (found !== undefined) return found;
  throw environmentError(
    `--toxiproxy ${choice}: there is no such program`,
    nearestHint(choice, [...toxiproxyChoices, 'the path of a toxiproxy-server']),
  );
}

async function mustBeToxiproxy(file: string, named: string): Promise<void> {
  const { stdout, failed } = await execa(file, ['-version'], {
    stdin: 'ignore',
    timeout: answerMsMax,
    maxBuffer: 100_000,
    reject: false,
  });
  if (!failed && stdout.startsWith(`${realName} version `)) return;
  throw environmentError(
    `${named} is not a Toxiproxy server: asked for its -version, it did not say one`,
    '2.5 or newer is needed; --toxiproxy embedded needs none',
  );
}

/** The first executable of that name in the folders of PATH. */
async function findOnPath(name: string): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const file = join(folder, name);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
