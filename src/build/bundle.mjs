// Makes one file of the compiled server and the packages it needs. What it imports only when needed stays apart.
import { rolldown } from 'rolldown';

const bundle = await rolldown({
  input: 'dist/main.js',
  platform: 'node',
  // These read files that lie beside their own, or are not there at all.
  external: [/^@electric-sql\/pglite$/, /^pg-native$/, /^@opentelemetry\//],
});
await bundle.write({
  dir: 'dist/bundle',
  cleanDir: true,
  format: 'esm',
  // Entities and types go by the names of their classes.
  keepNames: true,
  chunkFileNames: '[name]-[hash].js',
});
await bundle.close();
