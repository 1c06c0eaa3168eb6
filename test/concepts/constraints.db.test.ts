import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/database/open.js';
import { openTestDatabase } from '../support/database.js';

/** Rows that the database itself rejects, from any writer: each breaks one rule and no other. */
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.close());

const run = (statement: string) => database.em.getConnection().execute(statement);

/** A tie like one that is there, with some columns otherwise. */
const tie = (columns: Record<string, string>) => {
  const values = {
    id: `'tie-x'`,
    dutch_id: `'nl-prov-groningen'`,
    chinese_id: `'cn-beijing'`,
    kind: `'COOPERATION'`,
    status: `'UNKNOWN'`,
    origin: `'UNKNOWN'`,
    confidence: `'SOURCED'`,
    ...columns,
  };
  return `insert into partnership (${Object.keys(values).join(', ')}) values (${Object.values(values).join(', ')})`;
};

test('a tie that breaks no rule is taken', async () => {
  await run(tie({ started_on: `'2013-03'`, ended_on: `'2013'`, status: `'ENDED'` }));
  await run(`delete from partnership where id = 'tie-x'`);
});

test.each([
  ['a date that is no partial date', tie({ started_on: `'1979-13'` }), 'partial_date_check'],
  ['a day that is not in the calendar', tie({ started_on: `'2021-02-30'` }), 'out of range'],
  ['a date of one digit too few', tie({ last_evidence_on: `'1979-1'` }), 'partial_date_check'],
  [
    'an end before the start',
    tie({ started_on: `'2013-03'`, ended_on: `'2013-02'`, status: `'ENDED'` }),
    'partnership_end_not_before_start',
  ],
  ['an ended tie without an end', tie({ status: `'ENDED'` }), 'partnership_ended_has_end'],
  ['an end of a tie that is not ended', tie({ ended_on: `'2013'` }), 'partnership_ended_has_end'],
  [
    'a recorded status that is only an answer about a day',
    tie({ status: `'NOT_YET_STARTED'` }),
    'partnership_status_check',
  ],
  [
    'a second open tie of the same two',
    tie({ dutch_id: `'nl-rotterdam'`, chinese_id: `'cn-shanghai'` }),
    'partnership_one_open_tie',
  ],
  ['a Chinese authority on the Dutch side', tie({ dutch_id: `'cn-shanghai'` }), 'partnership_dutch_id_check'],
  ['an authority that is not there', tie({ dutch_id: `'nl-nowhere'` }), 'partnership_dutch_id_fkey'],
  ['a theme that is none', tie({ themes: `array['CHESS']` }), 'partnership_themes_check'],
  ['an id of another form', tie({ id: `'tie_x'` }), 'partnership_id_check'],
  [
    'two status periods that begin on the same day',
    `insert into status_period (id, partnership_id, status, from_on) values ('x', 'tie-arnhem-wuhan', 'DORMANT', '2021-07-21')`,
    'status_period_never_overlap',
  ],
  [
    'two status periods whose beginnings mean the same day',
    `insert into status_period (id, partnership_id, status, from_on) values ('x', 'tie-arnhem-wuhan', 'DORMANT', '1999-01')`,
    'status_period_never_overlap',
  ],
  [
    'an exchange under a tie that says it was under none',
    `update exchange set under_partnership = false where id = 'exch-rotterdam-shanghai-rcro'`,
    'exchange_under_its_tie',
  ],
  [
    'an end of an exchange before its start',
    `update exchange set started_on = '2018' where id = 'exch-rotterdam-shanghai-rcro'`,
    'exchange_end_not_before_start',
  ],
  [
    'an end of a programme before its start',
    `update programme set ended_on = '2020-12-31' where id = 'prog-vngi-iurc-china'`,
    'programme_end_not_before_start',
  ],
  [
    'a level of the other country',
    `update authority set level = 'MUNICIPALITY' where id = 'cn-shanghai'`,
    'authority_check',
  ],
  ['half a location', `update authority set latitude = null where id = 'nl-rotterdam'`, 'authority_check'],
  ['a code that another has', `update authority set code = 'GM0599' where id = 'nl-amsterdam'`, 'authority_code_key'],
  [
    'a citation of nothing',
    `update citation set partnership_id = null where partnership_id = 'tie-arnhem-wuhan'`,
    'citation_of_one_record',
  ],
  [
    'a citation of two records',
    `update citation set authority_id = 'nl-arnhem' where partnership_id = 'tie-arnhem-wuhan'`,
    'citation_of_one_record',
  ],
  [
    'an address that runs code',
    `update source set url = 'javascript:alert(1)' where url is not null`,
    'source_url_check',
  ],
  [
    'a source with the facts of another',
    `insert into source (id, title, publisher, url, published_on) select 'src-again', title, publisher, url, published_on from source order by id limit 1`,
    'source_facts',
  ],
  [
    'a source without an address or date, twice',
    `insert into source (id, title, publisher) values ('src-x', E'a\\\\b', 'c'), ('src-y', E'a\\\\b', 'c')`,
    'source_facts',
  ],
  [
    'a record that others refer to, taken away',
    `delete from authority where id = 'nl-rotterdam'`,
    'violates foreign key constraint',
  ],
])('the database refuses %s', async (_, statement, rule) => {
  await expect(run(statement)).rejects.toThrow(rule);
});
