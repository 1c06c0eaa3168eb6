import { readConfig } from '../config/config.js';
import { type Database, openDatabase } from '../database/open.js';

/**
 * Opens the database of the settings for a command, and closes it afterwards. Connects directly if DATABASE_URL leads to a
 * connection pooler, whose time-outs are those of the server.
 *
 * @param work Called once, with the open database. A throw closes the database and is rethrown.
 */
export async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const { storage } = readConfig(process.env);
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
