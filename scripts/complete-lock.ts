/**
 * Completes package-lock.json after an `npm install` against a registry that holds packages of some platforms only.
 *
 * npm leaves out of the lock what it could not look up, and `npm ci` then refuses the lock. The versions left out are
 * pinned all the same, by the packages that want them, and the platform stands in the name: `binding-linux-x64-musl`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Locked> };

const added = Object.values(lock.packages).flatMap(({ optionalDependencies = {}, dev }) =>
  Object.entries(optionalDependencies)
    .filter(([name, version]) => !(path(name) in lock.packages) && /^\d/.test(version))
    .map(([name, version]) => [path(name), entry(name, version, dev)] as const),
);
const all = [...Object.entries(lock.packages), ...added];
lock.packages = Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} packages of other platforms added\n`);

function path(name: string): string {
  return `node_modules/${name}`;
}

function entry(name: string, version: string, dev: boolean | undefined): Locked {
  const words = (name.split('/').at(-1) ?? '').split('-').filter((word) => word !== 'binding');
  const [os = '', cpu = '', abi] = words;
  const libc = abi === 'gnu' ? ['glibc'] : abi === 'musl' ? ['musl'] : undefined;
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(os === 'linux' && libc ? { libc } : {}),
    optional: true,
    os: [os],
  } as Locked;
}
