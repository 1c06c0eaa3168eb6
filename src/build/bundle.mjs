// Bundles the compiled server and its commands with their packages, so that a start reads few files.
import { globSync, rmSync } from 'node:fs';
import { parse } from 'node:path';
import { writeBundles } from './server-bundle.mjs';

// With the code caches of the chunks before, which no start needs any more.
for (const folder of ['dist/bundle', 'dist/compiled']) rmSync(folder, { recursive: true, force: true });
const commands = globSync('src/commands/main/*.ts').map(file => parse(file).name);
await writeBundles('dist', commands, { register: 'dist/testing/register-main.js' });
