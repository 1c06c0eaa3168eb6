// Bundles compiled modules of the server with their packages.
import { rolldown } from 'rolldown';

/** Writes a bundle to a folder, and returns its chunks. Dynamic imports become chunks of their own. */
export async function bundleServer(input, output) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    // PGlite reads files next to its own, and pg-native is not installed.
    external: [/^@electric-sql\/pglite$/, /^pg-native$/],
  });
  // Entities and GraphQL types are named after their classes.
  const written = await bundle.write({ format: 'esm', keepNames: true, ...output });
  await bundle.close();
  return written.output;
}
