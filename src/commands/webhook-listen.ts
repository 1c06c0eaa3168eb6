import { startBundle } from '../start-bundle.js';

await startBundle('webhook-listen');
