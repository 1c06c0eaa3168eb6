import { startBundle } from '../../start-bundle.js';

await startBundle('database-thread');
