/**
 * The house style, enforced by one test that can be read: sizes, import layers, banned calls, a sentence for every
 * module and every export, no dead files. Formatting and types have tools of their own.
 *
 * Files are read as text. That is crude, and enough: oxfmt has laid every file out the same way.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Source {
  /** Relative to the repository. */
  readonly path: string;
  readonly lines: readonly string[];
  readonly text: string;
}

const folders = ['src', 'nodes', 'workloads', 'checkers', 'nemeses', 'test', 'bench', 'scripts'];
const sources = folders.flatMap(read);
const isTest = ({ path }: Source): boolean => /\.(test|fixture)\.ts$|^(test|bench)\//.test(path);
const parts = sources.filter((source) => !isTest(source));

describe('sizes', () => {
  test('no file is longer than 400 lines', () => {
    const long = sources.filter(({ lines }) => lines.length > 400);
    expect(long.map(({ path, lines }) => `${path}: ${lines.length}`)).toEqual([]);
  });

  test('no function is longer than 60 lines', () => {
    expect(parts.flatMap(longFunctions)).toEqual([]);
  });

  test('the median file has at most 80 lines, nine of ten have at most 200', () => {
    const lengths = parts.map(({ lines }) => lines.length).toSorted((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80);
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(200);
  });

  test('files have kebab-case names', () => {
    const named = /^([a-z0-9-]+\/)*[a-z0-9-]+(\.[a-z0-9-]+)*\.ts$/;
    expect(sources.map(({ path }) => path).filter((path) => !named.test(path))).toEqual([]);
  });
});

/** What each folder may import, besides itself. The longest folder that holds a file decides. */
const layers: Readonly<Record<string, readonly string[]>> = {
  'src/core': [],
  'src/config': ['src/core'],
  'src/formats': ['src/core'],
  'src/generator': ['src/core'],
  'src/init': ['src/core', 'src/config'],
  'src/links': ['src/core'],
  'src/own-systems': ['src/core', 'src/config', 'src/links'],
  'src/store': ['src/core'],
  checkers: ['src/core'],
  nodes: ['src/core'],
  workloads: ['src/core', 'src/generator', 'checkers'],
  nemeses: ['src/core', 'src/generator'],
  'src/runtimes': ['src/core', 'src/links', 'src/store'],
  'src/runtimes/sim': ['src/core', 'src/runtimes', 'nodes'],
  'src/judge': ['src/core', 'src/store', 'src/formats', 'checkers', 'workloads'],
  'src/report': ['src/core', 'src/store'],
  'src/gate': ['src/core', 'src/store'],
  'src/doctor': ['src/core', 'src/runtimes'],
  'src/run': [
    'src/core',
    'src/config',
    'src/store',
    'src/generator',
    'src/runtimes',
    'src/judge',
    'src/report',
    'src/gate',
    'src/own-systems',
    'nodes',
    'workloads',
    'nemeses',
    'checkers',
  ],
  'src/workers': ['src/core', 'src/store', 'src/judge', 'src/run'],
  'src/campaign': [
    'src/core',
    'src/config',
    'src/store',
    'src/runtimes',
    'src/run',
    'src/report',
    'src/gate',
    'src/workers',
    'nemeses',
  ],
  'src/shrink': ['src/core', 'src/generator', 'src/store', 'src/gate', 'src/run', 'src/workers'],
  'src/cli': ['src', 'nodes', 'workloads', 'nemeses', 'checkers'],
  'src/commands': ['src', 'nodes', 'workloads', 'nemeses', 'checkers'],
  // The public API, in one file.
  src: ['src', 'checkers'],
};

describe('import layers', () => {
  test('every folder has its layer', () => {
    expect(
      parts.filter((part) => !part.path.startsWith('scripts/') && !layerOf(part.path)),
    ).toEqual([]);
  });

  test('imports point one way', () => {
    const against = parts.flatMap((part) => {
      const layer = layerOf(part.path);
      if (layer === undefined) return [];
      const allowed = [layer, ...layers[layer]!];
      return importsOf(part)
        .filter((target) => !allowed.some((folder) => target.startsWith(`${folder}/`)))
        .map((target) => `${part.path} imports ${target}`);
    });
    expect(against).toEqual([]);
  });

  test('nothing but commands and the command line itself imports the command line', () => {
    const importers = parts
      .filter((part) => importsOf(part).some((target) => /^src\/(cli|commands)\//.test(target)))
      .filter(({ path }) => !/^src\/(cli|commands)\//.test(path));
    expect(importers.map(({ path }) => path)).toEqual([]);
  });
});

/** What must not be written where, and why. `except` are the places whose business it is. */
const banned: readonly {
  readonly what: string;
  readonly pattern: RegExp;
  readonly in: RegExp;
  readonly except?: RegExp;
}[] = [
  {
    what: 'chance that no seed rules',
    pattern: /\bMath\.random\b/,
    in: /./,
    // It shows that such a call is noticed.
    except: /^src\/runtimes\/sim\/guard\.test\.ts$/,
  },
  {
    what: 'the wall clock: time is monotonic, or a stamp that only people read',
    pattern: /\bDate\.now\b|\bnew Date\(\)(?!\.toISOString\(\))/,
    in: /./,
    except: /^src\/(cli|commands|core\/time|run)|^nodes\/sdk\/host|^(test|bench)\//,
  },
  {
    what: 'the world beside Env',
    pattern:
      /\bDate\b|\bset(Timeout|Interval|Immediate)\b|'node:(?!zlib|util|assert|buffer)|\bprocess\./,
    in: /^nodes\//,
    except: /^nodes\/sdk\/(host|memory)|\.test\.ts$|\.fixture\.ts$/,
  },
  {
    what: 'a default export',
    pattern: /^export default /,
    in: /^(src|nodes|workloads|checkers|nemeses)\//,
  },
  {
    what: 'a listener on every address of the host',
    pattern: /(?<!=== )['"](0\.0\.0\.0|::)['"]/,
    in: /^(src|nodes)\//,
    // One listens where its API is told to, as the real one does; the other inside a container.
    except: /^src\/links\/embedded\/|^src\/runtimes\/docker\/docker-run\.ts$/,
  },
];

test.each(banned)('nobody writes $what', ({ pattern, in: where, except }) => {
  const found = sources
    .filter(({ path }) => where.test(path) && !except?.test(path) && path !== 'test/tidy.test.ts')
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, at) =>
        pattern.test(withoutComment(line)) ? [`${path}:${at + 1}: ${line.trim()}`] : [],
      ),
    );
  expect(found).toEqual([]);
});

describe('words', () => {
  test('every module opens with what it is', () => {
    const silent = parts.filter(({ text }) => !/^(\/\/\/ .*\n)*\/\*\*/.test(text));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  test('every export is documented', () => {
    expect(parts.flatMap(undocumented)).toEqual([]);
  });

  test('every relative link of the documents leads somewhere', () => {
    expect(documents().flatMap(brokenLinks)).toEqual([]);
  });
});

/**
 * Started by name from somewhere else than an import: programs of their own, what package.json and oclif name, scripts.
 * Generators are a vocabulary that workloads to come speak; it is whole, whoever speaks which word today.
 */
const entries =
  /^(src\/(index|cli\/help|commands\/index|generator\/.*)|scripts\/.*|bench\/.*|.*[-/]main)\.ts$/;

test('no file is dead: another one uses it, and not its own test alone', () => {
  const used = new Set(
    sources.flatMap((source) =>
      importsOf(source).filter((target) => target !== source.path.replace('.test.ts', '.ts')),
    ),
  );
  const dead = parts.filter(({ path }) => !used.has(path) && !entries.test(path));
  expect(dead.map(({ path }) => path)).toEqual([]);
});

function read(folder: string): Source[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => {
      const text = readFileSync(join(root, folder, name), 'utf8');
      return { path: join(folder, name), text, lines: text.trimEnd().split('\n') };
    });
}

function layerOf(path: string): string | undefined {
  const folder = dirname(path);
  if (folder === '.') return undefined;
  return folder in layers ? folder : layerOf(folder);
}

/** The files of ours that a file names: by import, by export, by `new URL` for a process or a worker. */
function importsOf({ path, text }: Source): string[] {
  const named = /(?:\bfrom |\bimport\(\s*|^import |\bnew URL\(\s*)'(\.{1,2}\/[^']+\.[jt]s)'/gm;
  return [...text.matchAll(named)].map(([, target]) =>
    relative(root, resolve(root, dirname(path), target!)).replace(/\.js$/, '.ts'),
  );
}

const opensFunction =
  /\bfunction\b.*\{$|=> \{$|^\s*\).*\{$|^\s+(?!if|for|while|switch|catch|else|do|try)[\w\s*#]+\(.*\).*\{$/;

/** A function's own lines: those of the functions inside it are theirs. */
function longFunctions({ path, lines }: Source): string[] {
  const all = lines.flatMap((line, begin) =>
    opensFunction.test(line) ? [{ begin, end: endOf(lines, begin) }] : [],
  );
  const inside = (outer: Span) => all.filter((f) => f.begin > outer.begin && f.end < outer.end);
  return all.flatMap((outer) => {
    const nested = inside(outer);
    const direct = nested.filter((f) => !nested.some((g) => g.begin < f.begin && f.end < g.end));
    const own = direct.reduce((rest, f) => rest - bodyOf(f), bodyOf(outer));
    return own > 60 ? [`${path}:${outer.begin + 1}: ${own} lines`] : [];
  });
}

interface Span {
  readonly begin: number;
  readonly end: number;
}

const bodyOf = ({ begin, end }: Span): number => end - begin - 1;

/** A function ends where a line closes a brace at the indentation of the line that opened it. */
function endOf(lines: readonly string[], begin: number): number {
  const indent = lines[begin]!.search(/\S/);
  return lines.findIndex(
    (line, at) => at > begin && line.search(/\S/) === indent && line.trim().startsWith('}'),
  );
}

/** `https://…` is no comment. */
const withoutComment = (line: string): string =>
  /^\s*(\/?\*|\/\/)/.test(line) ? '' : line.replace(/(^|\s)\/\/ .*$/, '');

/**
 * What acts, and takes more than a line to do it, is documented; a type says itself by its fields, a line by its name.
 * A module's own comment speaks for the first that acts, as a part's does for its factory.
 */
function undocumented({ path, lines }: Source): string[] {
  const acting = lines.flatMap((line, at) =>
    /^export (abstract )?(async )?(function|class|const)\b/.test(line) ? [at] : [],
  );
  return acting.slice(1).flatMap((at) => {
    const line = lines[at]!;
    return lines[at - 1]?.endsWith('*/') || line.endsWith(';')
      ? []
      : [`${path}:${at + 1}: ${line}`];
  });
}

function documents(): { path: string; text: string }[] {
  const inDocs = existsSync(join(root, 'docs'))
    ? readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) =>
        join('docs', name),
      )
    : [];
  return [...readdirSync(root), 'results/README.md', ...inDocs]
    .filter((path) => path.endsWith('.md') && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function brokenLinks({ path, text }: { path: string; text: string }): string[] {
  return [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)]
    .map(([, target]) => target!)
    .filter((target) => !existsSync(resolve(root, dirname(path), target)))
    .map((target) => `${path}: ${target}`);
}
