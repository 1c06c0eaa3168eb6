import { readConfig } from '../config/config.js';
import { migrate } from '../database/migrate.js';
import { openDatabase } from '../database/open.js';
import { run } from './run.js';

await run(async () => {
  const database = await openDatabase(readConfig(process.env).storage);
  try {
    const applied = await migrate(database);
    console.log(applied.length ? `Migrated: ${applied.join(', ')}.` : 'The database has all migrations.');
  } finally {
    await database.close();
  }
});
