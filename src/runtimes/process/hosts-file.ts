/**
 * A hosts file for one process: the command runs in a mount namespace of its own, where the file stands in place of
 * /etc/hosts. Nothing of the host is changed. Linux only; without root it needs user namespaces.
 */
import { spawnSync } from 'node:child_process';

/** `$0` is the hosts file, the rest the command. */
const script = 'mount --bind "$0" /etc/hosts && exec "$@"';

/** The command that runs `command` under the hosts file. */
export function underHostsFile(
  hostsFile: string,
  command: readonly string[],
): { readonly file: string; readonly arguments: readonly string[] } {
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  return {
    file: 'unshare',
    arguments: ['--mount', ...asRoot, 'sh', '-c', script, hostsFile, ...command],
  };
}

/** Why it cannot be done here; undefined where it can. Tried, not guessed. */
export function noHostsFile(): string | undefined {
  if (process.platform !== 'linux')
    return 'only Linux gives a process a hosts file and loopback addresses of its own';
  const { file, arguments: args } = underHostsFile('/dev/null', ['true']);
  const { status, stderr, error } = spawnSync(file, args, { encoding: 'utf8' });
  if (status === 0) return undefined;
  const words = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  return `a process cannot be given a hosts file of its own here (${words})`;
}
