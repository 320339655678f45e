/**
 * Whatever is sent, the embedded server answers as the real one does: bodies drawn at random, and then broken at random.
 * Runs only where the real server is found.
 */
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import type { Answer } from './call.fixture.ts';
import { call } from './call.fixture.ts';
import { realServer, useServer } from '../servers.fixture.ts';

const json = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 1e21, '', 'upstream', 'DownStream', 'é<&>\u2028', [], {}),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.integer(),
);
const attributeName = fc.constantFrom(
  'latency',
  'LATENCY',
  'jitter',
  'rate',
  'bytes',
  'delay',
  'x',
);
const type = fc.constantFrom('latency', 'slicer', 'timeout', 'limit_data', 'noop', 'nosuch');

/** Toxics, mostly well formed. */
const toxic = fc.record(
  {
    type: fc.oneof({ weight: 5, arbitrary: type }, json),
    name: fc.oneof({ weight: 5, arbitrary: fc.constant('drawn') }, json),
    stream: fc.oneof(fc.constantFrom('upstream', 'UPSTREAM', 'downstream'), json),
    toxicity: fc.oneof(fc.float({ noNaN: true, min: 0 }), json),
    attributes: fc.oneof({ weight: 5, arbitrary: fc.dictionary(attributeName, json) }, json),
    Type: json,
  },
  { requiredKeys: [] },
);

/** Proxies; every address is either none or on loopback. */
const proxy = fc.record(
  {
    name: fc.oneof({ weight: 5, arbitrary: fc.constant('drawn') }, json),
    upstream: fc.oneof(fc.constantFrom('127.0.0.1:1', 'u:1', ''), json),
    enabled: fc.oneof(fc.boolean(), json),
    Logger: json,
  },
  { requiredKeys: [] },
);
const listen = fc.constantFrom(
  '127.0.0.1:0',
  'localhost:',
  '[::1',
  '127.0.0.1',
  '1:2:3',
  '127.0.0.1:65536',
  'a[:1',
  ':x',
);

const breakers = ['{', '}', '[', ']', ':', ',', '"', '\\', 't', 'n', '0', '-', '.', 'e', ' ', 'é'];

/** A text, broken at a place or two. */
const broken = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.array(fc.tuple(fc.nat(300), fc.constantFrom(...breakers)), { maxLength: 2 }))
    .map(([text, breaks]) =>
      breaks.reduce((left, [at, by]) => {
        const place = at % (left.length + 1);
        return left.slice(0, place) + by + left.slice(place + (at % 3));
      }, text),
    );

describe.runIf(realServer !== undefined)('both servers', () => {
  const embedded = useServer({ name: 'embedded', choice: 'embedded' });
  const real = useServer(realServer ?? { name: 'real', choice: 'auto' });

  /** Both answers, the ports that the system chose left out. */
  async function both(method: string, path: string, body: string): Promise<[Answer, Answer]> {
    const one = async ({ apiUrl }: { readonly apiUrl: string }): Promise<Answer> => {
      const answer = await call(apiUrl, { method, path, body });
      const hidden = answer.body.replaceAll(/"listen":"127\.0\.0\.1:\d+"/g, '"listen":"chosen"');
      const { 'content-length': _length, ...headers } = answer.headers;
      return { ...answer, headers, body: hidden };
    };
    return Promise.all([one(embedded.running), one(real.running)]);
  }

  beforeAll(async () => {
    await both('POST', '/proxies', '{"name":"standing","upstream":"127.0.0.1:1","enabled":false}');
  });

  test.prop([broken(toxic.map((each) => JSON.stringify(each)))], { numRuns: 300 })(
    'answer alike to any toxic',
    async (body) => {
      const [ours, theirs] = await both('POST', '/proxies/standing/toxics', body);
      expect(ours).toEqual(theirs);
      if (ours.status === 200) await both('POST', '/reset', '');
      if (ours.status === 200) await both('PATCH', '/proxies/standing', '{"enabled":false}');
    },
  );

  test.prop([proxy, listen], { numRuns: 300 })(
    'answer alike to any proxy',
    async (proxy, listen) => {
      const body = JSON.stringify({ ...proxy, listen });
      const [ours, theirs] = await both('POST', '/proxies', body);
      expect(ours).toEqual(theirs);
      if (ours.status !== 201) return;
      const { name } = JSON.parse(ours.body) as { readonly name: string };
      await both('DELETE', `/proxies/${encodeURIComponent(name)}`, '');
    },
  );

  test.prop([fc.array(fc.tuple(proxy, listen), { maxLength: 3 })], { numRuns: 100 })(
    'answer alike to any proxies at once',
    async (proxies) => {
      const body = JSON.stringify(proxies.map(([proxy, listen]) => ({ ...proxy, listen })));
      const [ours, theirs] = await both('POST', '/populate', body);
      expect(ours).toEqual(theirs);
      const { proxies: made } = JSON.parse(ours.body) as { proxies: { name: string }[] | null };
      for (const { name } of made ?? []) {
        await both('DELETE', `/proxies/${encodeURIComponent(name)}`, '');
      }
    },
  );
});
