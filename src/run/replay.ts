/**
 * The command that makes a run again: the seed, and every setting that is not its default. Where a configuration file or
 * a variable gave a setting, it is named in any case, for there its default is another, and elsewhere it may be missing.
 */
import { flagName } from '../config/fields.ts';
import { configSchema } from '../config/schema.ts';
import type { ConfigKey } from '../config/schema.ts';
import { settingsOf } from '../config/settings.ts';
import type { Settings } from '../config/settings.ts';

/** `npx dsp test --nemesis partition … --seed 7`, as one types it into a shell. */
export function replayCommand(settings: Settings): string {
  const { nodes } = configSchema.parse({});
  const defaults = settingsOf(configSchema.parse({ nodes: settings.nodes }));
  const { config, settings: given = [] } = settings.given ?? {};
  const flags = Object.entries(textsOf).flatMap(([key, textsIn]) => {
    const texts = textsIn(settings);
    if (given.includes(key)) return texts.length === 0 ? (emptied[key] ?? []) : flagsOf(key, texts);
    return texts.join() === textsIn(defaults).join() ? [] : flagsOf(key, texts);
  });
  const file = config === undefined ? [] : flagsOf('config', [config]);
  const size =
    settings.nodes === nodes && !given.includes('nodes') ? [] : [`--nodes ${settings.nodes}`];
  return ['npx dsp test', ...file, ...size, ...flags, `--seed ${quoted(settings.seed)}`].join(' ');
}

const flagsOf = (key: string, texts: readonly string[]): readonly string[] =>
  texts.map((text) => `--${flagName(key)} ${quoted(text)}`);

/** How a list that was given is overruled by none. */
const emptied: Readonly<Record<string, readonly string[]>> = {
  nemesis: ['--nemesis none'],
  bug: ["--bug ''"],
};

/** The command that plays its schedule again, which no flags can say. */
export const replayFolderCommand = (folder: string): string => `npx dsp replay ${quoted(folder)}`;

/** The command that looks for a smaller run which fails like it. */
export const shrinkCommand = (folder: string): string => `npx dsp shrink ${quoted(folder)}`;

/** The command that judges its history again. */
export const recheckCommand = (folder: string): string => `npx dsp check ${quoted(folder)}`;

/** The command that judges the history of another again, by the same flags; a list is a flag given more than once. */
export const recheckFileCommand = (
  path: string,
  flags: Readonly<Record<string, string | boolean | readonly string[]>>,
): string =>
  [
    recheckCommand(path),
    ...Object.entries(flags).flatMap(([flag, value]) =>
      typeof value === 'boolean'
        ? [`--${value ? '' : 'no-'}${flag}`]
        : [value].flat().map((each) => `--${flag} ${quoted(each)}`),
    ),
  ].join(' ');

/** The command that goes on with a campaign. */
export const resumeCommand = (folder: string): string =>
  `npx dsp campaign --resume ${quoted(folder)}`;

/** What each flag would have to be given; none for a setting that is empty. */
const textsOf: Partial<Record<ConfigKey, (settings: Settings) => readonly string[]>> = {
  system: ({ system }) => [system],
  workload: ({ workload }) => [workload],
  nemesis: ({ nemeses }) => list(nemeses),
  runtime: ({ runtime }) => [runtime],
  concurrency: ({ concurrency }) => [String(concurrency)],
  rate: ({ rateOpsPerSec }) => [rateOpsPerSec === 0 ? 'max' : String(rateOpsPerSec)],
  timeLimit: ({ timeLimitSeconds }) => [String(timeLimitSeconds)],
  bug: ({ bugs }) => list(bugs),
  toxiproxy: ({ toxiproxy }) => [toxiproxy],
  image: ({ images }) => pairs(images),
  option: ({ options }) => pairs(options),
  faultSeconds: ({ stability }) => [stability.faultSeconds.join('-')],
  calmSeconds: ({ stability }) => [stability.calmSeconds.join('-')],
  operationTimeoutMs: ({ operationTimeoutMs }) => [String(operationTimeoutMs)],
  readyTimeoutMs: ({ readyTimeoutMs }) => [String(readyTimeoutMs)],
  recoveryBoundSeconds: ({ recoveryBoundSeconds }) => [String(recoveryBoundSeconds)],
  checkBudgetSeconds: ({ checkBudgetSeconds }) => [String(checkBudgetSeconds)],
  checkMemoryMegabytes: ({ checkMemoryMegabytes }) => [String(checkMemoryMegabytes)],
};

const pairs = (record: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(record).map(([name, value]) => `${name}=${value}`);

const list = (items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [items.join(',')];

/** Left bare when no shell would read anything into it. */
const quoted = (text: string): string =>
  /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
