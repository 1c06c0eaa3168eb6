import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { describe, expect, test } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { testApi } from '../support/api.js';

const { ask, database } = testApi();

describe('a list with a variable, beside one with an equal constant that came with the record,', () => {
  test.each([
    [
      'has other columns',
      'authority(id: "nl-rotterdam") { a: exchanges(first: 2) { nodes { id } } b: exchanges(first: $n) { nodes { startedOn title } } }',
    ],
    [
      'has other labels and cursors',
      'authority(id: "nl-rotterdam") { a: partnerships(first: 2) { nodes { id } } b: partnerships(first: $n) { nodes { label } pageInfo { endCursor } } }',
    ],
    [
      'is of another type',
      'authority(id: "cn-shanghai") { ... on DutchAuthority { a: partnerships(first: 2) { nodes { id } } } ... on ChineseAuthority { b: partnerships(first: $n) { nodes { id } } } }',
    ],
    [
      'is under another field',
      'a: node(id: "nl-rotterdam") { ... on DutchAuthority { exchanges(first: 2) { nodes { id } } } } b: node(id: "nl-rotterdam") { ... on DutchAuthority { exchanges(first: $n) { nodes { startedOn } } } }',
    ],
  ])('%s', async (_, fields) => {
    const expected = await ask(`{ ${fields.replaceAll('$n', '2')} }`);
    expect(expected.errors).toBeUndefined();
    const { data, errors } = await ask(`query ($n: Int) { ${fields} }`, { n: 2 });
    expect(errors).toBeUndefined();
    expect(data).toEqual(expected.data);
  });
});

test('a record at the end of six references is the same as by its id', async () => {
  const em = database().orm.em.fork() as EntityManager;
  const rows = await queryRows<{ id: string }>(
    em,
    sql`
    update partnership p set encouraged_by_id = chain.previous, last_evidence_on = chain.evidence from (
      select id, lag(id) over (order by id) as previous, (2001 + row_number() over (order by id))::text as evidence
      from partnership order by id limit 7) chain
    where p.id = chain.id returning p.id`,
  );
  const ids = rows.map(({ id }) => id).sort();
  const fields = '{ id label lastEvidenceOn notes dutch { name(language: NL) } chinese { id names { zh } } }';
  const { data, errors } = await ask(
    `{ ${ids.map((id, n) => `p${n}: partnership(id: "${id}") ${fields}`).join(' ')} }`,
  );
  expect(errors).toBeUndefined();
  for (let depth = 1; depth <= 6; depth += 1) {
    const nested = `${'{ encouragedBy '.repeat(depth)}${fields}${' }'.repeat(depth)}`;
    const answer = await ask(`{ partnership(id: "${ids[6]}") ${nested} }`);
    expect(answer.errors).toBeUndefined();
    let record = answer.data.partnership;
    for (let level = 0; level < depth; level += 1) record = record.encouragedBy;
    expect(record).toEqual(data[`p${6 - depth}`]);
  }
});
