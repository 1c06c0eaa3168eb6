import { readConfig } from '../config.js';
import { requireMigrations } from '../database/migrate.js';
import { openDatabase } from '../database/open.js';
import { seed } from '../database/seed/command.js';
import { run } from './run.js';

await run(async () => {
  const database = await openDatabase(readConfig(process.env).storage);
  try {
    await requireMigrations(database);
    const written = await seed(database);
    console.log(written ? `Seeded ${written} records.` : 'The database holds all records of the seeds.');
  } finally {
    await database.close();
  }
});
