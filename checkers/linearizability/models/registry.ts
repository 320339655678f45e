/** Every model that can be named, by the name that `--model` takes. */
import type { Model } from '../model.ts';
import { counter } from './counter.ts';
import { kv } from './kv.ts';
import { multiRegister } from './multi-register.ts';
import { mutex } from './mutex.ts';
import { queue } from './queue.ts';
import { casRegister, register } from './register.ts';
import { set } from './set.ts';
import type { Atom } from './values.ts';

/** What a named model may be told; it is data, so that it can be written down and sent to a worker. */
export interface ModelOptions {
  readonly initial?: Atom;
}

export const models = {
  register,
  'cas-register': casRegister,
  kv,
  mutex,
  counter,
  set,
  queue,
  'multi-register': multiRegister,
} satisfies Record<string, (options?: ModelOptions) => Model>;

export type ModelName = keyof typeof models;

export const modelNames = Object.keys(models) as readonly ModelName[];

/** Those that may be told what they hold at first. */
export const startsAnywhere: ReadonlySet<ModelName> = new Set([
  'register',
  'cas-register',
  'multi-register',
]);
