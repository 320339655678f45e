/**
 * oclif's parse errors in our words: one sentence that names the flag, and the nearest valid value.
 *
 * oclif tells its errors apart by class and keeps the classes to itself, so they are told apart by what they carry.
 */
import { Errors, type Command } from '@oclif/core';
import { usageError, type DspError } from '../core/errors.ts';
import { nearest, nearestHint } from '../core/nearest.ts';

type ParseError = Error & {
  readonly flags?: readonly string[];
  readonly args?: readonly (string | { readonly name: string })[];
  readonly parse?: { readonly input?: { readonly flags?: Record<string, Command.Flag.Any> } };
};

/** Undefined for anything but an error of oclif's parser. */
export function parseFailure(thrown: unknown): DspError | undefined {
  if (!(thrown instanceof Errors.CLIError) || thrown instanceof Errors.ExitError) return undefined;
  const error: ParseError = thrown;
  if (error.flags !== undefined) return unknownFlag(error.flags[0] ?? '', error, thrown);
  if (error.args !== undefined) return wrongArguments(error.args, thrown);
  return wrongValue(thrown);
}

function unknownFlag(typed: string, error: ParseError, cause: Error): DspError {
  const [name = ''] = typed.split('=');
  const known = Object.values(error.parse?.input?.flags ?? {}).map((flag) => `--${flag.name}`);
  const meant = nearest(name, known);
  return usageError(
    `there is no flag ${name}`,
    meant === undefined ? `valid: ${known.join(', ')}` : `did you mean ${meant}?`,
    cause,
  );
}

function wrongArguments(args: NonNullable<ParseError['args']>, cause: Error): DspError {
  const [first = ''] = args;
  return typeof first === 'string'
    ? usageError(`${first} is one argument too many`, 'see --help', cause)
    : usageError(`the argument ${first.name.toUpperCase()} is missing`, 'see --help', cause);
}

/** oclif's own sentences about a value, without what it appends to them. */
function wrongValue(error: Error): DspError {
  const sentence = (error.message.split('\nSee more help')[0] ?? '').trim();
  const needs = /^Flag (--[\w-]+) expects (?:a value|one of these values: (.*))$/s.exec(sentence);
  if (needs !== null)
    return usageError(`${needs[1]} needs a value`, needs[2] && `valid: ${needs[2]}`, error);
  const choice = /^Expected (?:(--[\w-]+)=)?(.*) to be one of: (.*)$/s.exec(sentence);
  if (choice !== null) {
    const [, flag, typed = '', valid = ''] = choice;
    const what = flag === undefined ? typed : `${flag}: ${typed}`;
    return usageError(`${what} is not known`, nearestHint(typed, valid.split(', ')), error);
  }
  const twice = /^Flag (--[\w-]+) can only be specified once$/.exec(sentence);
  if (twice !== null) return usageError(`${twice[1]} is given twice`, 'give it once', error);
  const apart = /(--[\w-]+)=\S+ cannot also be provided when using (--[\w-]+)/.exec(sentence);
  if (apart !== null)
    return usageError(`${apart[1]} and ${apart[2]} exclude each other`, 'give one of them', error);
  return usageError(sentence.replaceAll(/\s+/g, ' '), undefined, error);
}
