/** Whether a server that knows its peers by name can be a process of this host: each needs a hosts file of its own. */
import { noHostsFile } from '../runtimes/process/hosts-file.ts';
import type { Probe } from './doctor.ts';

export const probeServers: Probe = async () => {
  const why = noHostsFile();
  return why === undefined
    ? {
        status: 'ok',
        says: 'servers such as etcd can run as processes, with hosts files of their own',
      }
    : { status: 'warn', says: why, remedy: 'servers such as etcd run under --runtime docker' };
};
