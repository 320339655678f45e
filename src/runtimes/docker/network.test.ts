import { expect, test } from 'vitest';
import { nodeIds } from '../../core/ids.ts';
import type { Link } from '../../core/ids.ts';
import { linkAddresses } from './network.ts';

/** Links between `count` nodes, clients left out. */
const linksOf = (count: number): Link[] =>
  nodeIds(count).flatMap((from) =>
    nodeIds(count)
      .filter((to) => to !== from)
      .map((to) => ({ from, to })),
  );

test('links take addresses from the top of the range, below its broadcast address', () => {
  const addresses = linkAddresses('172.18.0.0/16', linksOf(2));
  expect([...addresses]).toEqual([
    ['n1→n2', '172.18.255.254'],
    ['n2→n1', '172.18.255.253'],
  ]);
});

test('the range need not end at a byte', () => {
  expect([...linkAddresses('192.168.16.0/20', linksOf(2)).values()]).toEqual([
    '192.168.31.254',
    '192.168.31.253',
  ]);
});

test('every link of a large cluster has an address of its own, within the range', () => {
  const links = linksOf(99);
  const addresses = new Set(linkAddresses('10.5.0.0/16', links).values());
  expect(addresses.size).toBe(links.length);
  expect([...addresses].every((address) => address.startsWith('10.5.'))).toBe(true);
});

test('a range that is too small is an error of the environment', () => {
  expect(() => linkAddresses('192.168.0.0/22', linksOf(5))).toThrow(
    'the range 192.168.0.0/22 that Docker gave the run is too small for 20 links',
  );
});
