/**
 * Durable files, flat in the node's own folder, with explicit sync.
 *
 * What is not synced may be lost in a power failure: a file's bytes until `syncFile`, the coming and going of its name
 * until `syncFolder`. Operations on one file take effect in the order of the calls. A rejected call means a failing
 * disk: nobody knows what is on it, and the node must end rather than go on.
 */
export interface Files {
  /** The whole file; undefined when there is none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Adds bytes at the file's end; makes the file if there is none. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  /** Cuts the file to its first `length` bytes. */
  truncate(name: string, length: number): Promise<void>;
  /** Gives the file a new name, in place of any other file of that name, at once. */
  rename(from: string, to: string): Promise<void>;
  /** Removes the file, if there is one. */
  remove(name: string): Promise<void>;
  /** All names, sorted. */
  list(): Promise<readonly string[]>;
  /** When it resolves, the file's bytes survive a power failure. */
  syncFile(name: string): Promise<void>;
  /** When it resolves, the names in the folder survive a power failure. */
  syncFolder(): Promise<void>;
}

/** Replaces a whole small file so that after any crash it is either the old one or the new one. */
export async function replaceFile(files: Files, name: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${name}.new`;
  await files.remove(fresh);
  await files.append(fresh, bytes);
  await files.syncFile(fresh);
  await files.rename(fresh, name);
  await files.syncFolder();
}
