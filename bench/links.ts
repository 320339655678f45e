/**
 * What links carry: `node bench/links.ts [MEGABYTES] [ROUNDS]`, 500 and 5 when not given.
 *
 * The embedded server beside the real one, round by round so that both meet the same machine, and beside no proxy at
 * all, which shows how much of the time is the measuring. The real one is looked for on PATH, or where TOXIPROXY_SERVER
 * says. Then 500 links at once, each a proxy of its own with a connection that carries bytes there and back.
 *
 * Goals: the embedded server carries at least half the bytes per second of the real one; 500 links are whole.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';
import { formatAddress, parseAddress } from '../src/links/addresses.ts';
import type { Address } from '../src/core/seams/system.ts';
import { startToxiproxy } from '../src/links/serve.ts';
import { toxiproxyAt } from '../src/links/toxiproxy.ts';
import type { Toxiproxy } from '../src/links/toxiproxy.ts';

const megabytes = Number(process.argv[2] ?? 500);
const rounds = Number(process.argv[3] ?? 5);
const bytesPerMegabyte = 1_000_000;
const chunk = Buffer.alloc(65_536, 'x');
const linksAtOnce = 500;

/** In a thread of its own, so that who sends and who receives do not wait for each other: sends all back, or swallows it. */
async function serveInWorker(): Promise<void> {
  const servers = [createServer(swallow), createServer((socket) => socket.pipe(socket))];
  for (const server of servers) {
    server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 });
    await once(server, 'listening');
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  parentPort!.postMessage(ports, []);
}

/** Counts to the number that the first eight bytes say, and answers with a byte then. */
function swallow(socket: Socket): void {
  let left: number | undefined;
  socket.on('error', () => {});
  socket.on('data', (data) => {
    left = (left ?? Number(data.readBigUInt64BE())) - data.length;
    if (left === 0) socket.end('.');
  });
}

async function main(): Promise<void> {
  const worker = new Worker(new URL(import.meta.url));
  const [[sink, echo]] = (await once(worker, 'message')) as [[number, number]];
  const folder = mkdtempSync(join(tmpdir(), 'dsp-bench-'));
  const names = ['embedded', process.env['TOXIPROXY_SERVER'] ?? 'auto'];
  {
    await using running = new AsyncDisposableStack();
    const started = [];
    for (const [i, choice] of names.entries()) {
      const logFile = join(folder, `${i}.log`);
      const options = { choice, host: '127.0.0.1', port: 0, seed: 1, logFile };
      started.push(running.use(await startToxiproxy(options, new AbortController().signal)));
    }
    const [embedded, real] = started.map(({ kind, apiUrl }) => ({
      kind,
      api: toxiproxyAt(apiUrl),
    }));
    if (real!.kind === 'embedded')
      console.log('NO REAL TOXIPROXY: the embedded server is compared with itself.');
    for (const connections of [1, 8]) {
      await compareThroughput([embedded!, real!], { host: '127.0.0.1', port: sink }, connections);
    }
    for (const { kind, api } of [embedded!, real!]) {
      await manyLinks(kind, api, { host: '127.0.0.1', port: echo });
      api[Symbol.dispose]();
    }
  }
  await worker.terminate();
  rmSync(folder, { recursive: true });
}

interface Contender {
  readonly kind: string;
  readonly api: Toxiproxy;
}

async function compareThroughput(
  contenders: readonly Contender[],
  sink: Address,
  connections: number,
): Promise<void> {
  const rates = new Map<string, number[]>();
  const targets = [{ name: 'no proxy', address: sink }];
  for (const { kind, api } of contenders) {
    targets.push({ name: kind, address: await proxyTo(api, `bulk ${connections}`, sink) });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { name, address } of targets) {
      const rate = await throughput(address, connections);
      rates.set(name, [...(rates.get(name) ?? []), rate]);
    }
  }
  console.log(
    `\n${megabytes} MB over ${connections} connection(s), ${rounds} rounds, megabytes per second`,
  );
  for (const [name, each] of rates) {
    console.log(
      `  ${name.padEnd(9)} median ${inMegabytes(median(each))}, from ${inMegabytes(Math.min(...each))} to ${inMegabytes(Math.max(...each))}`,
    );
  }
  const [, ours, theirs] = [...rates.values()].map(median);
  console.log(`  embedded ÷ real: ${(ours! / theirs!).toFixed(2)} (goal: at least 0.5)`);
}

/** Bytes per second, all connections together, from the first byte to the last answer. */
async function throughput(address: Address, connections: number): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(address)));
  const bytes = Math.round((megabytes * bytesPerMegabyte) / connections);
  const startMs = performance.now();
  await Promise.all(sockets.map((socket) => sendAll(socket, bytes)));
  const seconds = (performance.now() - startMs) / 1000;
  return (bytes * connections) / seconds;
}

async function sendAll(socket: Socket, bytes: number): Promise<void> {
  const answered = once(socket, 'data');
  const head = Buffer.alloc(8);
  head.writeBigUInt64BE(BigInt(bytes));
  socket.write(head);
  for (let sent = head.length; sent < bytes; sent += chunk.length) {
    socket.write(chunk.subarray(0, bytes - sent));
    if (socket.writableLength > chunk.length) await once(socket, 'drain');
  }
  await answered;
  socket.destroy();
}

/** Opens every link, sends through each what it should give back, and waits for the last byte of the last. */
async function manyLinks(kind: string, api: Toxiproxy, echo: Address): Promise<void> {
  const startMs = performance.now();
  const specs = Array.from({ length: linksAtOnce }, (_, i) => proxySpec(`link ${i}`, echo));
  const shown = await api.populate(specs);
  const madeMs = performance.now() - startMs;
  const addresses = specs.map(({ name }) => parseAddress(shown.get(name)!.listen));
  const sockets = await Promise.all(addresses.map(opened));
  const openMs = performance.now() - startMs - madeMs;
  const sent = Array.from({ length: linksAtOnce }, (_, i) => Buffer.alloc(200_000, `link ${i};`));
  const echoed = await Promise.all(sockets.map((socket, i) => roundTrip(socket, sent[i]!)));
  const carriedMs = performance.now() - startMs - madeMs - openMs;
  const whole = echoed.filter((data, i) => data.equals(sent[i]!)).length;
  for (const socket of sockets) socket.destroy();
  const bytes = 2 * sent.reduce((sum, { length }) => sum + length, 0);
  console.log(`\n${linksAtOnce} links at once, ${kind}: ${whole} whole`);
  console.log(
    `  made in ${madeMs.toFixed(0)} ms, opened in ${openMs.toFixed(0)} ms, ` +
      `${inMegabytes((bytes / carriedMs) * 1000)} megabytes per second, both ways together`,
  );
}

async function roundTrip(socket: Socket, data: Buffer): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  socket.write(data);
  for await (const part of socket as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= data.length) break;
  }
  return Buffer.concat(parts);
}

async function proxyTo(api: Toxiproxy, name: string, to: Address): Promise<Address> {
  const shown = await api.populate([proxySpec(name, to)]);
  return parseAddress(shown.get(name)!.listen);
}

const proxySpec = (name: string, to: Address) => ({
  name,
  listen: '127.0.0.1:0',
  upstream: formatAddress(to),
  enabled: true,
});

async function opened(address: Address): Promise<Socket> {
  const socket = connect({ ...address, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const inMegabytes = (bytes: number): string => (bytes / bytesPerMegabyte).toFixed(0);

if (isMainThread) await main();
else await serveInWorker();
