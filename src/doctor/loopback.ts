/** Nodes and links listen on loopback; on Linux each run takes a loopback address of its own. */
import { createServer } from 'node:net';
import type { Probe } from './doctor.ts';

export const probeLoopback: Probe = async () => {
  await listenOnce('127.0.0.1');
  if (process.platform !== 'linux')
    return { status: 'ok', says: 'one loopback address; runs share its ports' };
  await listenOnce('127.1.2.3');
  return { status: 'ok', says: 'a loopback address of its own for each run' };
};

/** Rejects when the host cannot be listened on. */
function listenOnce(host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => server.close(() => resolve()));
  });
}
