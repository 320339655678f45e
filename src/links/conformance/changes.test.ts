/**
 * Toxics that lose nothing lose nothing, however they come, change and go while bytes are under way: any changes, drawn
 * at random, leave every byte of both directions in its place.
 */
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Direction, Pair, Proxied } from './proxied.fixture.ts';
import { directions, proxied } from './proxied.fixture.ts';
import { servers, useServer } from '../servers.fixture.ts';

/**
 * How bad toxics may be. What waits for ever waits until the toxic goes; the real server may wait with it then, for it
 * has every toxic hand on what it holds before it changes the next (docs/toxiproxy.md), so it is spared that.
 */
const forEverMs = 3_600_000;
const badness = {
  embedded: { delayMs: [0, 3, forEverMs], rate: [0, 1, 20_000] },
  real: { delayMs: [0, 3, 8], rate: [20_000, 1_000_000] },
} as const;

const settings = ({ delayMs, rate }: (typeof badness)['embedded' | 'real']) =>
  fc.oneof(
    fc.record({
      type: fc.constant('latency' as const),
      attributes: fc.record({ latency: fc.constantFrom(...delayMs), jitter: fc.nat(8) }),
    }),
    fc.record({
      type: fc.constant('bandwidth' as const),
      attributes: fc.record({ rate: fc.constantFrom(...rate) }),
    }),
    fc.record({
      type: fc.constant('slicer' as const),
      attributes: fc.record({
        average_size: fc.integer({ min: 2000, max: 60_000 }),
        size_variation: fc.nat(1000),
        delay: fc.nat(200),
      }),
    }),
    fc.record({
      type: fc.constant('slow_close' as const),
      attributes: fc.record({ delay: fc.constantFrom(...delayMs) }),
    }),
  );

const stream = fc.constantFrom(...directions);
const toxicity = fc.constantFrom(0, 0.5, 1);
const names = ['a', 'b', 'c'] as const;
const name = fc.constantFrom(...names);

/** Some of them cannot be: a toxic that is there already, or is not. The server refuses those. */
const stepOn = (server: 'embedded' | 'real') =>
  fc.oneof(
    fc.record({
      do: fc.constant('send' as const),
      stream,
      bytes: fc.integer({ min: 1, max: 200_000 }),
    }),
    fc.record({
      do: fc.constant('add' as const),
      name,
      stream,
      toxicity,
      settings: settings(badness[server]),
    }),
    fc.record({ do: fc.constant('change' as const), name, toxicity }),
    fc.record({ do: fc.constant('remove' as const), name }),
  );
type Step = ReturnType<typeof stepOn> extends fc.Arbitrary<infer S> ? S : never;

describe.each(servers)('on the $name server', (server) => {
  const api = useServer(server);

  test.prop([fc.array(stepOn(server.name), { minLength: 5, maxLength: 25 })], { numRuns: 40 })(
    'changes while bytes are under way lose none and move none',
    async (steps) => {
      await using proxy = await proxied(api.running.apiUrl);
      const pair = await proxy.connect();
      const sent: Record<Direction, Buffer[]> = { upstream: [], downstream: [] };
      for (const each of steps) await take(each, proxy, pair, sent);
      for (const name of names) await take({ do: 'remove', name }, proxy, pair, sent);
      for (const direction of directions) {
        const all = Buffer.concat(sent[direction]);
        const received = await pair.receiver(direction).receive(all.length);
        expect(received.equals(all)).toBe(true);
      }
      pair.client.socket.end();
      await pair.server.ended;
      expect(pair.server.received()).toHaveLength(Buffer.concat(sent.upstream).length);
    },
  );
});

async function take(
  step: Step,
  proxy: Proxied,
  pair: Pair,
  sent: Record<Direction, Buffer[]>,
): Promise<void> {
  if (step.do === 'send') {
    const data = Buffer.alloc(step.bytes, `${sent[step.stream].length};`);
    sent[step.stream].push(data);
    pair.sender(step.stream).send(data);
    return;
  }
  const { name } = step;
  const changed =
    step.do === 'add'
      ? proxy.addToxic({ ...step.settings, name, stream: step.stream, toxicity: step.toxicity })
      : step.do === 'change'
        ? proxy.updateToxic(name, { toxicity: step.toxicity })
        : proxy.removeToxic(name);
  await changed.catch((error: unknown) => {
    if (!/: (404|409) /.test(String(error))) throw error;
  });
}
