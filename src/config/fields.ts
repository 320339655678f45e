/**
 * How a setting is written as text, on the command line and in the environment. Text becomes the value that a
 * `dsp.config.ts` would hold; whether that value is allowed is for the schema alone to say.
 */
import { usageError } from '../core/errors.ts';
import type { ConfigKey } from './schema.ts';

type TextKind = 'text' | 'number' | 'list' | 'pairs' | 'range' | 'switch';

export interface Field {
  readonly kind: TextKind;
  /** Completes "… must be". */
  readonly expects: string;
  /** A valid value, for hints. */
  readonly example: string;
}

export const fields: Readonly<Record<ConfigKey, Field>> = {
  system: { kind: 'text', expects: 'the name of a system', example: 'replicated-log' },
  workload: { kind: 'text', expects: 'the name of a workload', example: 'register' },
  nemesis: { kind: 'list', expects: 'a list of fault families', example: 'partition,kill' },
  runtime: { kind: 'text', expects: 'the name of a runtime', example: 'process' },
  nodes: { kind: 'number', expects: 'a whole number', example: '5' },
  concurrency: {
    kind: 'number',
    expects: 'a whole number, or a multiple of the nodes such as 2n',
    example: '2n',
  },
  rate: { kind: 'number', expects: 'a number of operations a second, or max', example: '100' },
  timeLimit: { kind: 'number', expects: 'a number of seconds', example: '30' },
  seed: { kind: 'text', expects: 'a text of 1 to 100 characters', example: '42' },
  bug: { kind: 'list', expects: 'a list of planted bugs', example: 'quorum/half-is-enough' },
  toxiproxy: { kind: 'text', expects: 'auto, embedded or a path', example: 'auto' },
  image: { kind: 'pairs', expects: 'NAME=IMAGE', example: 'base=node:24-slim' },
  option: { kind: 'pairs', expects: 'KEY=VALUE', example: 'keys=5' },
  repeat: { kind: 'number', expects: 'a whole number', example: '10' },
  untilFail: { kind: 'switch', expects: 'true or false', example: 'true' },
  keep: { kind: 'switch', expects: 'true or false', example: 'true' },
  out: { kind: 'text', expects: 'a folder', example: 'results' },
  faultSeconds: { kind: 'range', expects: 'two numbers of seconds', example: '2-5' },
  calmSeconds: { kind: 'range', expects: 'two numbers of seconds', example: '1-3' },
  operationTimeoutMs: { kind: 'number', expects: 'a number of milliseconds', example: '2000' },
  readyTimeoutMs: { kind: 'number', expects: 'a number of milliseconds', example: '15000' },
  recoveryBoundSeconds: { kind: 'number', expects: 'a number of seconds', example: '20' },
  checkBudgetSeconds: { kind: 'number', expects: 'a number of seconds', example: '60' },
  checkMemoryMegabytes: { kind: 'number', expects: 'a number of megabytes', example: '2048' },
};

/** `timeLimit` → `time-limit`. */
export const flagName = (key: string): string =>
  key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `timeLimit` → `DSP_TIME_LIMIT`. */
export const variableName = (key: string): string =>
  `DSP_${flagName(key).replaceAll('-', '_').toUpperCase()}`;

/** The value that the text stands for; text that stands for none is left to the schema, which names it. */
export function fromText(key: ConfigKey, texts: readonly string[], source: string): unknown {
  const text = texts[0] ?? '';
  switch (fields[key].kind) {
    case 'text':
      return text;
    case 'number':
      return numberFrom(text);
    case 'list':
      return items(texts);
    case 'pairs':
      return pairs(key, texts, source);
    case 'range':
      return range(text);
    case 'switch':
      return switches.get(text.toLowerCase()) ?? text;
  }
}

const switches = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

const items = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => text.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');

const numberFrom = (text: string): number | string =>
  /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : text;

/** `2-5`, or `3` for exactly three. */
function range(text: string): unknown {
  const bounds = text.split(/[-,]/).map(numberFrom);
  return bounds.length === 1 ? [bounds[0], bounds[0]] : bounds;
}

/** A comma may stand in a value, so each pair is a text of its own; a name alone is a switch that is on. */
function pairs(key: ConfigKey, texts: readonly string[], source: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const text of texts) {
    const equals = text.indexOf('=');
    const [name, value] =
      equals < 0 ? [text, 'true'] : [text.slice(0, equals), text.slice(equals + 1)];
    if (name === '' || (equals < 0 && key === 'image'))
      throw usageError(`${source} is ${JSON.stringify(text)}, which is not ${fields[key].expects}`);
    found[name] = value;
  }
  return found;
}
