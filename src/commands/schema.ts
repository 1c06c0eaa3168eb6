// Not bundled: types are in the order in which modules are executed, which a bundle changes.
import { writeFile } from 'node:fs/promises';
import { parse, print } from 'graphql';
import { root } from '../config/config.js';
import { schemaFiles } from '../federation/client-schema.js';
import { publicPart } from '../federation/public-part.js';
import { subgraphText } from '../federation/subgraph.js';
import { createSchema } from '../schema.js';
import { run } from './run.js';

await run(
  async () => {
    const schema = await createSchema();
    if (process.argv.includes('--public')) {
      console.log(print(publicPart(parse(subgraphText(schema)))));
      return;
    }
    for (const [path, text] of Object.entries(schemaFiles(schema))) await writeFile(new URL(path, root), text);
  },
  { options: ['--public'] },
);
