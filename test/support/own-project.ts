/** A folder of a user's, outside the checkout, in which dsp-harness is installed as these sources build it. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { buildPackage } from '../../scripts/build-package.ts';
import { launcher } from './dsp.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const local = (name: string): string => join(root, 'node_modules', name);

export interface OwnProject extends Disposable {
  readonly folder: string;
  write(name: string, text: string): void;
  /** Starts `dsp …` in the folder; any exit status is an answer. */
  dsp(...args: readonly string[]): ReturnType<typeof run>;
  /** The same in a folder beside it, where no configuration is. */
  dspElsewhere(...args: readonly string[]): ReturnType<typeof run>;
  readonly elsewhere: string;
  /** What the compiler says of a file, under the strictest settings that a project may have. */
  typeErrors(file: string): Promise<string>;
}

const run = (folder: string, args: readonly string[]) =>
  execa(process.execPath, [launcher, ...args], {
    cwd: folder,
    reject: false,
    stdin: 'ignore',
    env: { CI: 'true', NO_COLOR: '1', DSP_IMAGE: '' },
    cleanup: true,
  });

const strictest = [
  '--noEmit',
  '--strict',
  '--module',
  'nodenext',
  '--target',
  'es2024',
  '--types',
  'node',
  '--noUncheckedIndexedAccess',
  '--noPropertyAccessFromIndexSignature',
  '--exactOptionalPropertyTypes',
  '--noUnusedLocals',
  '--noUnusedParameters',
  '--verbatimModuleSyntax',
  '--erasableSyntaxOnly',
];

/** Builds the package, which takes a few seconds. */
export async function ownProject(): Promise<OwnProject> {
  const holder = mkdtempSync(join(tmpdir(), 'dsp-own-'));
  const [packed, folder, elsewhere] = ['package', 'project', 'elsewhere'].map((name) =>
    join(holder, name),
  ) as [string, string, string];
  mkdirSync(packed);
  mkdirSync(elsewhere);
  mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true });
  copyFileSync(join(root, 'package.json'), join(packed, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(packed, 'node_modules'));
  symlinkSync(packed, join(folder, 'node_modules', 'dsp-harness'));
  symlinkSync(local('@types/node'), join(folder, 'node_modules', '@types', 'node'));
  await buildPackage(join(packed, 'dist'));
  return {
    folder,
    elsewhere,
    write: (name, text) => writeFileSync(join(folder, name), text),
    dsp: (...args) => run(folder, args),
    dspElsewhere: (...args) => run(elsewhere, args),
    typeErrors: async (file) =>
      (await execa(local('.bin/tsc'), [...strictest, file], { cwd: folder, reject: false })).stdout,
    [Symbol.dispose]: () => rmSync(holder, { recursive: true, force: true }),
  };
}
