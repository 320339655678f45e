/** The example of docs/checkers.md is the program beside it, and prints what the page says. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('fixtures/programs/own-model.ts', import.meta.url));
const page = readFileSync(new URL('../docs/checkers.md', import.meta.url), 'utf8');
const blockAfter = (begin: string): string =>
  page.slice(page.indexOf(begin) + begin.length).split('\n```')[0]!;

test('the model of one’s own that the page shows is judged as the page says', async () => {
  const [, ...lines] = readFileSync(program, 'utf8').trimEnd().split('\n');
  const shown = lines.join('\n').replaceAll("'../../../src/index.ts'", "'dsp-harness'");
  expect(blockAfter('```ts\n// own-model.ts\n')).toBe(shown);
  const { stdout } = await execa(process.execPath, [program]);
  expect(blockAfter('prints\n\n```\n')).toBe(stdout);
});
