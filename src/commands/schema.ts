import { writeFile } from 'node:fs/promises';
import { root } from '../config/config.js';
import { schemaFiles } from '../federation/client-schema.js';
import { createSchema } from '../schema.js';
import { run } from './run.js';

await run(async () => {
  for (const [path, text] of Object.entries(schemaFiles(await createSchema())))
    await writeFile(new URL(path, root), text);
});
