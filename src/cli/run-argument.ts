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
