import { run } from './commands/run.js';
import { shownConfig } from './config/check.js';
import { readConfig } from './config/config.js';
import { EmbeddedBackend } from './database/embedded/backend.js';
import { snapshot } from './database/snapshot.js';

await run(
  async () => {
    if (process.argv.includes('--check')) {
      console.log(shownConfig(process.env));
      return;
    }
    const config = readConfig(process.env);
    if (config.workers > 1) return (await import('./workers/run-workers.js')).runWorkers(config);
    const { storage } = config;
    // The server is loaded while the database is opened in its thread.
    const backend = storage.kind === 'embedded' ? await EmbeddedBackend.begin(storage.directory, snapshot) : undefined;
    await (await import('./workers/run-single.js')).runSingle(config, backend);
    // Lines that standard error does not take would keep the process alive.
    process.exit(0);
  },
  { options: ['--check'] },
);
