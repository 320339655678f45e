/** How often a node has started on its disk: one byte a start, so that counting is one append and one sync. */
import type { Files } from './files.ts';

const name = 'incarnation';

/** This start's number, from 1; durable before it is told, so no two starts share one. */
export async function nextIncarnation(files: Files): Promise<number> {
  const before = (await files.read(name))?.length ?? 0;
  await files.append(name, Uint8Array.of(1));
  await files.syncFile(name);
  if (before === 0) await files.syncFolder();
  return before + 1;
}
