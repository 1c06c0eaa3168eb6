import { findPackageJSON } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The module of PGlite, next to which its other files are. The bundle has its code, and takes this for its `import.meta.url`. */
export const pgliteUrl = new URL(
  'dist/index.js',
  pathToFileURL(findPackageJSON('@electric-sql/pglite', import.meta.url) as string),
).href;
