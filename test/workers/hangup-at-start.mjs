// Loaded before the server: sends the primary a reload while it loads its modules.
import { registerHooks } from 'node:module';

registerHooks({
  load(url, context, nextLoad) {
    if (url.endsWith('/workers/primary.js') && !process.env.NODE_UNIQUE_ID) process.kill(process.pid, 'SIGHUP');
    return nextLoad(url, context);
  },
});
