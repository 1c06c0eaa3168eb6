import { run } from './commands/run.js';
import { shownConfig } from './config/check.js';
import { readConfig } from './config/config.js';
import { runSingle } from './workers/run-single.js';

// Without a top-level await, which a bundle of CommonJS cannot have.
void run(
  async () => {
    if (process.argv.includes('--check')) {
      console.log(shownConfig(process.env));
      return;
    }
    const config = readConfig(process.env);
    if (config.workers > 1) {
      // A reload that comes while the primary loads has nothing to replace yet; without a listener it would end the process.
      process.on('SIGHUP', () => undefined);
      return (await import('./workers/run-workers.js')).runWorkers(config);
    }
    await runSingle(config);
    // Lines that standard error does not take would keep the process alive.
    process.exit(0);
  },
  { options: ['--check'] },
);
