/**
 * The prober inside a run's network: a program in the Toxiproxy container's network, where links' addresses can be
 * reached, that probes on the controller's behalf. `POST /` with a ProbeRequest is answered with a LinkProbe.
 */
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { probeLink } from '../../links/probe.ts';
import type { ProbeRequest } from './prober.ts';

const [host, port] = process.argv.slice(2);

createServer((request, response) => {
  void (async () => {
    if (request.method !== 'POST') return response.end();
    const { link, address, greets, ask, timeoutMs } = (await json(request)) as ProbeRequest;
    const script = { greets, ask: Buffer.from(ask, 'base64') };
    const seen = await probeLink(link, address, script, timeoutMs);
    return response.end(JSON.stringify(seen));
  })().catch((error: unknown) => response.writeHead(500).end(String(error)));
}).listen(Number(port), host);
