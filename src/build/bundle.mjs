// Bundles the compiled server and its packages, so that a start reads few files.
import { bundleServer } from './server-bundle.mjs';

await bundleServer('dist/main.js', {
  dir: 'dist/bundle',
  cleanDir: true,
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
});
