/**
 * What a definition of a system must be, field by field. A schema's message completes "… must be"; nothing of zod's own
 * wording reaches a person.
 */
import { z } from 'zod';
import type { SystemDefinition } from '../config/define-system.ts';
import { usageError, type DspError } from '../core/errors.ts';
import { nearestHint } from '../core/nearest.ts';
import type { SessionCall, SessionCalls } from '../core/seams/system.ts';

const allCalls = Object.keys({
  get: true,
  put: true,
  'compare-and-set': true,
} satisfies Record<keyof SessionCalls, true>) as readonly SessionCall[];

const is = <T>(expected: string, test: (value: unknown) => boolean): z.ZodType<T> =>
  z.custom<T>(test, expected);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isPort = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536;

/** Program and arguments. */
export const isCommand = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && isText(value[0]) && value.every((word) => typeof word === 'string');

/** Texts by name. */
export const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((text) => typeof text === 'string');

const text = (expected: string) => is<string>(expected, isText).optional();
const func = (expected: string) => is(expected, isFunction);

const probe = z
  .strictObject(
    {
      ask: is('a text or bytes', (value) => isText(value) || value instanceof Uint8Array),
      greets: is('true or false', (value) => typeof value === 'boolean').optional(),
    },
    { error: 'an object such as { ask: "PING\\r\\n" }' },
  )
  .optional();

const definitionSchema = z.strictObject(
  {
    says: text('a sentence'),
    image: text('the name of an image'),
    command: is(
      'a list of texts (program and arguments), or a function that returns one',
      (value) => isFunction(value) || isCommand(value),
    ).optional(),
    environment: is(
      'an object of texts, or a function that returns one',
      (value) => isFunction(value) || isTexts(value),
    ).optional(),
    ports: z.strictObject(
      {
        client: is('a port number', isPort),
        peers: is(
          'a list of port numbers',
          (value) => Array.isArray(value) && value.every(isPort),
        ).optional(),
      },
      { error: 'an object such as { client: 8080 }' },
    ),
    dataFolder: is(
      'the absolute path of a folder',
      (value) => isText(value) && value.startsWith('/'),
    ).optional(),
    options: is('an object of texts: what each option means', isTexts).optional(),
    nodesMin: is(
      'a whole number from 1 to 99',
      (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 99,
    ).optional(),
    offers: is(
      `a list of calls (${allCalls.join(', ')})`,
      (value) =>
        Array.isArray(value) && value.length > 0 && value.every((each) => allCalls.includes(each)),
    ),
    connect: func('a function that returns a session'),
    ready: func('a function').optional(),
    status: func('a function that says who leads').optional(),
    settled: func('a function that returns true or false').optional(),
    probe,
    clientProbe: probe,
  },
  { error: 'a definition of a system: defineSystem({ … })' },
);

/** The definition, or a usage error that names the field. `place` is `dsp.config.ts: systems.my-kv`. */
export function checkedDefinition(place: string, value: unknown): SystemDefinition {
  const issue = definitionSchema.safeParse(value, { reportInput: true }).error?.issues[0];
  if (issue !== undefined) throw explained(place, issue);
  const definition = value as SystemDefinition;
  if (definition.image === undefined && definition.command === undefined)
    throw usageError(
      `${place} must have an image, a command or both`,
      'a command runs on this host, an image in containers',
    );
  return definition;
}

function explained(place: string, issue: z.core.$ZodIssue): DspError {
  const field = [place, ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys') {
    const typed = issue.keys[0] ?? '';
    return usageError(
      `${field}.${typed} is not a field of a system`,
      nearestHint(typed, fieldsAt(issue.path)),
    );
  }
  return usageError(`${field} must be ${issue.message}`, `it is ${shown(issue.input)}`);
}

/** The names that stand where an unknown one was found. */
function fieldsAt([field]: readonly PropertyKey[]): readonly string[] {
  if (field === 'ports') return ['client', 'peers'];
  if (field === 'probe' || field === 'clientProbe') return ['ask', 'greets'];
  return Object.keys(definitionSchema.shape);
}

const shown = (input: unknown): string =>
  input === undefined ? 'missing' : (JSON.stringify(input) ?? typeof input).slice(0, 80);
