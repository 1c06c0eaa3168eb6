import { readFile } from 'node:fs/promises';

/** Returns the schema as front ends and their tools get it. */
export const clientSchema = (): Promise<string> =>
  readFile(new URL('../../src/client/schema.graphql', import.meta.url), 'utf8');
