import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../questions/', import.meta.url);
const files = readdirSync(folder).sort();
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const json = (file: string) => (files.includes(file) ? JSON.parse(read(file)) : undefined);

/** The questions of `test/questions`, with what stands beside each. */
export const questions = files
  .filter(file => file.endsWith('.graphql'))
  .map(file => {
    const name = file.replace(/\.graphql$/, '');
    return {
      name,
      query: read(file),
      variables: json(`${name}.variables.json`) as Record<string, unknown> | undefined,
      answer: json(`${name}.json`) as unknown,
      errors: json(`${name}.errors.json`) as unknown,
    };
  });

/** The names of all files beside them. */
export const questionFiles: readonly string[] = files;
