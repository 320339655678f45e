/** Two linearizable registers whose values are unique, for property tests. */
import type { Reference } from '../claims/reference.fixture.ts';

/** A fresh pair of them. */
export const registerReference = (): Reference => {
  const values = new Map<unknown, unknown>();
  return {
    draw(draw, n) {
      const key = `k${draw(2)}`;
      const kind = draw(4);
      if (kind < 2) return { f: 'read', key, value: null };
      if (kind === 2) return { f: 'write', key, value: n };
      return { f: 'compare-and-set', key, value: [values.get(key) ?? null, n] };
    },
    happen({ f, key, value }) {
      const now = values.get(key) ?? null;
      if (f === 'read') return { type: 'ok', value: now };
      const [from, to] = f === 'write' ? [now, value] : (value as [unknown, unknown]);
      if (from !== now) return { type: 'fail', value };
      values.set(key, to);
      return { type: 'ok', value };
    },
  };
};
