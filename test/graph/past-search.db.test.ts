import sql, { raw } from 'sql-template-tag';
import { expect, test } from 'vitest';
import { fillRecordTerms } from '../../src/database/migrations/record-terms.js';
import { recordTerms } from '../../src/database/verify/versions.checks.js';
import { matches } from '../../src/graph/search/matching.js';
import { parseSearch, type SearchTerms } from '../../src/graph/search/search-terms.js';
import { CURRENT, enterMoment, textAtMoment } from '../../src/graph/sql/moment.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { testApi } from '../support/api.js';

const { database } = testApi();

/** Runs statements in a transaction that is rolled back, and returns the rows of the last one. */
async function rows<Row>(...statements: { text: string; values?: unknown[] }[]): Promise<Row[]> {
  const transaction = await openTransaction(database().em.fork());
  try {
    let last: Row[] = [];
    for (const { text, values = [] } of statements) last = await queryRows<Row>(transaction.em, { text, values });
    return last;
  } finally {
    await transaction.rollback();
  }
}

const ID = 'nl-breda';
const CHANGE = sql`insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
  values ('REVISED', 'admin', 'AUTHORITY', ${ID}, 1, '{}', '[]')`;

/** Statements that give a search document terms and a text, and append a change. */
const version = (terms: string, text = terms) => [
  sql`update search_document set terms = ${terms}::tsvector, fields = jsonb_build_object('notes', ${text}::text) where id = ${ID}`,
  CHANGE,
];

const runs = sql`select terms::text, cardinality(versions) as versions, known_until = ${CURRENT} as "isNewest"
  from history.record_terms where id = ${ID} order by known_from desc limit 2`;

test('successive versions are a run with the terms of all of them, unless these are more than twice those of the newest', async () => {
  const versions = [`'a' 'b' 'c' 'd'`, `'a' 'b' 'c' 'e'`, `'a' 'b'`, `'b' 'x'`, `'x' 'y' 'z'`];
  expect(await rows(...versions.flatMap(terms => version(terms)), runs)).toEqual([
    { terms: `'b' 'x' 'y' 'z'`, versions: 2, isNewest: true },
    { terms: `'a' 'b' 'c' 'd' 'e'`, versions: 3, isNewest: false },
  ]);
});

test('a run has at most 100 versions, also of equal terms', async () => {
  const versions = Array.from({ length: 120 }, (_, n) => version(`'a'`, `${n}`));
  expect(await rows(...versions.flat(), runs)).toMatchObject([{ versions: 20 }, { versions: 100 }]);
});

test('the migration fills the runs of versions as well, and no run grows without limit', async () => {
  const versions = Array.from({ length: 120 }, (_, n) => version(`'a' '${n % 3}' '${Math.min(n, 20)}'`, `${n}`));
  const filled = [...versions.flat(), sql`truncate history.record_terms`, sql`${raw(fillRecordTerms)}`];
  expect(await rows(...filled, recordTerms)).toEqual([]);
  const most = sql`select max(length(terms)) as terms, max(cardinality(versions)) as versions
    from history.record_terms where id = ${ID} and known_from > (select max(id) - 119 from change)`;
  const [largest] = await rows<{ terms: number; versions: number }>(...filled, most);
  expect(largest?.terms).toBeLessThan(100);
  expect(largest?.versions).toBeLessThanOrEqual(100);
});

test('a search of the past goes by the runs, and finds what the version of the moment has', async () => {
  const { text, values } = sql`select id from search_document d
    where ${matches(sql`d`, parseSearch('yurt', 'query') as SearchTerms)}`;
  expect(textAtMoment(text)).toContain('from record_terms where terms @@');
  const counts: number[] = [];
  for (const back of [0, 1, 2]) {
    const moment = `select set_config('register.at', (max(known_from) - ${back})::text, true) from history.search_document`;
    const hits = await rows<{ id: string }>(
      ...[`'a' 'b' 'xylograph'`, `'a' 'b' 'yurt'`, `'a' 'b' 'zither'`].flatMap(terms => version(terms)),
      sql`${raw(enterMoment(0))}`,
      sql`${raw(moment)}`,
      { text: textAtMoment(text), values },
    );
    counts.push(hits.length);
  }
  expect(counts).toEqual([0, 1, 0]);
});
