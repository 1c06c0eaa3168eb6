import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig, StartError } from '../config/config.js';
import { requireMigrations } from '../database/migrate.js';
import { openDatabase } from '../database/open.js';
import { seed } from '../database/seed/command.js';
import { run } from './run.js';

/** The folder of seeds that is named, if one is. */
function folder([name, ...more]: string[]): URL | undefined {
  if (more.length || name?.startsWith('-')) {
    throw new StartError(
      `${more[0] ?? name} is not known: npm run seed takes one folder of seeds at most, its settings stand in the environment.`,
    );
  }
  return name === undefined ? undefined : pathToFileURL(`${resolve(name)}/`);
}

await run(
  async () => {
    const from = folder(process.argv.slice(2));
    const database = await openDatabase(readConfig(process.env).storage);
    try {
      await requireMigrations(database);
      const written = await seed(database, from);
      console.log(written ? `Seeded ${written} records.` : 'The database holds all records of the seeds.');
    } finally {
      await database.close();
    }
  },
  { takesArguments: true },
);
