// Bundles the compiled server and its packages into one file. Dynamic imports become chunks of their own.
import { rolldown } from 'rolldown';

const bundle = await rolldown({
  input: 'dist/main.js',
  platform: 'node',
  // PGlite reads files next to its own, pg-native is not installed, and the OpenTelemetry SDK is loaded on demand.
  external: [/^@electric-sql\/pglite$/, /^pg-native$/, /^@opentelemetry\//],
});
await bundle.write({
  dir: 'dist/bundle',
  cleanDir: true,
  format: 'esm',
  // Entities and GraphQL types are named after their classes.
  keepNames: true,
  chunkFileNames: '[name]-[hash].js',
});
await bundle.close();
