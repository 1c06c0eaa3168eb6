import 'reflect-metadata';
import { parse } from 'csv-parse/sync';
import sql from 'sql-template-tag';
import { expect, test, vi } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { applyItems } from '../../src/proposal/apply.js';
import { decideItems } from '../../src/proposal/decide.js';
import { fileHeader } from '../../src/proposal/file-parameters.js';
import { proposalById } from '../../src/proposal/lock.js';
import { ProposalDecision } from '../../src/proposal/proposal.enums.js';
import { submitFile } from '../../src/proposal/submit-file.js';
import { exportServer } from '../support/export.js';

vi.setConfig({ testTimeout: 60_000 });

const { get, database } = exportServer();

const HEADER = 'item_id,statement_guid,property_id,wikidata_value,meta_wikidata_value,external_value,external_url,type';
const UUID = '7814880A-A6EF-40EC-885E-F46DD58C8DC5';

interface Tie {
  id: string;
  dutch: string;
  chinese: string;
  startedOn: string;
}

/** Ties with items of Wikidata whose start is known to the month, so that a year is a conflict. */
const exactTies = () =>
  queryRows<Tie>(
    database().em.fork(),
    sql`select p.id, d.wikidata_id as dutch, c.wikidata_id as chinese, p.started_on as "startedOn" from partnership p
      join authority d on d.id = p.dutch_id join authority c on c.id = p.chinese_id
      where length(p.started_on) >= 7 and d.wikidata_id is not null and c.wikidata_id is not null order by p.id limit 4`,
  );

async function inTransaction<Result>(work: (em: Parameters<typeof submitFile>[0]) => Promise<Result>): Promise<Result> {
  const { em } = database();
  const transaction = await openTransaction(em.fork());
  const result = await work(transaction.em);
  await transaction.commit();
  return result;
}

/** Imports statements of Wikidata, each with a start, and some with an end. */
async function importStatements(ties: readonly (Tie & { start: string; end?: string })[]): Promise<string> {
  const entity = (item: string) => ({ value: `http://www.wikidata.org/entity/${item}` });
  const bindings = ties.map(({ dutch, chinese, start, end }) => ({
    dutch: entity(dutch),
    chinese: entity(chinese),
    subject: entity(dutch),
    statement: entity(`statement/${dutch}-${UUID}`),
    rank: { value: 'http://wikiba.se/ontology#NormalRank' },
    start: { value: `${start.padEnd(4, '0')}-01-01T00:00:00Z` },
    startPrecision: { value: '9' },
    ...(end && { end: { value: `${end}-01-01T00:00:00Z` }, endPrecision: { value: '9' } }),
    referenceUrl: { value: 'https://example.org/a-reference' },
  }));
  const file = Buffer.from(JSON.stringify({ results: { bindings } }));
  const header = fileHeader([['format', 'wikidata']]);
  const { id } = await inTransaction(em => submitFile(em, header, file, { actor: 'test' }, 'en'));
  return id as string;
}

async function decide(id: string, number: number, decision: ProposalDecision): Promise<void> {
  await inTransaction(async em =>
    decideItems(em, (await proposalById(em, id)) as never, [{ itemId: `${id}-${number}`, decision }]),
  );
}

const fileNow = async (): Promise<{ text: string; rows: Record<string, string>[] }> => {
  const response = await get('mismatches.csv');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/csv');
  const text = await response.text();
  return { text, rows: parse(text, { columns: true }) };
};

test('without imports the file is its header, to the letter', async () => {
  expect((await fileNow()).text).toBe(`${HEADER}\n`);
});

test('the file has what Wikidata says otherwise, until the register follows or the proposal is closed', async () => {
  const ties = await exactTies();
  const [kept, accepted, undecided, equal] = ties as [Tie, Tie, Tie, Tie];
  // Two publishers support our date: better evidence than Wikidata.
  for (const publisher of ['one', 'two']) {
    const id = `src-mismatch-${publisher}`;
    await queryRows(
      database().em.fork(),
      sql`insert into source (id, title, publisher, url) values (${id}, 'A book', ${publisher}, ${`https://example.org/${publisher}`})`,
    );
    await queryRows(
      database().em.fork(),
      sql`insert into citation (source_id, partnership_id, supports, position)
        values (${id}, ${undecided.id}, '{startedOn}', 90)`,
    );
  }
  const id = await importStatements([
    { ...kept, start: '1901' },
    { ...accepted, start: '1902' },
    { ...undecided, start: '1903' },
    // The year of our month: less exact, and no contradiction.
    { ...equal, start: equal.startedOn.slice(0, 4) },
  ]);
  expect((await fileNow()).rows.map(row => row.item_id)).toEqual([undecided.dutch]);
  await decide(id, 1, ProposalDecision.REJECT);
  await decide(id, 2, ProposalDecision.ACCEPT);
  const { text, rows } = await fileNow();
  expect(text.split('\n')[0]).toBe(HEADER);
  const expected = [
    { tie: kept, year: '1901' },
    { tie: undecided, year: '1903' },
  ].map(({ tie, year }) => ({
    item_id: tie.dutch,
    statement_guid: `${tie.dutch}$${UUID}`,
    property_id: 'P580',
    wikidata_value: year,
    meta_wikidata_value: '',
    external_value: tie.startedOn,
    external_url: expect.stringMatching(/^https?:\/\//),
    type: 'qualifier',
  }));
  expect(rows).toHaveLength(2);
  expect(rows).toEqual(expect.arrayContaining(expected));

  // The references of the statements of what is written become sources of it, beside Wikidata.
  await inTransaction(async em => {
    await applyItems(em, (await proposalById(em, id)) as never, { author: { actor: 'test' }, dryRun: false });
  });
  const cited = await queryRows<{ url: string; supports: string[] }>(
    database().em.fork(),
    sql`select s.url, c.supports from citation c join source s on s.id = c.source_id
      where c.partnership_id = ${accepted.id} order by c.position desc, c.id desc limit 2`,
  );
  expect(cited).toMatchObject([
    { url: 'https://example.org/a-reference', supports: expect.arrayContaining(['startedOn']) },
    { url: 'https://www.wikidata.org/', supports: expect.arrayContaining(['startedOn']) },
  ]);
  expect((await fileNow()).rows.map(row => row.item_id).sort()).toEqual([kept.dutch, undecided.dutch].sort());

  await queryRows(database().em.fork(), sql`update proposal set state = 'REVERTED' where id = ${id}`);
  expect((await fileNow()).rows).toEqual([]);
});

test('the file has another end of a tie that ended, and its start once the row is rejected', async () => {
  const [tie] = await queryRows<Tie>(
    database().em.fork(),
    sql`select p.id, d.wikidata_id as dutch, c.wikidata_id as chinese, p.started_on as "startedOn" from partnership p
      join authority d on d.id = p.dutch_id join authority c on c.id = p.chinese_id
      where p.status = 'ENDED' and p.ended_on is not null and length(p.started_on) = 4
        and d.wikidata_id is not null and c.wikidata_id is not null order by p.id limit 1`,
  );
  const id = await importStatements([{ ...(tie as Tie), start: '1901', end: '1999' }]);
  const values = async () =>
    (await fileNow()).rows.map(({ property_id, wikidata_value }) => [property_id, wikidata_value]);
  expect(await values()).toContainEqual(['P582', '1999']);
  await decide(id, 1, ProposalDecision.REJECT);
  const both = [
    ['P580', '1901'],
    ['P582', '1999'],
  ];
  expect(await values()).toEqual(expect.arrayContaining(both));
});

test('other formats and parameters are refused', async () => {
  const response = await get('mismatches.xlsx');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { rule: 'EXPORT_UNKNOWN' } }] });
  expect((await get('mismatches.csv', { filter: '{}' })).status).toBe(400);
});
