/**
 * A model of a user's own: completed with what it may leave out, and held to what it says of itself.
 *
 * A step can be trusted, for it is the definition. What only makes the search faster can be wrong, and would make verdicts
 * wrong: each effect is compared with the step where it is told; every order that is found is checked by the step (witness.ts, parts.ts);
 * and every violation by a model with `canReach` or `nameCall` is proven by an engine that knows neither (counterexample.ts). What none of these can see is a `partition` of what is not independent, and
 * an effect that is wrong only in a state which it does not name: both engines take from it which unknown operations cannot help.
 */
import { inspect } from 'node:util';
import { usageError } from '../../src/core/errors.ts';
import { illegal } from './model.ts';
import type { Effect, Model } from './model.ts';
import { outcomeSuffix } from './models/values.ts';

type Words = 'describeCall' | 'describeState';

/** What a model of one's own has to say: `name`, `says`, `functions`, `initial`, `call`, `step`; the rest makes it faster. */
export type OwnModel<State = unknown, Call = unknown> = Omit<
  Model<State, Call>,
  Words | 'forms' | 'isOwn'
> &
  Partial<Pick<Model<State, Call>, Words>>;

/** Throws a `usage` error, then or later, for a model that contradicts itself. */
export function ownModel(model: OwnModel): Model {
  const words: Pick<Model, Words> = {
    describeCall: (call, outcome) =>
      model.describeCall?.(call, outcome) ?? `${shown(call)}${outcomeSuffix(outcome)}`,
    describeState: (state) => model.describeState?.(state) ?? shown(state),
  };
  const effect = model.effect && ((call: unknown) => heldToStep(model, call, model.effect?.(call)));
  // What it inherits stays its own, so that a model may be an object of a class. Forms would be believed unseen.
  return Object.assign(
    Object.create(model) as Model,
    words,
    { forms: {}, isOwn: true },
    effect && { effect },
  );
}

const shown = (value: unknown): string => inspect(value, { breakLength: Infinity, depth: 4 });

/** The effect, once the step does what it says in the states that it names. */
function heldToStep(
  model: OwnModel,
  call: unknown,
  effect: Effect<unknown> | undefined,
): Effect<unknown> | undefined {
  if (effect === undefined) return undefined;
  if (model.readOnly?.(call) === true && !leavesAll(effect))
    throw usageError(`the model ${model.name} calls an operation read-only that is not`);
  for (const state of [model.initial, ...Object.values(effect)]) {
    const [said, done] = [afterIn(state, effect), model.step(state, call)];
    if (!isSame(said, done))
      throw usageError(
        `the model ${model.name} says that ${shown(call)} has the effect ${shown(effect)}, and steps otherwise in the state ${shown(state)}`,
      );
  }
  return effect;
}

/** Whether every state in which it is legal stays as it is. */
const leavesAll = (effect: Effect<unknown>): boolean =>
  !('leaves' in effect) || ('needs' in effect && isSame(effect.needs, effect.leaves));

function afterIn(state: unknown, effect: Effect<unknown>): unknown {
  if ('needs' in effect && !isSame(effect.needs, state)) return illegal;
  if ('forbids' in effect && isSame(effect.forbids, state)) return illegal;
  return 'leaves' in effect ? effect.leaves : state;
}

const isSame = (a: unknown, b: unknown): boolean => a === b || (a !== a && b !== b);
