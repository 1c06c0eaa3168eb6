import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';

/** The copy of the data of a stopped cluster that holds a register, which the clusters of one run have in common. */
const sharedData = (initdb: string) => join(dirname(inject('snapshot')), `cluster${initdb.replaceAll('/', '-')}`);

const copy = (from: string, to: string) => execFileSync('cp', ['-a', from, to]);

/** Makes the data of a cluster that holds a register, and returns true, if one was stored before: to make a register takes seconds. */
export function copyClusterData(initdb: string, data: string): boolean {
  if (!existsSync(sharedData(initdb))) return false;
  copy(sharedData(initdb), data);
  return true;
}

/** Stores the data of a cluster that was stopped for the next ones. */
export function storeClusterData(initdb: string, data: string): void {
  const unfinished = `${sharedData(initdb)}.${process.pid}`;
  copy(data, unfinished);
  try {
    // Whole or not at all: the other worker may look for it, or store its own, at the same time.
    renameSync(unfinished, sharedData(initdb));
  } catch {
    rmSync(unfinished, { recursive: true });
  }
}
