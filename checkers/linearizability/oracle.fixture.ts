/**
 * The brute-force oracle: tries every order of the operations, with every choice of unknown ones, by rules of its own.
 * It shares no code with the checker; it is slow, and short enough to be believed.
 */
import type { Operation } from '../../src/core/history/operation.ts';

/** The states after an operation that is known to have this outcome; empty when it could not have been. */
type Rule = (state: unknown, operation: Operation) => readonly unknown[];

export interface Rules {
  readonly initial: unknown;
  readonly apply: Rule;
}

const isCas = (f: string) => f === 'cas' || f === 'compare-and-set';

const cas: Rule = (state, { input, outcome }) => {
  const [from, to] = input as [unknown, unknown];
  if (outcome === 'fail') return state === from ? [] : [state];
  return state === from ? [to] : [];
};

export const registerRules: Rules = {
  initial: null,
  apply(state, operation) {
    if (operation.f === 'read') return state === operation.output ? [state] : [];
    if (operation.f === 'write') return [operation.input];
    return cas(state, operation);
  },
};

export const kvRules: Rules = {
  initial: '',
  apply(state, operation) {
    const { f, input, output } = operation;
    if (f === 'get') return state === (output ?? '') ? [state] : [];
    if (f === 'put') return [input ?? ''];
    if (f === 'append') return [String(state) + String(input)];
    return cas(state, operation);
  },
};

/** Whether some order explains everything. With `failedIsEvidence`, a failure without a reason is a refusal. */
export function explicable(
  rules: Rules,
  operations: readonly Operation[],
  failedIsEvidence = false,
): boolean {
  const counted = operations.filter(({ f, outcome, error }) =>
    outcome === 'fail'
      ? failedIsEvidence && isCas(f) && error === undefined
      : !(outcome === 'info' && isRead(f)),
  );
  return extend(rules, rules.initial, counted);
}

const isRead = (f: string) => f === 'read' || f === 'get';

function extend(rules: Rules, state: unknown, left: readonly Operation[]): boolean {
  const due = left.filter(({ outcome }) => outcome !== 'info');
  if (due.length === 0) return true;
  const firstReturn = Math.min(...due.map(({ completeIndex }) => completeIndex!));
  return left
    .filter(({ invokeIndex }) => invokeIndex < firstReturn)
    .some((next) =>
      rules.apply(state, next).some((after) =>
        extend(
          rules,
          after,
          left.filter((other) => other !== next),
        ),
      ),
    );
}
