/**
 * Files of a real node: one folder, one operation at a time, handles kept open between operations.
 *
 * `syncFile` is fdatasync, which writes a file's bytes and the length that is needed to read them back; `syncFolder` is
 * fsync of the folder.
 */
import { open, readdir, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from '../files.ts';

/** Files in the given folder, which exists. */
export function hostFiles(folder: string): Files {
  const handles = new Map<string, FileHandle>();
  const inTurn = oneAtATime();

  const handleOf = async (name: string): Promise<FileHandle> => {
    const handle = handles.get(name) ?? (await open(join(folder, name), 'a'));
    handles.set(name, handle);
    return handle;
  };
  const forget = async (name: string): Promise<void> => {
    await handles.get(name)?.close();
    handles.delete(name);
  };

  return {
    read: (name) => inTurn(() => readIfThere(join(folder, name))),
    append: (name, bytes) => inTurn(async () => (await handleOf(name)).appendFile(bytes)),
    truncate: (name, length) => inTurn(async () => (await handleOf(name)).truncate(length)),
    rename: (from, to) =>
      inTurn(async () => {
        await forget(from);
        await forget(to);
        await rename(join(folder, from), join(folder, to));
      }),
    remove: (name) =>
      inTurn(async () => {
        await forget(name);
        await rm(join(folder, name), { force: true });
      }),
    list: () => inTurn(async () => (await readdir(folder)).toSorted()),
    syncFile: (name) => inTurn(async () => (await handleOf(name)).datasync()),
    syncFolder: () => inTurn(() => syncFolder(folder)),
  };
}

/** Lets each operation wait for the one before it, whether that succeeded or not. */
function oneAtATime(): <T>(operation: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (operation) => {
    const result = last.then(operation, operation);
    last = result;
    return result;
  };
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}
