import { expect } from 'vitest';
import type { Storage } from '../../src/config/config.js';
import { openDatabase } from '../../src/database/open.js';
import { verify } from '../../src/database/verify/verify.js';

/** Expects tables, versions and log of a register to agree. */
export async function expectVerified(storage: Storage): Promise<void> {
  const database = await openDatabase(storage);
  try {
    const { differences, changes } = await verify(database);
    expect(differences).toEqual([]);
    expect(changes).toBeGreaterThan(0);
  } finally {
    await database.close();
  }
}
