import { readConfig, StartError } from '../config/config.js';
import { type Database, openDatabase } from '../database/open.js';
import { holdsDatabase } from '../database/snapshot.js';

const NOTHING_IN_MEMORY = 'DATA_DIR is memory, which ends with a command. Set DATA_DIR to a folder, or DATABASE_URL.';

/**
 * Opens the database of the settings for a command, and closes it afterwards. Connects directly if DATABASE_URL leads to a
 * connection pooler, whose time-outs are those of the server.
 *
 * @param work Called once, with the open database. A throw closes the database and is rethrown.
 * @param options With `creates`, a folder without a database gets one.
 * @throws StartError also for a database in memory.
 */
export async function withDatabase(
  work: (database: Database) => Promise<void>,
  { creates = false } = {},
): Promise<void> {
  const { storage } = readConfig(process.env);
  if (storage.kind === 'embedded') {
    const { directory } = storage;
    if (directory === undefined) throw new StartError(NOTHING_IN_MEMORY);
    if (!creates && !holdsDatabase(directory))
      throw new StartError(
        `There is no register in ${directory}: set DATA_DIR to the folder of one, or make one with npm start.`,
      );
  }
  const direct =
    storage.kind === 'postgresql'
      ? { ...storage, url: storage.directUrl ?? storage.url, pooler: undefined, replicas: undefined }
      : storage;
  const database = await openDatabase(direct);
  try {
    await work(database);
  } finally {
    await database.close();
  }
}
