/**
 * Writes reports: the page's template with the report value inlined.
 *
 * The template is built once (`build-page.ts`) and carries a policy that forbids every network request and every script
 * but its own; the data is a block of JSON in which no `<` stands, so that no text of a node can end it.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { harnessError } from '../core/errors.ts';
import { runFiles } from '../store/run-folder.ts';
import { makeFileReport } from './file-report.ts';
import type { JudgedFile } from './file-report.ts';
import { makeReport } from './make-report.ts';
import type { Report } from './model.ts';
import { readRun } from './read-run.ts';

/** What the template has where the data belongs. */
export const dataMarker = '<!-- report data -->';

/** Renders the report of the run in `folder` and returns its path. `template` is for tests. */
export async function renderReport(folder: string, template = templatePath()): Promise<string> {
  const path = join(folder, runFiles.report);
  await write(path, makeReport(await readRun(folder)), template);
  return path;
}

/** Renders the report of a history file to `path`. */
export const renderFileReport = (
  file: JudgedFile,
  path: string,
  template = templatePath(),
): Promise<void> => write(path, makeFileReport(file), template);

async function write(path: string, report: Report, template: string): Promise<void> {
  const html = withData(await readTemplate(template), report);
  // Complete or not there: a browser that reloads never sees half a report.
  await writeFile(`${path}.tmp`, html);
  await rename(`${path}.tmp`, path);
}

/** The template with the report in it. */
export function withData(template: string, report: Report): string {
  const [before, after, ...more] = template.split(dataMarker);
  if (before === undefined || after === undefined || more.length > 0)
    throw harnessError('the report’s template has no place for its data', 'npm run build');
  const data = `<script type="application/json" id="report-data">${jsonForHtml(report)}</script>`;
  return before + data + after;
}

/** JSON that no HTML parser can see the end of: `<` occurs in it only as an escape. */
export const jsonForHtml = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028');

/** From a checkout (src/report), from a build that keeps src (dist/src/report), and from one that does not (dist/report). */
const templatePlaces = ['../../dist/report/page.html', '../../report/page.html', './page.html'];

function templatePath(): string {
  const places = templatePlaces.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((place) => existsSync(place)) ?? places[0]!;
}

async function readTemplate(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw harnessError(`the report’s template ${path} is not there`, 'npm run build', cause);
  }
}
