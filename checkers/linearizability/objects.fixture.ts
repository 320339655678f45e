/** What objects of each model do, one operation at a time, to make histories of; by rules of their own. */

/** Draws a number from 0 to below the given one. */
export type Draw = (below: number) => number;

export interface Asked {
  readonly f: string;
  readonly value: unknown;
}

export interface Answer {
  readonly type: 'ok' | 'fail' | 'info';
  readonly value: unknown;
}

export interface SequentialObject {
  readonly initial: unknown;
  draw(draw: Draw, values: number): Asked;
  happen(asked: Asked, state: unknown): readonly [Answer, unknown];
  /** An answer of the right shape, right or wrong; undefined where the answer says nothing. */
  lie(asked: Asked, draw: Draw, values: number): unknown;
}

const register = (withCas: boolean): SequentialObject => ({
  initial: null,
  draw(draw, values) {
    const kind = draw(8);
    const value = draw(values);
    if (kind < 4) return { f: 'read', value: null };
    return kind < 6 || !withCas
      ? { f: 'write', value }
      : { f: 'compare-and-set', value: [draw(values), value] };
  },
  happen({ f, value }, state) {
    if (f === 'read') return [{ type: 'ok', value: state }, state];
    if (f === 'write') return [{ type: 'ok', value }, value];
    const [from, to] = value as [unknown, unknown];
    return from === state ? [{ type: 'ok', value }, to] : [{ type: 'fail', value }, state];
  },
  lie: ({ f }, draw, values) => (f === 'read' ? draw(values) : undefined),
});

const letter = (draw: Draw, values: number): string => 'abcdefgh'[draw(values)]!;

const kv: SequentialObject = {
  initial: '',
  draw(draw, values) {
    const kind = draw(8);
    const value = letter(draw, values);
    if (kind < 3) return { f: 'get', value: null };
    if (kind === 3) return { f: 'compare-and-set', value: [letter(draw, values), value] };
    return { f: kind < 6 ? 'put' : 'append', value };
  },
  happen({ f, value }, state) {
    if (f === 'get') return [{ type: 'ok', value: state }, state];
    if (f === 'put') return [{ type: 'ok', value }, value];
    if (f === 'append') return [{ type: 'ok', value }, `${state as string}${value as string}`];
    const [from, to] = value as [unknown, unknown];
    return from === state ? [{ type: 'ok', value }, to] : [{ type: 'fail', value }, state];
  },
  // Often it begins with what another answer is, or is the beginning of that.
  lie({ f }, draw, values) {
    if (f !== 'get') return undefined;
    return Array.from({ length: 1 + draw(3) }, () => letter(draw, values)).join('');
  },
};

/** Its calls fail where they must; a lie says that one did not. */
const mutex: SequentialObject = {
  initial: false,
  draw: (draw) => ({ f: draw(2) === 0 ? 'acquire' : 'release', value: null }),
  happen: ({ f }, isHeld) =>
    isHeld === (f === 'release')
      ? [{ type: 'ok', value: null }, !isHeld]
      : [{ type: 'fail', value: null }, isHeld],
  lie: () => null,
};

const counter: SequentialObject = {
  initial: 0,
  draw: (draw, values) =>
    draw(2) === 0 ? { f: 'read', value: null } : { f: 'add', value: draw(values + 1) - 1 },
  happen: ({ f, value }, sum) =>
    f === 'read'
      ? [{ type: 'ok', value: sum }, sum]
      : [{ type: 'ok', value }, (sum as number) + (value as number)],
  lie: ({ f }, draw, values) => (f === 'read' ? draw(2 * values) : undefined),
};

/** A state is a list, in the order in which elements were added. */
const set: SequentialObject = {
  initial: [],
  draw(draw, values) {
    const kind = draw(8);
    if (kind < 3) return { f: 'read', value: null };
    return { f: kind < 7 ? 'add' : 'remove', value: draw(values) };
  },
  happen({ f, value }, state) {
    const elements = state as readonly unknown[];
    if (f === 'read') return [{ type: 'ok', value: elements }, elements];
    const others = elements.filter((each) => each !== value);
    return [{ type: 'ok', value }, f === 'add' ? [...others, value] : others];
  },
  lie: ({ f }, draw, values) =>
    f === 'read'
      ? Array.from({ length: values }, (_, each) => each).filter(() => draw(2))
      : undefined,
};

const queue: SequentialObject = {
  initial: [],
  draw: (draw, values) =>
    draw(2) === 0 ? { f: 'dequeue', value: null } : { f: 'enqueue', value: draw(values) },
  happen({ f, value }, state) {
    const elements = state as readonly unknown[];
    if (f === 'enqueue') return [{ type: 'ok', value }, [...elements, value]];
    return [{ type: 'ok', value: elements[0] ?? null }, elements.slice(1)];
  },
  lie: ({ f }, draw, values) => (f === 'dequeue' ? draw(values) : undefined),
};

type Step = readonly [f: string, register: string, value: unknown];

const multiRegister: SequentialObject = {
  initial: {},
  draw(draw, values) {
    const step = (): Step =>
      draw(2) === 0 ? ['r', 'xyz'[draw(3)]!, null] : ['w', 'xyz'[draw(3)]!, draw(values)];
    return { f: 'txn', value: Array.from({ length: 1 + draw(3) }, step) };
  },
  happen({ value }, state) {
    const registers = { ...(state as Record<string, unknown>) };
    const answers = (value as readonly Step[]).map(([f, name, written]): Step => {
      if (f === 'w') registers[name] = written;
      return [f, name, registers[name] ?? null];
    });
    return [{ type: 'ok', value: answers }, registers];
  },
  lie: ({ value }, draw, values) =>
    (value as readonly Step[]).map(([f, name, written]) => [
      f,
      name,
      f === 'r' ? draw(values) : written,
    ]),
};

export const objects = {
  register: register(false),
  'cas-register': register(true),
  kv,
  mutex,
  counter,
  set,
  queue,
  'multi-register': multiRegister,
} satisfies Record<string, SequentialObject>;

export type Family = keyof typeof objects;
