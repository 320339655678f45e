/**
 * The linearizability engine: depth-first search over orders of operations, after Wing & Gong (1993), with the entry
 * list and the memo of Lowe (2017), as in Porcupine (https://github.com/anishathalye/porcupine), of which this is a port.
 *
 * The entry list holds the calls and returns of all operations that have not taken effect. Those whose call comes before
 * the first return in it are the candidates: any of them may be next. The search tries them in order; one that the model
 * allows is lifted out of the list and noted on the stack, and the search begins again at the head of what is left. A
 * return at which the search arrives belongs to an operation that should have taken effect: the order was wrong, the last
 * operation is put back, and the next candidate is tried. A configuration that was met before is not searched again.
 *
 * To this, four rules are added, each of which leaves out only what another order covers:
 *
 *   Closure. A read-only operation that is legal now takes effect now, and is never branched on: putting it first keeps
 *   any order legal, for it changes nothing.
 *
 *   No idle optional operation. An optional operation must do something for the one that follows: if the follower leads
 *   to the same state without it, the order without it is tried elsewhere, and spends less. Two unknown writes in a row,
 *   where the second hides the first, are never tried.
 *
 *   Twins. Of optional operations that do the same, the one called first is spent first.
 *
 *   Dominance (configurations.ts). What failed with some optional operations spent also fails with more of them spent.
 *
 * Why they miss nothing together: take an order of all required operations that spends the fewest optional ones, and of
 * twins the first. None of its configurations is left out by any rule, for each would show an order that spends fewer.
 *
 * Porcupine is © Anish Athalye, under the MIT licence:
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
 * documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
 * rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
 * persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and
 * this permission notice shall be included in all copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
 * WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
 * COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
 * OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
 */
import { usageError } from '../../src/core/errors.ts';
import { configurations } from './configurations.ts';
import type { Engine, Limits, Outcome } from './engine.ts';
import { entryList, headNode, lift, unlift } from './entry-list.ts';
import { add, has, operationSet, remove } from './operation-set.ts';
import type { Problem } from './problem.ts';
import { stateTable } from './state-table.ts';

export const wgl: Engine = (problem, limits, watch) => {
  const search = searchOf(problem);
  const { list } = search;
  const budget = budgetOf(limits, search);
  let furthestNode = headNode;
  search.close();
  let node = list.next[headNode]!;
  while (search.left() > 0) {
    const exhausted = budget.spend();
    if (exhausted !== undefined) return exhausted;
    const operation = list.at[node]!;
    if (operation < 0) {
      if (node > furthestNode) furthestNode = node;
      watch?.(node - 1, search.order());
      node = search.goBack();
      if (node === headNode)
        return { kind: 'not-linearizable', furthestEvent: furthestNode - 1, steps: budget.spent() };
    } else if (search.tryNext(operation)) {
      search.close();
      node = search.isNew() ? list.next[headNode]! : search.goBack();
    } else {
      node = list.next[node]!;
    }
  }
  return { kind: 'linearizable', order: Int32Array.from(search.order()), steps: budget.spent() };
};

type Search = ReturnType<typeof searchOf>;

/** The state of a search: what has taken effect, in which order, and what is left. */
function searchOf(problem: Problem) {
  const { calls, size, required: requiredCount, readOnly } = problem;
  const list = entryList(problem.events, size);
  const states = stateTable(problem.model);
  const met = configurations();
  const required = operationSet(requiredCount);
  const spent = operationSet(size - requiredCount);
  const stack = new Int32Array(size);
  /** The state before each operation of the stack. */
  const before = new Int32Array(size);
  let depth = 0;
  let state = 0;
  let left = requiredCount;

  function push(operation: number, after: number): void {
    stack[depth] = operation;
    before[depth++] = state;
    state = after;
    lift(list, operation);
    if (operation < requiredCount) {
      add(required, operation);
      left--;
    } else {
      add(spent, operation - requiredCount);
    }
  }

  function pop(): number {
    const operation = stack[--depth]!;
    state = before[depth]!;
    unlift(list, operation);
    if (operation < requiredCount) {
      remove(required, operation);
      left++;
    } else {
      remove(spent, operation - requiredCount);
    }
    return operation;
  }

  /** Whether the last operation is optional and `operation` would come to the same state without it. */
  function leavesIdle(operation: number, after: number): boolean {
    if (depth === 0 || stack[depth - 1]! < requiredCount) return false;
    return states.step(before[depth - 1]!, calls[operation]) === after;
  }

  /** Of optional operations that do the same, the one called first is spent first; any order can be brought to that. */
  function hasTwinLeft(operation: number): boolean {
    const twin = problem.twin[operation]!;
    return twin >= 0 && !has(spent, twin - requiredCount);
  }

  function allows(readOnlyOperation: number): boolean {
    const after = states.step(state, calls[readOnlyOperation]);
    if (after >= 0 && after !== state)
      throw usageError(`the model ${problem.model.name} calls an operation read-only that is not`);
    return after >= 0;
  }

  return {
    list,
    /** How many required operations have not taken effect. */
    left: () => left,
    order: (): number[] => Array.from(stack.subarray(0, depth)),
    bytes: () => met.bytes() + states.bytes() + fixedBytesPerOperation * size,
    /** Lets every read-only candidate that is legal take effect. */
    close(): void {
      let node = list.next[headNode]!;
      for (let at = list.at[node]!; at >= 0 && left > 0; at = list.at[node]!) {
        const earlier = list.previous[node]!;
        const legal = readOnly[at] === 1 && allows(at);
        if (legal) push(at, state);
        node = list.next[legal ? earlier : node]!;
      }
    },
    /** Lets a candidate take effect, if the model allows it and it is not for `close`; says whether it did. */
    tryNext(operation: number): boolean {
      if (readOnly[operation] === 1) return false;
      if (operation >= requiredCount && hasTwinLeft(operation)) return false;
      const after = states.step(state, calls[operation]);
      if (after < 0 || leavesIdle(operation, after)) return false;
      push(operation, after);
      return true;
    },
    isNew: () => met.meet(required, spent, state),
    /** Takes back the last operation that was branched on; the node after its call, or the head where there is none. */
    goBack(): number {
      while (depth > 0) {
        const operation = pop();
        if (readOnly[operation] === 0) return list.next[list.callOf[operation]!]!;
      }
      return headNode;
    },
  };
}

/** List, stack and problem, per operation. */
const fixedBytesPerOperation = 64;

/** Counts steps, and looks at the clock and the memory at every 64th. */
function budgetOf(limits: Limits, search: Search) {
  const required = search.left();
  let steps = 0;
  let leftMin = required;
  const exhausted = (by: 'steps' | 'time' | 'memory'): Outcome => ({
    kind: 'exhausted',
    by,
    linearized: required - leftMin,
    steps,
  });
  return {
    spent: () => steps,
    spend(): Outcome | undefined {
      if (search.left() < leftMin) leftMin = search.left();
      if (++steps > limits.stepsMax) return exhausted('steps');
      if ((steps & 63) !== 0) return undefined;
      if (performance.now() > limits.deadlineMs) return exhausted('time');
      if (search.bytes() > limits.memoryBytesMax) return exhausted('memory');
      return undefined;
    },
  };
}
