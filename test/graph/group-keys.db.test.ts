import sql, { raw } from 'sql-template-tag';
import { expect, test } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { ADMIN, testApi } from '../support/api.js';

const { ask, database } = testApi();

type Group = Record<string, number | string | null>;

/** Returns groups in their order, in one statement, and the statement. */
async function groupsOf(field: string, args: string, selected: string): Promise<{ groups: Group[]; text: string }> {
  const { data, errors, statements } = await ask(`{ ${field}(${args}) { ${selected} count } }`);
  expect([errors, statements.length]).toEqual([undefined, 1]);
  return { groups: data[field], text: statements[0] as string };
}

const FIELDS = ['partnershipGroups', 'exchangeGroups'];

test.each(FIELDS)('%s: a decade counts the records of its years, with or without other aggregates', async field => {
  const years = await groupsOf(field, 'by: [STATUS, STARTED_YEAR]', 'status startedYear');
  const sums = new Map<string, number>();
  for (const { status, startedYear, count } of years.groups) {
    const decade = startedYear === null ? null : Math.floor(Number(startedYear) / 10) * 10;
    const key = JSON.stringify([status, decade]);
    sums.set(key, (sums.get(key) ?? 0) + Number(count));
  }
  const counted = await groupsOf(field, 'by: [STATUS, STARTED_DECADE]', 'status startedDecade');
  expect(
    counted.groups.map(({ status, startedDecade, count }) => [JSON.stringify([status, startedDecade]), count]),
  ).toEqual([...sums].map(([key, count]) => [key, count]));
  const aggregated = await groupsOf(field, 'by: [STATUS, STARTED_DECADE]', 'status startedDecade authorityCount');
  expect(aggregated.groups.map(({ authorityCount: _, ...group }) => group)).toEqual(counted.groups);
});

test('having and the order by count are those of decades, not of years', async () => {
  const { groups: all } = await groupsOf('exchangeGroups', 'by: [STARTED_DECADE]', 'startedDecade');
  const largest = Math.max(...all.map(({ count }) => Number(count)));
  const years = await groupsOf('exchangeGroups', 'by: [STARTED_YEAR]', 'startedYear');
  expect(Math.max(...years.groups.map(({ count }) => Number(count)))).toBeLessThan(largest);
  const { groups } = await groupsOf(
    'exchangeGroups',
    `by: [STARTED_DECADE], having: { gte: ${largest} }`,
    'startedDecade',
  );
  expect(groups).toEqual(all.filter(({ count }) => count === largest));
  const order = 'orderBy: { field: COUNT, direction: DESC }';
  const sorted = await groupsOf('exchangeGroups', `by: [STARTED_DECADE], ${order}`, 'startedDecade');
  expect(sorted.groups.map(({ count }) => count)).toEqual(all.map(({ count }) => Number(count)).sort((a, b) => b - a));
});

test('the list of a decade has the records that it counts', async () => {
  const { data } = await ask(`{ partnershipGroups(by: [STARTED_DECADE]) {
    startedDecade count partnerships(first: 100) { nodes { startedOn } } } }`);
  expect(data.partnershipGroups.length).toBeGreaterThan(3);
  for (const { startedDecade, count, partnerships } of data.partnershipGroups) {
    const decades = partnerships.nodes.map(({ startedOn }: { startedOn: string | null }) =>
      startedOn === null ? null : Number(`${startedOn.slice(0, 3)}0`),
    );
    expect(decades).toEqual(Array.from({ length: count }, () => startedDecade));
  }
});

test('keys of text are sorted by their characters, not by a language', async () => {
  const { groups } = await groupsOf('exchangeGroups', 'by: [STATUS, KIND]', 'status kind');
  const keys = groups.map(({ status, kind }) => `${status} ${kind}`);
  expect(keys.length).toBeGreaterThan(3);
  expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
});

const INDEXED = ['STATUS', 'KIND', 'STARTED_YEAR', 'STARTED_DECADE', 'STATUS, STARTED_YEAR', 'STARTED_DECADE, STATUS'];

test.each(FIELDS)('%s by status, kind, or the year of the start are counted in an index alone', async field => {
  const texts: string[] = [];
  for (const by of INDEXED) texts.push((await groupsOf(field, `by: [${by}]`, '')).text);
  const transaction = await openTransaction(database().em.fork());
  try {
    for (const scan of ['seqscan', 'bitmapscan']) {
      await queryRows(transaction.em, sql`set local ${raw(`enable_${scan}`)} = off`);
    }
    const scans: string[] = [];
    for (const text of texts) {
      const plan = await queryRows<{ 'QUERY PLAN': string }>(transaction.em, sql`explain ${raw(text)}`);
      scans.push(plan.flatMap(row => /(?:Index Only|Index|Seq) Scan/.exec(row['QUERY PLAN'])?.[0] ?? []).join());
    }
    expect(scans).toEqual(INDEXED.map(() => 'Index Only Scan'));
  } finally {
    await transaction.rollback();
  }
});

test.each(['count', 'authorityCount'])('a place that is no province is in no group by province: %s', async selected => {
  const keys = 'dutchProvince { id } chineseProvince { id }';
  const fields = `${keys} ${selected} partnerships(first: 100) { nodes { id } }`;
  const query = `{ partnershipGroups(by: [DUTCH_PROVINCE, CHINESE_PROVINCE]) { ${fields} } }`;
  const towns = ['nl-nieuwstad', 'cn-suzhou-district', 'tie-nieuwstad-district'];
  const added = await openTransaction(database().em.fork());
  await queryRows(
    added.em,
    sql`insert into authority (id, country, level, names, sort_name, parent_id) values
      (${towns[0]}, 'NL', 'MUNICIPALITY', '{"nl": "Nieuwstad"}', 'nieuwstad', null),
      (${towns[1]}, 'CN', 'DISTRICT', '{"zh": "区"}', 'qu', 'cn-suzhou')`,
  );
  await queryRows(
    added.em,
    sql`insert into partnership (id, dutch_id, chinese_id, kind, status, origin, confidence) values
      (${towns[2]}, ${towns[0]}, ${towns[1]}, 'COOPERATION', 'UNKNOWN', 'UNKNOWN', 'UNVERIFIED')`,
  );
  await added.commit();
  try {
    const { data } = await ask(query, undefined, ADMIN);
    const unknown = data.partnershipGroups.filter((group: Group) => !group.dutchProvince && !group.chineseProvince);
    expect(unknown).toEqual([
      {
        dutchProvince: null,
        chineseProvince: null,
        [selected]: selected === 'count' ? 1 : 2,
        partnerships: { nodes: [{ id: towns[2] }] },
      },
    ]);
  } finally {
    const removed = await openTransaction(database().em.fork());
    await queryRows(removed.em, sql`delete from partnership where id = ${towns[2]}`);
    await queryRows(removed.em, sql`delete from authority where id = any(${towns}::text[])`);
    await removed.commit();
  }
});
