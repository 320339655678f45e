/** The argument RUN and the flag `--out` of every command that looks at a run. */
import { Args, Flags } from '@oclif/core';

export const runArgument = Args.string({
  description: "a run's folder, latest, or a part of its name or its seed [latest]",
  ignoreStdin: true,
});

/** Where the run is looked for. */
export const outFlag = Flags.string({
  helpValue: 'results',
  summary: 'where run folders are [results]',
});

/** What both are when nobody gives them. */
export const runDefault = 'latest';
export const outDefault = 'results';

/** Where the plan's system may be defined, should the run have been made elsewhere. */
export const configFlag = Flags.string({
  helpValue: 'dsp.config.ts',
  summary: "the configuration file with the run's system [the one that it was made with]",
});
