/** Values and lists of them in a sentence that a person reads. */

/** JSON, cut short. */
export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > shownLengthMax ? `${json.slice(0, shownLengthMax)}…` : json;
}

/** `1, 5, 9 and 3 more`. */
export function shownList(values: readonly unknown[]): string {
  const first = values.slice(0, shownMax).map(shown).join(', ');
  return values.length > shownMax ? `${first} and ${values.length - shownMax} more` : first;
}

/** `1 element`, `3 elements`. */
export const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

const shownLengthMax = 60;
const shownMax = 5;
