/**
 * All randomness of a run comes from one seeded root, forked by label: `root.fork('nemesis').fork('partition')`.
 *
 * A fork depends on the seed and the labels alone, never on how much its parent has drawn, so adding a draw in one
 * place changes nothing in another. The same seed gives the same plan, operations and faults.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random draws. Each draw advances it; `fork` does not. */
export interface Random {
  /** An independent stream named by `label`. */
  fork(label: string): Random;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** A number from 0 (included) to 1 (excluded). */
  fraction(): number;
  chance(probability: number): boolean;
  /**
   * A fraction for a whole number, a moment say: it depends on the seed, the labels and that number alone, and advances nothing.
   */
  fractionAt(counter: number): number;
  /** One of the items; throws on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** The items in a random order; the argument is left as it is. */
  shuffle<T>(items: readonly T[]): T[];
}

/** The root, or any stream, of `seed`: a whole number or any text. */
export function seededRandom(seed: number | string): Random {
  const path = String(seed);
  const root = hash32(path);
  const generator = xoroshiro128plus(root);
  const integer = (min: number, max: number): number => uniformInt(generator, min, max);
  const fraction = (): number => integer(0, 0x7fff_ffff) / 0x8000_0000;
  return {
    fork: (label) => seededRandom(`${path}/${label}`),
    integer,
    fraction,
    chance: (probability) => fraction() < probability,
    fractionAt: (counter) => (finalised(root + Math.imul(counter, 0x9e3779b1)) >>> 1) / 0x8000_0000,
    pick(items) {
      if (items.length === 0) throw new RangeError('cannot pick from an empty list');
      return items[integer(0, items.length - 1)]!;
    },
    shuffle(items) {
      const order = [...items];
      for (let last = order.length - 1; last > 0; last--) {
        const other = integer(0, last);
        [order[last], order[other]] = [order[other]!, order[last]!];
      }
      return order;
    },
  };
}

/** A number between the bounds, every order of magnitude as likely as another. */
export const logUniform = (random: Random, min: number, max: number): number =>
  min * (max / min) ** random.fraction();

/** FNV-1a over UTF-16 code units, then the finaliser of MurmurHash3, so that labels one letter apart give unlike streams. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return finalised(hash);
}

/** Every bit of the result depends on every bit of `hash`. */
function finalised(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
