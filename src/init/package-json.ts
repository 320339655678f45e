/** What a package.json says about the server of its package: its name, and how it is started. */
import { found, portOf, type Findings } from './findings.ts';

/** Whether a `.ts` beside it is an ES module; where it says nothing, `.mts` is safe. */
export const isModulePackage = (text: string): boolean => fieldsOf(text)['type'] === 'module';

/** Nothing for a text that is no JSON object. */
export function packageFindings(text: string): Findings {
  const { name, scripts, main } = fieldsOf(text);
  const script = textOf((scripts as Readonly<Record<string, unknown>> | undefined)?.['start']);
  const file = textOf(main);
  const command = script === undefined ? file && ['node', file] : commandOf(script);
  const port = script === undefined ? undefined : portIn(script);
  return {
    ...found('name', textOf(name), 'package.json'),
    ...found('command', command || undefined, `package.json (${script ? 'start' : 'main'})`),
    ...found('ports', port === undefined ? [] : [port], 'package.json (start)'),
  };
}

/** A script that only a shell understands is left to npm. */
const commandOf = (script: string): readonly string[] =>
  /^[\w./@:=,+-]+( +[\w./@:=,+-]+)*$/.test(script) && !/^\w+=/.test(script)
    ? script.split(/ +/)
    : ['npm', 'run', '--silent', 'start'];

/** `--port 8080`, `-p 8080`, `PORT=8080`. */
const portIn = (script: string): number | undefined =>
  portOf(/(?:--port[ =]|-p |\bPORT=)(\d+)\b/.exec(script)?.[1] ?? '');

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
