/**
 * Notices node code that goes round Env while it is simulated: time and chance that are not the world's. It lets the call
 * through, for it only looks, and names the place. What is imported from a module of Node's it cannot see; that the style
 * test finds in the text.
 */
import { presentLife } from '../../../nodes/sdk/memory/life.ts';

/** A call that would make a seed not repeat a run. */
export interface Stray {
  /** `Math.random`. */
  readonly call: string;
  /** `nodes/replicated-log/node.ts:12`, or what is known of it. */
  readonly place: string;
}

const watched = [
  { name: 'Date', of: Date, calls: ['now'] },
  { name: 'Math', of: Math, calls: ['random'] },
  { name: 'performance', of: performance, calls: ['now'] },
  { name: 'process', of: process, calls: ['hrtime', 'uptime', 'cpuUsage', 'memoryUsage'] },
  { name: 'crypto', of: crypto, calls: ['randomUUID', 'getRandomValues'] },
  {
    name: 'globalThis',
    of: globalThis,
    calls: ['setTimeout', 'setInterval', 'setImmediate', 'fetch'],
  },
] as const;

/** Tells of every such call of a node's until it is disposed of. */
export function watchForStrays(onStray: (stray: Stray) => void): Disposable {
  const undo = watched.flatMap(({ name, of, calls }) =>
    calls.map((call) => watchCall(of as unknown as Patchable, call, `${name}.${call}`, onStray)),
  );
  undo.push(watchDate(onStray));
  return {
    [Symbol.dispose]() {
      for (const each of undo) each();
    },
  };
}

type Patchable = Record<string, (...args: unknown[]) => unknown>;

function watchCall(
  of: Patchable,
  call: string,
  name: string,
  onStray: (stray: Stray) => void,
): () => void {
  const original = of[call]!;
  const own = Object.getOwnPropertyDescriptor(of, call);
  const watching = function (this: unknown, ...args: unknown[]): unknown {
    tellOf(name, onStray);
    return original.apply(this, args);
  };
  // Parts of a function, such as `process.hrtime.bigint`, stay what they are.
  Object.defineProperty(of, call, { value: Object.assign(watching, original), configurable: true });
  return () => {
    if (own === undefined) delete of[call];
    else Object.defineProperty(of, call, own);
  };
}

/** `new Date()` reads the clock; `new Date(0)` does not. */
function watchDate(onStray: (stray: Stray) => void): () => void {
  const original = globalThis.Date;
  globalThis.Date = new Proxy(original, {
    construct(target, args, newTarget) {
      if (args.length === 0) tellOf('new Date', onStray);
      return Reflect.construct(target, args, newTarget) as object;
    },
  });
  return () => void (globalThis.Date = original);
}

function tellOf(call: string, onStray: (stray: Stray) => void): void {
  if (presentLife() !== undefined) onStray({ call, place: placeOf(new Error().stack ?? '') });
}

/** The innermost line of node code. */
const placeOf = (stack: string): string =>
  /\b(nodes\/(?!sdk\/(?:memory|host)\/)[\w./-]+:\d+)/.exec(stack)?.[1] ?? 'code of a node';
