// Bundles the compiled server and its packages, so that a start reads one file.
import { bundleServer } from './server-bundle.mjs';

await bundleServer('dist/main.js', { dir: 'dist/bundle', cleanDir: true, chunkFileNames: '[name]-[hash].js' });
