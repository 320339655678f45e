/** Looks at the files of a folder for what they say about the server in it. Runs nothing and asks nobody. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { composeFindings } from './compose.ts';
import { dockerfileFindings } from './dockerfile.ts';
import { firstOf, type Findings } from './findings.ts';
import { isModulePackage, packageFindings } from './package-json.ts';

export interface Survey {
  /** The name of the system, as a configuration may use it. */
  readonly name: string;
  readonly findings: Findings;
  /** A `.ts` in this folder is an ES module. */
  readonly isModule: boolean;
  /** dsp can be imported from here. */
  readonly hasDsp: boolean;
}

const composeFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** `taken` are names that no system of a user's may have. */
export function survey(folder: string, taken: readonly string[]): Survey {
  const here = resolve(folder);
  const manifest = read(join(here, 'package.json'));
  const fromPackage = packageFindings(manifest ?? '');
  const name = systemName(fromPackage.name?.value ?? basename(here), taken);
  const dockerfile = read(join(here, 'Dockerfile'));
  const findings = firstOf([
    ...composeFiles.map((file) => composeFindings(read(join(here, file)) ?? '', name, file)),
    dockerfile === undefined ? {} : dockerfileFindings(dockerfile, name),
    fromPackage,
  ]);
  const manifests = foldersUpFrom(here).map((each) => read(join(each, 'package.json')));
  return {
    name,
    findings,
    isModule: isModulePackage(manifests.find((text) => text !== undefined) ?? ''),
    hasDsp: foldersUpFrom(here).some((each) =>
      existsSync(join(each, 'node_modules', 'dsp-harness', 'package.json')),
    ),
  };
}

/** What cannot be read says nothing. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** As Node looks for packages and their kind. */
const foldersUpFrom = (folder: string): string[] =>
  dirname(folder) === folder ? [folder] : [folder, ...foldersUpFrom(dirname(folder))];

/** `@acme/My KV` → `my-kv`. */
function systemName(text: string, taken: readonly string[]): string {
  const name = text
    .replace(/^@[^/]*\//, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, nameLengthMax)
    .replaceAll(/^-|-$/g, '');
  if (name === '') return 'my-server';
  return taken.includes(name) ? `my-${name}` : name;
}

const nameLengthMax = 30;
