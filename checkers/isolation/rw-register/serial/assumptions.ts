/**
 * Who is taken to come before whom although nothing says so but a circle of waits. At least one of those of a circle who wrote a version that is
 * still to be read was placed too soon; which one is drawn by lot. An assumption that is in the way in its turn is dropped, and not made again;
 * where none is, all are, and the lots are drawn once more. Rules that prefer one, as the latest, draw the same wrong one again and again.
 */
import { seededRandom } from '../../../../src/core/random.ts';
import type { Demands } from './demands.ts';
import type { Wait } from './waits.ts';

export interface Assumptions {
  /** By transaction, those that are assumed to come before it. */
  readonly before: ReadonlyMap<number, readonly number[]>;
  /** Of a circle of waits, each for the transaction of the next: assumes something, and returns who was placed too soon. */
  assume(circle: readonly number[], waits: readonly Wait[]): number | undefined;
  /** Drops one that is in such a circle; false if there is none. */
  drop(circle: readonly number[], waits: readonly Wait[]): boolean;
  dropAll(): void;
}

export function assumptions({ turn, begin, isRealtime }: Demands): Assumptions {
  const random = seededRandom('serial order');
  const before = new Map<number, number[]>();
  const dropped = new Set<string>();
  const mayComeBefore = (earlier: number, t: number) =>
    !(isRealtime && turn[t]! < begin[earlier]!) && !dropped.has(`${earlier} ${t}`);
  return {
    before,
    assume(circle, waits) {
      const possible = circle.flatMap((earlier, at): [number, number][] => {
        const wait = waits[at]!;
        if (wait === 'never' || wait.because !== 'unread') return [];
        return mayComeBefore(earlier, wait.writer) ? [[earlier, wait.writer]] : [];
      });
      if (possible.length === 0) return undefined;
      const [earlier, tooSoon] = random.pick(possible);
      const others = before.get(tooSoon);
      if (others === undefined) before.set(tooSoon, [earlier]);
      else others.push(earlier);
      return tooSoon;
    },
    drop(circle, waits) {
      for (const [at, wait] of waits.entries()) {
        if (wait === 'never' || wait.because !== 'assumed') continue;
        const t = circle[at]!;
        before.set(
          t,
          before.get(t)!.filter((each) => each !== wait.on),
        );
        dropped.add(`${wait.on} ${t}`);
        return true;
      }
      return false;
    },
    dropAll() {
      before.clear();
      dropped.clear();
    },
  };
}
