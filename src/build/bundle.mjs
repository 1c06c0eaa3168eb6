// Bundles the compiled server and its commands with their packages, so that a start reads few files.
import { globSync, rmSync } from 'node:fs';
import { parse } from 'node:path';
import { modified } from './modified.mjs';
import { writeBundles } from './server-bundle.mjs';

/** Time in which a build writes all its chunks. */
const MAX_WRITE_MS = 60_000;

const before = modified('dist/bundle/main.cjs');
const commands = globSync('src/commands/main/*.ts').map(file => parse(file).name);
await writeBundles('dist', commands, { register: 'dist/testing/register-main.js' });
// The chunks of the build before stay: a server that runs loads some of them later. Those of older builds go.
for (const file of globSync('dist/bundle/*')) if (modified(file) < before - MAX_WRITE_MS) rmSync(file);
// With the code caches of the chunks before, which no start needs any more.
rmSync('dist/compiled', { recursive: true, force: true });
