/** Finds the run that somebody means: a folder, `latest`, or a part of a run's name or its seed. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { usageError } from '../core/errors.ts';
import { runFiles } from '../store/run-folder.ts';

/** The folder of the run; the newest of several that fit. */
export function findRun(wanted: string, outFolder: string): string {
  if (existsSync(join(wanted, runFiles.plan))) return wanted;
  const runs = allRuns(outFolder);
  if (wanted === 'latest') return latestOf(outFolder, runs);
  const fitting = runs.filter((run) => basename(run).endsWith(`-${wanted}`));
  const found = fitting.at(-1) ?? runs.findLast((run) => run.includes(wanted, outFolder.length));
  if (found !== undefined) return found;
  throw usageError(
    `there is no run ${wanted}: neither a run's folder, nor part of the name of one in ${outFolder}`,
    runs.length === 0 ? `${outFolder} has no runs yet` : `the newest is ${runs.at(-1)}`,
  );
}

function latestOf(outFolder: string, runs: readonly string[]): string {
  const link = join(outFolder, 'latest');
  if (existsSync(join(link, runFiles.plan))) return realpathSync(link);
  const newest = runs.at(-1);
  if (newest !== undefined) return newest;
  throw usageError(
    `there is no run in ${outFolder} yet`,
    'dsp test makes one, --out names another',
  );
}

/** Every run's folder, the oldest first: a run's name begins with its time. */
function allRuns(outFolder: string): string[] {
  if (!existsSync(outFolder)) return [];
  return foldersIn(outFolder)
    .flatMap((kind) => foldersIn(join(outFolder, kind)).map((run) => join(outFolder, kind, run)))
    .filter((run) => existsSync(join(run, runFiles.plan)))
    .toSorted((a, b) => (basename(a) < basename(b) ? -1 : 1));
}

/** Links are left out, so that `latest` is not a kind. */
const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
