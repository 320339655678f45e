import { expect, test } from 'vitest';
import { allLinks, clientsHost, linkName, majorityOf, nodeIds } from './ids.ts';

test('a cluster has a link for each ordered pair of nodes and one from the clients to each', () => {
  const links = allLinks(nodeIds(5));
  expect(links).toHaveLength(5 * 4 + 5);
  expect(new Set(links.map(linkName)).size).toBe(25);
  expect(links.filter(({ from }) => from === clientsHost)).toHaveLength(5);
});

test('a majority is more than half, for even counts too', () => {
  expect([1, 2, 3, 4, 5, 6].map(majorityOf)).toEqual([1, 2, 2, 3, 3, 4]);
});
