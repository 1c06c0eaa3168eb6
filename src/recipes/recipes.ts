import { fileRecipes } from './file-recipes.js';
import { questionRecipes } from './question-recipes.js';
import type { RecipeSource } from './source.js';

/** The recipes, with the names that people know them by. The names of languages and tools are the same in all languages. */
export const RECIPES = {
  curl: { label: 'curl', fileName: 'stedenband.sh', comment: '#' },
  pandas: { label: 'Python (pandas)', fileName: 'stedenband.py', comment: '#' },
  python: { label: 'Python', fileName: 'stedenband.py', comment: '#' },
  r: { label: 'R', fileName: 'stedenband.R', comment: '#' },
  javascript: { label: 'JavaScript', fileName: 'stedenband.mjs', comment: '//' },
  duckdb: { label: 'DuckDB', fileName: 'stedenband.sql', comment: '--' },
  powerQuery: { label: 'Power Query', fileName: 'stedenband.pq', comment: '//' },
} as const;

export type RecipeName = keyof typeof RECIPES;

export const RECIPE_NAMES = Object.keys(RECIPES) as readonly RecipeName[];

/**
 * Returns code that fetches a file or asks a question, ready to run.
 *
 * @param notes Lines that it begins with as a comment, such as the title of the question and the licence.
 * @throws GraphQLError for a question that is no document.
 */
export function recipe(name: RecipeName, source: RecipeSource, notes: readonly string[] = []): string {
  const { comment } = RECIPES[name];
  const lines = notes.flatMap(note => note.split(/[\r\n\u2028\u2029]+/)).map(line => `${comment} ${line}\n`);
  const code = source.kind === 'file' ? fileRecipes[name](source) : questionRecipes[name](source);
  return lines.join('') + code;
}
