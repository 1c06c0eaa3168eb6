import { readConfig } from '../config/config.js';
import { migrate } from '../database/migrate.js';
import { openDatabase } from '../database/open.js';
import { run } from './run.js';

await run(async () => {
  const database = await openDatabase(readConfig(process.env).storage);
  try {
    const ran = await migrate(database);
    console.log(ran.length ? `Migrated: ${ran.join(', ')}.` : 'The database has all migrations.');
  } finally {
    await database.close();
  }
});
