/** Lists by name, filled one by one. */

/** Adds to the list of that name, which begins empty. */
export function addTo<Name, Item>(groups: Map<Name, Item[]>, name: Name, item: Item): void {
  const known = groups.get(name);
  if (known === undefined) groups.set(name, [item]);
  else known.push(item);
}
