import { writeFile } from 'node:fs/promises';
import { root } from '../config/config.js';
import { schemaText } from '../schema.js';
import { run } from './run.js';

await run(async () => writeFile(new URL('schema.graphql', root), await schemaText()));
