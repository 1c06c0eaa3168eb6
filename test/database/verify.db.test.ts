import sql, { raw } from 'sql-template-tag';
import { expect, test } from 'vitest';
import { compare, verify } from '../../src/database/verify/verify.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { ADMIN, testApi } from '../support/api.js';
import { allCalls, brief, calls } from '../support/calls.js';
import { randomNumbers } from '../support/random-document.js';
import { RandomEditor } from '../support/random-edits.js';

const { ask, database, service } = testApi();

test('the register of the seeds is verified, and so is one after a call of every mutation', async () => {
  const seeded = await verify(database());
  expect(seeded.differences).toEqual([]);
  for (const { mutation, input } of calls) {
    const { data } = await ask(brief(mutation), { input }, ADMIN);
    expect(data[mutation].userErrors).toEqual([]);
  }
  const { differences, tables, logged, changes } = await verify(database());
  expect(differences).toEqual([]);
  expect([tables, logged]).toEqual([16, 10]);
  expect(changes).toBe(seeded.changes + calls.length);
});

/** Returns the differences after statements that no mutation would run, which are then undone. */
async function differencesAfter(...damage: string[]): Promise<string[]> {
  const { em, rollback } = await openTransaction(database().em);
  try {
    for (const statement of damage) await queryRows(em, sql`${raw(statement)}`);
    const { differences } = await compare(em);
    return differences.map(
      ({ table, id, change, problem }) => `${table} ${id} ${change === null ? '-' : 'c'}: ${problem}`,
    );
  } finally {
    await rollback();
  }
}

const TIE = 'tie-testtown-nanjing';
const oldest = (table: string) => `known_from = (select min(known_from) from history.${table} where id = '${TIE}')`;

test.each<[what: string, damage: string[], differences: string[]]>([
  [
    'a row that was changed behind the back of the register',
    [`update partnership set notes = 'Forged' where id = '${TIE}'`],
    [`partnership ${TIE} c: the row differs from its newest version in notes`],
  ],
  [
    'a row that was deleted',
    [`delete from programme_organisation where programme_id = 'prog-trial-water-programme'`],
    [
      expect.stringMatching(
        /^programme_organisation prog-trial-water-programme org-\S+ c: the newest version has no row$/,
      ),
    ] as never,
  ],
  [
    'a row that was added',
    [`insert into source (id, title, publisher) values ('src-x', 'x', 'y')`],
    ['source src-x -: the row has no version'],
  ],
  [
    'a search document that was changed',
    [`update search_document set fields = '{}' where id = '${TIE}'`],
    [`search_document ${TIE} c: the row differs from its newest version in fields`],
  ],
  [
    'a run of versions that lacks terms of one of them',
    [`update history.record_terms set terms = ts_delete(terms, 'nanjing') where id = '${TIE}'`],
    [`record_terms ${TIE} c: the run has other terms than its versions`],
  ],
  [
    'a run of versions that lacks one of them',
    [`update history.record_terms set versions = versions[2:] where id = '${TIE}'`],
    [`record_terms ${TIE} c: the versions of the run are others`],
  ],
  [
    'a version in no run',
    [`delete from history.record_terms where id = '${TIE}'`],
    [`record_terms ${TIE} c: a version is in no run`],
  ],
  [
    'a version in the middle that is missing',
    [`delete from history.partnership where id = '${TIE}' and version = 3`],
    [
      `partnership ${TIE} c: a version is missing after this one`,
      `partnership ${TIE} c: the change has no version`,
      `partnership ${TIE} c: the version that the log gives is missing`,
    ],
  ],
  [
    'a first version that is missing',
    [`delete from history.partnership where id = '${TIE}' and ${oldest('partnership')}`],
    [
      `partnership ${TIE} c: the change has no version`,
      `partnership ${TIE} c: the version that the log gives is missing`,
    ],
  ],
  [
    'a newest version that is missing',
    [`delete from history.status_period where partnership_id = '${TIE}' and status = 'ENDED'`],
    [
      `status_period ${TIE}@2026-01-01 -: the row has no version`,
      `status_period ${TIE}@2026-01-01 c: the version that the log gives is missing`,
    ],
  ],
  [
    'a link of a past moment that is missing',
    [`delete from history.programme_partnership where partnership_id = '${TIE}'`],
    [
      expect.stringMatching(
        /^programme_partnership prog-\S+ tie-testtown-nanjing c: the version that the log gives is missing$|^programme_partnership tie-testtown-nanjing prog-\S+ c: the version that the log gives is missing$/,
      ),
    ] as never,
  ],
  [
    'versions that overlap',
    [`update history.partnership set known_until = known_until + 1 where id = '${TIE}' and version = 3`],
    [
      `partnership ${TIE} c: the version overlaps the next one`,
      expect.stringMatching(/^partnership tie-testtown-nanjing c: the version ends at \d+, and by the log at \d+$/),
    ] as never,
  ],
  [
    'a version of the past that was changed',
    [`update history.partnership set notes = 'Forged' where id = '${TIE}' and version = 2`],
    [`partnership ${TIE} c: the version differs from the log in notes`],
  ],
  [
    'a version of a change that is not written',
    [`update history.source set known_from = 2000000000 where id = (select min(id) from source)`],
    [expect.stringMatching(/^source src-\S+ c: the version names a change that is not written yet$/)] as never,
  ],
  [
    'a value of the log that was edited',
    [
      `update change set fields = replace(fields::text, 'Signed in the town hall.', 'Forged')::jsonb where subject_id = '${TIE}' and subject_version = 1`,
    ],
    [
      `change ${TIE} c: notes before the change differs from the changes before it`,
      `partnership ${TIE} c: the version differs from the log in notes`,
    ],
  ],
  [
    'a change that was deleted from the log',
    [
      `update idempotent_answer set change_id = null`,
      `delete from change where subject_id = '${TIE}' and subject_version = 3`,
    ],
    [
      `partnership ${TIE} c: the version has no change`,
      ...['status', 'statusSince', 'lastEvidenceOn', 'statusPeriods', 'citations'].map(
        field => `change ${TIE} c: ${field} before the change differs from the changes before it`,
      ),
      expect.stringMatching(/^partnership tie-testtown-nanjing c: the version ends at \d+, and by the log at \d+$/),
      `status_period ${TIE}@2022-08 c: the version that the log gives is missing`,
      expect.stringMatching(/^citation \d+ c: the version that the log gives is missing$/),
      ...['citation', 'partnership', 'status_period'].map(
        table => `${table} versions -: there are 1 more than the log gives`,
      ),
    ] as never,
  ],
  ...['programme_partnership', 'status_period', 'citation'].map((table): [string, string[], string[]] => {
    const key = { programme_partnership: 'programme_id', status_period: 'id', citation: 'id' }[table];
    const other = table === 'citation' ? '-7' : `(select max(${key}) from history.${table}) || '-x'`;
    // Citations of periods are not in the log.
    const condition = table === 'citation' ? 'where status_period_id is null' : '';
    return [
      `a version of the past that no change has written: ${table}`,
      [
        `create temporary table surplus on commit drop as select * from history.${table} ${condition} order by known_from desc limit 1`,
        `update surplus set ${key} = ${other}, known_until = known_from, known_from = 1`,
        `insert into history.${table} select * from surplus`,
      ],
      [`${table} versions -: there are 1 more than the log gives`],
    ];
  }),
  [
    'a time of the log that goes back',
    [`update change set recorded_at = '2000-01-01' where subject_id = '${TIE}' and subject_version = 3`],
    [`change ${TIE} c: the change was recorded before the one before it`],
  ],
])('it finds %s', async (_, damage, differences) => {
  expect(await differencesAfter(...damage)).toEqual(differences);
});

const DORMANT = 'tie-prov-overijssel-prov-liaoning';
const periods = (from: string) => JSON.stringify([{ status: 'DORMANT', from }]);

test.each<[what: string, difference: string, damage: string[]]>([
  [
    'an element of a list that is no text',
    'exchange exch-rotterdam-shanghai-rcro -: participants has an element without a text',
    [
      'alter table exchange drop constraint exchange_participants_texts',
      `update exchange set participants = array['A', null] where id = 'exch-rotterdam-shanghai-rcro'`,
    ],
  ],
  [
    'a text that a list has twice',
    'programme prog-trial-water-programme -: other_partners has a value twice',
    [`update programme set other_partners = '{A,B,A}' where id = 'prog-trial-water-programme'`],
  ],
  [
    'a code that a list has twice',
    `partnership ${TIE} -: themes has a value twice`,
    [`update partnership set themes = '{SPORT,SPORT}' where id = '${TIE}'`],
  ],
  [
    'an empty text',
    `partnership ${TIE} -: notes is empty`,
    [`update partnership set notes = E' \u3000\n' where id = '${TIE}'`],
  ],
  [
    'an alias without a text',
    'authority nl-delft -: names.aliases has an element without a text',
    [`update authority set names = names || '{"aliases": [null]}' where id = 'nl-delft'`],
  ],
  [
    'a record without a name',
    'authority nl-delft -: names is empty',
    [`update authority set names = '{"nl": null, "aliases": ["Delft"]}' where id = 'nl-delft'`],
  ],
  [
    'a long text in a contact point',
    'organisation org-vng -: contact_points.seenIn is longer than 500 characters',
    [
      `update organisation set contact_points = jsonb_build_array(jsonb_build_object('type', 'EMAIL', 'value', 'a@b.nl', 'seenIn', repeat('x', 501))) where id = 'org-vng'`,
    ],
  ],
  [
    'a long title of a source',
    expect.stringMatching(/^source src-\S+ -: title is longer than 500 characters$/) as never,
    [`update source set title = repeat('字', 501) where id = (select min(id) from source)`],
  ],
  [
    'a dormant period that moved with a corrected start',
    `status_period ${DORMANT}@2021 c: the DORMANT period moved from 2021 to 2019 with the start of its partnership`,
    [
      `update status_period set from_on = '2019' where partnership_id = '${DORMANT}'`,
      `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields) values ('REVISED', 'test',
        'PARTNERSHIP', '${DORMANT}', 2, '{}', '[{"field": "statusPeriods", "before": ${periods('2021')}, "after": ${periods('2019')}}]')`,
    ],
  ],
])('it finds %s, which earlier releases stored', async (_, difference, damage) => {
  expect(await differencesAfter(...damage)).toContainEqual(difference);
});

test('marks of redactions may be longer than what they replaced, and several times in a list', async () => {
  const differences = await differencesAfter(
    `update partnership set notes = repeat('x', 9999) || '[redacted]' where id = '${TIE}'`,
    `update programme set other_partners = '{[redacted],[redacted]}' where id = 'prog-trial-water-programme'`,
  );
  expect(differences).toEqual([
    `partnership ${TIE} c: the row differs from its newest version in notes`,
    'programme prog-trial-water-programme c: the row differs from its newest version in other_partners',
  ]);
});

test('a register whose records were withdrawn is verified', async () => {
  for (const { mutation, input } of allCalls.slice(calls.length)) {
    const { data } = await ask(brief(mutation), { input }, ADMIN);
    expect(data[mutation].userErrors).toEqual([]);
  }
  expect((await verify(database())).differences).toEqual([]);
});

test('a register after random edits is verified', async () => {
  const editor = new RandomEditor(database(), service(), randomNumbers(5));
  for (let edit = 0; edit < 60; edit += 1) await editor.edit();
  expect((await verify(database())).differences).toEqual([]);
});
