import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Returns the names of all files below a folder with their inodes, which differ after a file has been replaced. */
export async function inodesIn(folder: string): Promise<Record<string, number>> {
  const files: Record<string, number> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) files[entry.name] = (await stat(join(entry.parentPath, entry.name))).ino;
  }
  return files;
}
