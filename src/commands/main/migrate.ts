import { migrate } from '../../database/migrate.js';
import { losePositions } from '../../webhook/restored.js';
import { withDatabase } from '../database.js';
import { run } from '../run.js';

/** The option after a restore. */
const RESTORED = '--restored';

export const ended = run(
  () => {
    const isRestored = process.argv.includes(RESTORED);
    return withDatabase(
      async database => {
        const applied = await database.exclusively(() => migrate(database));
        console.log(applied.length ? `Migrated: ${applied.join(', ')}.` : 'The database has all migrations.');
        if (!isRestored) return;
        const count = await losePositions(database.em.fork());
        console.log(`Webhooks whose receivers will be notified of the restore: ${count}.`);
      },
      { creates: !isRestored },
    );
  },
  { options: [RESTORED] },
);
