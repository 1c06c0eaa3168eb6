// Bundles compiled modules of the server with their packages.
import { rolldown } from 'rolldown';

/**
 * Reads the exports of `node:http` when they are used. An import reads all of them, and `WebSocket` among them loads undici,
 * which no start needs.
 */
const httpOnDemand = {
  name: 'http-on-demand',
  resolveId: source => (source === 'node:http' ? '\0http' : undefined),
  load: id => (id === '\0http' ? `module.exports = process.getBuiltinModule('node:http');` : undefined),
};

/** Writes a bundle to a folder, and returns its chunks. Dynamic imports become chunks of their own. */
export async function bundleServer(input, output) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    plugins: [httpOnDemand],
    // PGlite reads files next to its own, and pg-native is not installed.
    external: [/^@electric-sql\/pglite$/, /^pg-native$/],
  });
  const written = await bundle.write({
    format: 'esm',
    // Entities and GraphQL types are named after their classes.
    keepNames: true,
    // A release has the licences in a file of its own.
    comments: false,
    ...output,
  });
  await bundle.close();
  return written.output;
}
