import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';

const { ask } = testApi();

const README = readFileSync(new URL('../../src/change/README.md', import.meta.url), 'utf8');
const SECTION = /### What `fields` have\n(.*?)\n###/s.exec(README)?.[1] ?? '';
/** The rows of the table: the facts that a row names, and their form. */
const ROWS = [...SECTION.matchAll(/^\| (.*`.+`) \| (.+) \|$/gm)].map(([, names = '', form = '']) => ({
  names: [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name as string),
  form,
}));

const quoted = (form: string) => [...form.matchAll(/"(\w+)"/g)].map(([, name]) => name as string);
const LANGUAGES = ['nl', 'en', 'zh', 'pinyin'];
const isText = (value: Json) => typeof value === 'string';
const hasOnly = (value: Json, names: readonly string[]) =>
  !isText(value) && Object.keys(value).every(name => names.includes(name));

/** Returns true if a value has the form that the table states. */
function hasForm(value: Json, form: string, ids: ReadonlySet<string>): boolean {
  const isListOf = (isItem: (item: Json) => boolean) => Array.isArray(value) && value.every(isItem);
  if (form === 'the id of the record') return ids.has(value);
  if (form === 'ids, in their order') return isListOf(id => ids.has(id));
  if (form.startsWith('an array in its order')) return isListOf(isText);
  if (form.startsWith('`[{')) return isListOf(item => hasOnly(item, quoted(form)));
  if (form.startsWith('`{')) return hasOnly(value, quoted(form));
  expect(form).toMatch(/^an object of the known languages/);
  if (!form.includes('`aliases`')) return hasOnly(value, LANGUAGES);
  return hasOnly(value, [...LANGUAGES, 'aliases']) && value.aliases.every(isText);
}

test('the values of changes have the forms that the table of `fields` states', async () => {
  const changes: Json[] = [];
  for (let after = null, more = true; more; ) {
    const { data } = await ask(
      `query ($after: ChangeCursor) { changes(first: 100, after: $after) {
        nodes { subjectId fields { field before after } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    changes.push(...data.changes.nodes);
    more = data.changes.pageInfo.hasNextPage;
    after = data.changes.pageInfo.endCursor;
  }
  const ids = new Set<string>(changes.map(({ subjectId }) => subjectId));
  const seen = new Set<string>();
  const others: string[] = [];
  for (const { subjectId, fields } of changes) {
    for (const { field, before, after } of fields) {
      for (const value of [before, after]) {
        if (value === null) continue;
        const row = ROWS.find(({ names }) => names.includes(field));
        if (row) seen.add(field);
        if (row ? !hasForm(value, row.form, ids) : typeof value === 'object') {
          others.push(`${subjectId}: ${field} is ${JSON.stringify(value)}`);
        }
      }
    }
  }
  expect(others).toEqual([]);
  expect(ROWS.flatMap(({ names }) => names).filter(name => !seen.has(name))).toEqual([]);
});
