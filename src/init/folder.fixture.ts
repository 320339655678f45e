/** Folders with the files of a server, for the tests of what is found in them. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh folder called `name` with these files; the caller removes the folder that holds it. */
export function folderWith(
  files: Readonly<Record<string, string>>,
  name = 'server',
): { readonly folder: string; readonly holder: string } {
  const holder = mkdtempSync(join(tmpdir(), 'dsp-init-'));
  const folder = join(holder, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return { folder, holder };
}
