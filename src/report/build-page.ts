/**
 * Builds the report's template: the page, its styles and its charts as one HTML file that needs no network.
 *
 * The content security policy is computed last, from the text that ended up in the file: only the one script and the
 * one style sheet with these hashes run, nothing is ever fetched, and the page cannot turn text into markup
 * (`require-trusted-types-for`). Run it by itself with `npx node src/report/build-page.ts`.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

const defaultPath = fileURLToPath(new URL('../../dist/report/page.html', import.meta.url));

/** Writes the template and returns its path. */
export async function buildPage(path = defaultPath): Promise<string> {
  const result = await build({
    root: fileURLToPath(new URL('page/', import.meta.url)),
    configFile: false,
    logLevel: 'warn',
    plugins: [viteSingleFile()],
    build: { write: false, target: 'es2023', modulePreload: false },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const page = outputs.find((output) => output.fileName === 'index.html');
  if (outputs.length !== 1 || page?.type !== 'asset')
    throw new Error(`the page is not one file: ${outputs.map((each) => each.fileName).join(', ')}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, withPolicy(await withNotice(String(page.source))));
  return path;
}

const noticeMarker = '<!-- notices of what is built in -->';

/** The charts' library is built in, and its licence asks for its notice to go with every copy. */
async function withNotice(html: string): Promise<string> {
  const licence = new URL('../../node_modules/uplot/LICENSE', import.meta.url);
  const text = await readFile(licence, 'utf8');
  if (!html.includes(noticeMarker)) throw new Error('the page has no place for its notices');
  return html.replace(noticeMarker, () => `<!-- This page contains uPlot.\n\n${text.trim()}\n-->`);
}

const policyMarker = '<!-- content security policy -->';

function withPolicy(html: string): string {
  const policy = [
    `default-src 'none'`,
    `script-src ${hashesOf(html, /<script type="module"[^>]*>(.*?)<\/script>/gs)}`,
    `style-src ${hashesOf(html, /<style[^>]*>(.*?)<\/style>/gs)}`,
    `img-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
  if (!html.includes(policyMarker)) throw new Error('the page has no place for its policy');
  return html.replace(
    policyMarker,
    () => `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
}

function hashesOf(html: string, element: RegExp): string {
  const texts = [...html.matchAll(element)].map((match) => match[1]!);
  if (texts.length !== 1) throw new Error(`the page has ${texts.length} of ${element}, not one`);
  return `'sha256-${createHash('sha256').update(texts[0]!).digest('base64')}'`;
}

if (import.meta.main) console.log(await buildPage());
