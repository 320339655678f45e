import { describe, expect, test } from 'vitest';
import type { DspError } from '../core/errors.ts';
import type { System } from '../core/seams/system.ts';
import { changed, firstNode, shortest } from './definition.fixture.ts';
import { ownSystems } from './own-systems.ts';

const file = (systems: unknown) => ({ name: 'dsp.config.ts', systems });

const made = (fields: object = {}): System =>
  ownSystems(file({ 'my-kv': changed(fields) }), [])['my-kv']!;

function refusal(systems: unknown, taken: readonly string[] = []): DspError {
  try {
    ownSystems(file(systems), taken);
  } catch (thrown) {
    return thrown as DspError;
  }
  return expect.unreachable();
}

describe('a definition becomes a system', () => {
  test('whose name is the one that it stands under, and which has no bugs and no invariants', () => {
    expect(made()).toMatchObject({
      name: 'my-kv',
      says: 'a server of dsp.config.ts',
      nodesMin: 1,
      bugs: [],
      invariants: [],
      options: {},
      node: { kind: 'server', image: 'my-kv:1', ports: { client: 8080, peers: [8080] } },
    });
  });

  test('whose peers meet at the client port unless others are named', () => {
    expect(made({ ports: { client: 1, peers: [2, 3] } }).node).toMatchObject({
      ports: { client: 1, peers: [2, 3] },
    });
  });

  test('whose command and environment are lists and texts, or made for each node', () => {
    const command = ({ id, members }: typeof firstNode) => [id, ...members];
    const { node } = made({ command, environment: { HOME: '/' } });
    if (node.kind !== 'server') expect.unreachable();
    expect(node.command?.(firstNode)).toEqual(['n1', 'n1', 'n2', 'n3']);
    expect(node.environment?.(firstNode)).toEqual({ HOME: '/' });
  });

  test('whose probes are texts as bytes, an HTTP request unless others are given', () => {
    expect(new TextDecoder().decode(made().probe.ask)).toMatch(/^GET \/ HTTP\/1\.1\r\nHost: /);
    expect(made()).not.toHaveProperty('clientProbe');
    expect(made({ probe: { ask: 'PING\r\n' }, clientProbe: { ask: '?', greets: true } })).toEqual(
      expect.objectContaining({
        probe: { greets: false, ask: new TextEncoder().encode('PING\r\n') },
        clientProbe: { greets: true, ask: new TextEncoder().encode('?') },
      }),
    );
  });

  test('a file without systems has none', () => {
    expect(ownSystems(undefined, [])).toEqual({});
    expect(ownSystems(file(undefined), [])).toEqual({});
  });
});

describe('what cannot be is refused in one sentence that names the file and the field', () => {
  const { image: _, ...bare } = shortest;

  test.each([
    [changed({ ports: { client: 'http' } }), '.ports.client must be a port number', /"http"/],
    [changed({ ports: { client: 65_536 } }), '.ports.client must be a port number', /65536/],
    [changed({ ports: { client: 80, peers: 81 } }), '.ports.peers must be a list of port', /81/],
    [changed({ ports: {} }), '.ports.client must be a port number', /missing/],
    [changed({ ports: undefined }), '.ports must be an object such as', /missing/],
    [changed({ ports: { client: 80, peer: [] } }), '.ports.peer is not a field', /peers\?/],
    [changed({ comand: ['x'] }), '.comand is not a field of a system', /command\?/],
    [changed({ command: 'node x' }), '.command must be a list of texts', /"node x"/],
    [changed({ command: [] }), '.command must be a list of texts', /\[\]/],
    [changed({ environment: { PORT: 80 } }), '.environment must be an object of texts', /80/],
    [changed({ image: '' }), '.image must be the name of an image', /""/],
    [changed({ dataFolder: 'data' }), '.dataFolder must be the absolute path', /"data"/],
    [changed({ offers: ['gte'] }), '.offers must be a list of calls (get, put, comp', /"gte"/],
    [changed({ offers: [] }), '.offers must be a list of calls', /\[\]/],
    [changed({ connect: {} }), '.connect must be a function', /\{\}/],
    [changed({ ready: 3 }), '.ready must be a function', /3/],
    [changed({ nodesMin: 0 }), '.nodesMin must be a whole number from 1', /0/],
    [changed({ probe: 'PING' }), '.probe must be an object such as', /"PING"/],
    [changed({ probe: { greets: true } }), '.probe.ask must be a text or bytes', /missing/],
    [bare, ' must have an image, a command or both', /./],
    ['etcd', ' must be a definition of a system', /"etcd"/],
  ])('%j: %s', (definition, sentence, hint) => {
    const refused = refusal({ 'my-kv': definition });
    expect(refused.code).toBe('usage');
    expect(refused.message).toContain(`dsp.config.ts: systems.my-kv${sentence}`);
    expect(refused.hint).toMatch(hint);
  });

  test.each([
    ['a list', [], /^dsp\.config\.ts: systems must be an object/],
    ['a path for a name', { '../x': shortest }, /systems\.\.\.\/x must have a name of/],
    ['the name of something else', { base: shortest }, /another name: base is one of dsp's own$/],
  ])('%s', (_, systems, sentence) => {
    expect(refusal(systems, ['base']).message).toMatch(sentence);
  });

  test('what a function returns is seen when a node is to be started', () => {
    const { node } = made({ command: () => 'node x', environment: () => ({ PORT: 80 }) });
    if (node.kind !== 'server') expect.unreachable();
    expect(() => node.command?.(firstNode)).toThrow(/systems\.my-kv\.command must return a list/);
    expect(() => node.environment?.(firstNode)).toThrow(/environment must return texts/);
  });
});
