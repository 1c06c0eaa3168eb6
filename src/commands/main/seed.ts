import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StartError } from '../../config/config.js';
import { requireMigrations } from '../../database/migrate.js';
import { seed } from '../../database/seed/command.js';
import { withDatabase } from '../database.js';
import { run } from '../run.js';

/** Returns the folder of seeds in the arguments; `undefined` for the initial data. */
function seedFolder([name, ...rest]: string[]): URL | undefined {
  if (rest.length || name?.startsWith('-')) {
    throw new StartError(
      `${rest[0] ?? name} is not known: npm run seed takes at most one folder of seeds; settings are environment variables.`,
    );
  }
  return name === undefined ? undefined : pathToFileURL(`${resolve(name)}/`);
}

export const ended = run(
  async () => {
    const folder = seedFolder(process.argv.slice(2));
    await withDatabase(async database => {
      const written = await database.exclusively(async () => {
        await requireMigrations(database);
        return seed(database, folder);
      });
      console.log(written ? `Seeded ${written} records.` : 'The database holds all records of the seeds.');
    });
  },
  { takesArguments: true },
);
