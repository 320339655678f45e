/** Loads oclif's configuration: package.json's, aimed at the sources when dsp runs from a checkout. */
import { readFileSync } from 'node:fs';
import { Config, settings, type Interfaces } from '@oclif/core';
import { packageFolder, runsFromSources } from './package-folder.ts';

/** The commands, the plugins and the help class, ready to run. */
export async function loadOclif(): Promise<Config> {
  // oclif would look for ts-node under NODE_ENV=test; Node itself runs our sources.
  settings.enableAutoTranspile = false;
  const text = readFileSync(new URL('package.json', packageFolder), 'utf8');
  const pjson = JSON.parse(text, runsFromSources ? towardsSources : undefined) as Interfaces.PJSON;
  return Config.load({ root: packageFolder.pathname, pjson, isRoot: true });
}

/** `./dist/src/cli/help.js` → `./src/cli/help.ts`. */
function towardsSources(key: string, value: unknown): unknown {
  return key === 'target' && typeof value === 'string'
    ? value.replace('./dist/', './').replace(/\.js$/, '.ts')
    : value;
}
