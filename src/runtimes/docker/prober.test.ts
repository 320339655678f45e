import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test, vi } from 'vitest';
import type { Link } from '../../core/ids.ts';
import { freePort } from '../../links/free-port.ts';
import { probe, startNode } from '../../links/node.fixture.ts';
import { proberAt } from './prober.ts';

const link = { from: 'n1', to: 'n2' } as Link;
const program = fileURLToPath(new URL('./probe-agent-main.ts', import.meta.url));

test('the prober sees what a probe from here would see', async () => {
  const port = await freePort('127.0.0.1');
  const agent = execa(process.execPath, [program, '127.0.0.1', String(port)], { reject: false });
  try {
    using prober = proberAt(`http://127.0.0.1:${port}`, { probe });
    await vi.waitUntil(() => prober.isReady(), { timeout: 20_000, interval: 20 });
    await using node = await startNode();
    expect(await prober.probe(link, node.address, 5000)).toMatchObject({
      link,
      forward: 'open',
      backward: 'open',
    });
    const closed = { host: '127.0.0.1', port: await freePort('127.0.0.1') };
    expect(await prober.probe(link, closed, 5000)).toMatchObject({
      forward: 'refused',
      backward: 'refused',
    });
  } finally {
    agent.kill('SIGKILL');
    await agent;
  }
});
