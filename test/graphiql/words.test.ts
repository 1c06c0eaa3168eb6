import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { codeLists } from '../../src/graph/types/code-list.js';
import { fieldHeading } from '../../src/graph/types/field-list.js';
import { chartTexts } from '../../src/graphiql/panels/chart-texts.js';
import { type CellWords, cellParts, partsText } from '../../src/graphiql/result/cells.js';
import { columnLabels, fieldWord, listLabels } from '../../src/graphiql/result/column-labels.js';
import { humanize } from '../../src/graphiql/result/format.js';
import { withHiddenFields, withoutHiddenFields } from '../../src/graphiql/result/hidden-fields.js';
import { recordResults } from '../../src/graphiql/result/record-results.js';
import { ResultStore } from '../../src/graphiql/result/result-store.js';
import { type Table, tablesOf } from '../../src/graphiql/result/table-data.js';
import { readResult } from '../../src/graphiql/result/typed-result.js';
import { FIELD_LABELS } from '../../src/messages/field-labels.js';
import { PartnershipStatus } from '../../src/partnership/partnership.enums.js';
import { aliasLabel } from '../../src/questions/alias-labels.js';
import { questions } from '../support/questions.js';

const SCHEMA = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
const schema = buildSchema(SCHEMA, { assumeValidSDL: true });

/** Label of the code list `Field`, as the register gives it. */
const labelOf = (field: string) => {
  const [label] = FIELD_LABELS[field] ?? [];
  return label && label.charAt(0).toUpperCase() + label.slice(1);
};
/** Label of an alias that is of no question of the register. */
const withoutLabel = () => undefined;
const words: CellWords = {
  language: 'nl',
  link: 'Webpagina',
  enumLabel: (type, value) => (type === 'PartnershipStatus' ? `label of ${value}` : undefined),
  fieldLabel: field => labelOf(field) ?? field,
  aliasLabel: withoutLabel,
};

const tableOf = (query: string, data: unknown): Table => {
  const root = readResult(schema, { query }, data);
  const [table] = root ? tablesOf(root) : [];
  if (!table) throw new Error('The result has no table.');
  return table;
};
function headsOf({ columns }: Table): (string | undefined)[] {
  const labels = columnLabels(columns, 'nl', labelOf, withoutLabel);
  return columns.map(({ name }) => labels.get(name));
}

test('a heading has the words of its field, and as many before it as tell it from the others', () => {
  const table = tableOf(
    `{ partnerships { nodes { id dutch { name level } chinese { name hanzi: name(language: ZH) level } status(on: "2021-01-01")
      citations { source { publisher } } statusPeriods { status } names: dutch { names { nl zh } } } } }`,
    {
      partnerships: {
        nodes: [
          {
            id: 'tie-a-b',
            dutch: { name: 'A', level: 'MUNICIPALITY' },
            chinese: { name: 'B', hanzi: '乙', level: 'CITY' },
            status: 'ACTIVE',
            citations: [{ source: { publisher: 'C' } }],
            statusPeriods: [{ status: 'ENDED' }],
            names: { names: { nl: 'A', zh: '甲' } },
          },
        ],
      },
    },
  );
  expect(headsOf(table)).toEqual([
    'Id',
    'Nederlandse kant',
    'Nederlandse kant · Bestuurslaag',
    'Chinese kant',
    'Chinese kant (Chinees)',
    'Chinese kant · Bestuurslaag',
    'Status (1 januari 2021)',
    'Uitgever',
    'Status',
    'Nederlandse kant (Nederlands)',
    'Nederlandse kant (Chinees)',
  ]);
});

test('cells have labels, links and ids of records; empty members of lists are left out', () => {
  const query = `{ partnerships { nodes { id desk_id: id status dutch { desk_id: id name desk_name: name(language: NL) }
    citations { supports source { url } } statusPeriods { until } } } }`;
  const table = tableOf(query, {
    partnerships: {
      nodes: [
        {
          id: 'tie-a-b',
          desk_id: 'tie-a-b',
          status: 'ENDED',
          dutch: { desk_id: 'nl-a', name: 'North', desk_name: 'Noord' },
          citations: [
            { supports: ['startedOn', 'names.zh'], source: { url: 'https://example.org/a.b' } },
            { supports: [], source: { url: 'javascript:alert(1)' } },
            { supports: [], source: { url: 'http://example.org/old' } },
          ],
          statusPeriods: [{ until: null }, { until: '2021-07-21' }, { until: null }],
        },
      ],
    },
  });
  const [row] = table.rows;
  if (!row) throw new Error('The table has no row.');
  const parts = Object.fromEntries(table.columns.map(column => [column.name, cellParts(column, row, words)]));
  expect(parts).toEqual({
    id: [{ text: 'tie-a-b', record: 'tie-a-b' }],
    status: [{ text: 'label of ENDED' }],
    'dutch.name': [{ text: 'Noord', record: 'nl-a' }],
    'citations.supports': [{ text: 'Begindatum' }, { text: 'Naam (Chinees)' }],
    'citations.source.url': [
      { text: 'Webpagina', url: 'https://example.org/a.b' },
      { text: 'javascript:alert(1)' },
      { text: 'Webpagina', url: 'http://example.org/old' },
    ],
    'statusPeriods.until': [{ text: '2021-07-21' }],
  });
  expect(partsText(parts['citations.source.url'] ?? [])).toBe(
    'https://example.org/a.b; javascript:alert(1); http://example.org/old',
  );
});

test('two lists of one field are told apart by their aliases', () => {
  const root = readResult(
    schema,
    {
      query: '{ old: partnerships { nodes { id } } young: partnerships { nodes { id } } authorities { nodes { id } } }',
    },
    { old: { nodes: [{ id: 'a' }] }, young: { nodes: [{ id: 'b' }] }, authorities: { nodes: [{ id: 'c' }] } },
  );
  const tables = root ? tablesOf(root) : [];
  expect([...listLabels(tables, 'nl', labelOf, withoutLabel).values()]).toEqual([
    'Banden (Old)',
    'Banden (Young)',
    'Overheden',
  ]);
});

/** Names and codes that Chinese texts have in Latin letters. */
const LATIN_NAMES = /\b(?:CBS|GB|Wikidata|IATI|VNG|CPAFFC)\b/g;

test.each(questions)('$name: no heading of its tables has a code of the API, in Dutch or Chinese', question => {
  const { query, variables = {}, answer } = question;
  const operationName = /^query (\w+)/m.exec(query)?.[1];
  const root = readResult(schema, { query, variables, operationName }, answer);
  if (!root) throw new Error('The answer has no type.');
  const tables = tablesOf(root);
  for (const language of ['nl', 'zh'] as const) {
    const labelOf = (field: string) => (FIELD_LABELS[field] ? fieldHeading(field)[language] : undefined);
    const aliasOf = (alias: string) => aliasLabel(operationName, alias, language);
    const headings = tables.flatMap(table => {
      const cellWords: CellWords = {
        ...words,
        language,
        fieldLabel: field => fieldWord(field, language, labelOf),
        aliasLabel: aliasOf,
      };
      const [first] = table.columns;
      const rowHeads =
        first?.name === 'question' ? table.rows.map(row => partsText(cellParts(first, row, cellWords))) : [];
      return [...columnLabels(table.columns, language, labelOf, aliasOf).values(), ...rowHeads];
    });
    headings.push(...listLabels(tables, language, labelOf, aliasOf).values());
    expect(headings.length).toBeGreaterThan(1);
    const aliases = [...query.matchAll(/(\w+): \w+(?: *\(| *\{|$)/gm)]
      .map(([, alias = '']) => alias)
      .filter(alias => aliasOf(alias) === undefined)
      .flatMap(alias => [alias, humanize(alias)]);
    const isCode = (heading: string) =>
      /[a-z][A-Z]|_/.test(heading) ||
      heading
        .split(/ [·›] |[()]/)
        .some(part => aliases.includes(part) || /^[a-z]/.test(part.replace(/^pinyin$/, ''))) ||
      (language === 'zh' && /[a-z]{3,}/i.test(heading.replaceAll(LATIN_NAMES, '')));
    expect(headings.filter(isCode)).toEqual([]);
  }
});

test('a list of the Dutch desk has the heading that the page of its question has', () => {
  const { query, answer } = questions.find(({ name }) => name === '48-ended-or-dormant-by-whom') ?? {};
  const root = readResult(schema, { query: query ?? '', variables: { from: '2021', until: '2023' } }, answer);
  const aliasOf = (alias: string) => aliasLabel('EndedOrDormantByWhom', alias, 'nl');
  expect([...listLabels(root ? tablesOf(root) : [], 'nl', labelOf, aliasOf).values()]).toContain('Beëindigd');
});

test.each(questions)(
  '$name remains valid with hidden fields, and the answer is what it was without them',
  ({ query, answer }) => {
    for (const language of ['nl', 'en', 'zh'] as const) {
      const extended = withHiddenFields(schema, query, undefined, language) ?? '';
      expect(validate(schema, parse(extended)).map(({ message }) => message)).toEqual(
        validate(schema, parse(query)).map(({ message }) => message),
      );
    }
    expect(withoutHiddenFields(answer)).toEqual(answer);
  },
);

test('hidden fields are the id of each record, and each text without a language in that of the reader', () => {
  const query =
    '{ partnerships { nodes { dutch { name hanzi: name(language: ZH) } citations { source { title } } } } }';
  const extended = withHiddenFields(schema, query, undefined, 'nl')?.replaceAll(/\s+/g, ' ');
  expect(extended).toContain('dutch { name hanzi: name(language: ZH) desk_id: id desk_name: name(language: NL) }');
  expect(extended?.match(/desk_id/g)).toHaveLength(2);
  expect(withHiddenFields(schema, query, undefined, 'en')).not.toContain('desk_name');
  expect(withHiddenFields(schema, 'mutation { x }', undefined, 'nl')).toBeUndefined();
  expect(withHiddenFields(schema, '{ not a query', undefined, 'nl')).toBeUndefined();
});

test('an answer to hidden fields is stored whole and shown without them; an error is that of the text of the reader', async () => {
  const results = new ResultStore();
  results.activeTab = 'tab';
  const sent: string[] = [];
  const answerTo = (query: string) =>
    query.includes('fails') ? { errors: [{ message: query }] } : { data: { a: { name: 'A', desk_id: 'a' } } };
  const fetcher = recordResults(
    params => {
      sent.push(params.query);
      return answerTo(params.query) as never;
    },
    results,
    () => '',
    query => `${query} # with hidden fields`,
  );
  expect(await fetcher({ query: '{ a }' })).toEqual({ data: { a: { name: 'A' } } });
  expect(results.get('tab')).toMatchObject({
    query: '{ a }',
    sentQuery: '{ a } # with hidden fields',
    data: { a: { name: 'A', desk_id: 'a' } },
  });
  expect(await fetcher({ query: '{ fails }' })).toEqual({ errors: [{ message: '{ fails }' }] });
  expect(sent).toEqual(['{ a } # with hidden fields', '{ fails } # with hidden fields', '{ fails }']);
  expect(results.get('tab')).toBeUndefined();
});

test.each(['en', 'nl', 'zh'] as const)('a group without a value has another label than every code, in %s', language => {
  const codes = codeLists().flatMap(({ codes: listed }) => listed);
  expect(codes.map(({ value }) => value)).toContain(PartnershipStatus.UNKNOWN);
  const labels = codes.map(code => code.labels[language].toLowerCase());
  expect(labels).not.toContain(chartTexts[language].noValue.toLowerCase());
});
