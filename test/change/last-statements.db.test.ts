import { expect, test } from 'vitest';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { ADMIN, type Answer, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';

const { ask, database } = testApi();

const execute = (text: string) => database().em.getConnection().execute<Json[]>(text);

const record = (name: string) =>
  ask(
    `mutation ($input: RecordOrganisationInput!) {
      recordOrganisation(input: $input) { userErrors { code } organisation { id } }
    }`,
    { input: { kind: 'MINISTRY', names: { en: name }, source: { title: `Source of ${name}`, publisher: 'Test' } } },
    ADMIN,
  );

/** Counts what a call writes, by table. */
const rows = async () =>
  (
    await execute(`select (select count(*)::int from organisation) as organisations, (select count(*)::int from source) as sources,
      (select count(*)::int from citation) as citations, (select count(*)::int from search_document) as documents,
      (select count(*)::int from change) as changes`)
  )[0];

// On PostgreSQL the commit is sent behind these statements, before their results are known.
test.each(['search_document', 'change'])('a mutation whose statement on %s fails writes nothing', async table => {
  const before = await rows();
  const id = table === 'change' ? 'subject_id' : 'id';
  await execute(`create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$`);
  await execute(
    `create trigger refuse before insert on ${table} for each row when (new.${id} = 'org-refused') execute function refuse()`,
  );
  try {
    const { data, errors } = await record('Refused');
    expect([data, errors?.[0]?.extensions?.code]).toEqual([null, 'INTERNAL_SERVER_ERROR']);
    expect(await rows()).toEqual(before);
  } finally {
    await execute('drop function refuse cascade');
  }
  const { data } = await record(`Written after ${table}`);
  expect(data.recordOrganisation.userErrors).toEqual([]);
  expect((await rows())?.changes).toBe(before?.changes + 1);
});

test('a new record with a source takes eight statements and its insert, and the lock of the log is among the last three', async () => {
  const sent: (StatementEvent & { turn: number })[] = [];
  // Statements of different round trips can be sent in one turn of the event loop, those of one never in two.
  let turn = 0;
  let next = setImmediate(function count() {
    turn += 1;
    next = setImmediate(count);
  });
  const keep = (event: unknown) => sent.push({ ...(event as StatementEvent), turn });
  statementChannel.subscribe(keep);
  try {
    await record('Counted');
  } finally {
    clearImmediate(next);
    statementChannel.unsubscribe(keep);
  }
  // The feed reads the log meanwhile, on another fork.
  const { em } = sent[0] as StatementEvent;
  const own = sent.filter(event => event.em === em);
  expect(new Set(own.map(event => event.turn)).size).toBeLessThanOrEqual(3);
  const texts = own.map(({ text }) => text.trim());
  const starts = texts.map(text => /^(?:with now|insert into \w+|select case when|select [\w.]+)/.exec(text)?.[0]);
  expect(starts).toEqual([
    'select case when',
    'select base',
    'select o.',
    'insert into source',
    'insert into citation',
    'select pg_advisory_xact_lock',
    'insert into search_document',
    'with now',
  ]);
});

test('records of other types are read if a name changes, and not otherwise', async () => {
  const sent: string[] = [];
  const count = (event: unknown) => sent.push((event as StatementEvent).text);
  const readsOthers = async (call: () => Promise<Answer>) => {
    sent.length = 0;
    const { data } = await call();
    expect(Object.values<Json>(data)[0]?.userErrors).toEqual([]);
    return sent.some(text => text.includes('programme_organisation'));
  };
  const revise = (expectedVersion: number, facts: Json) =>
    ask(
      'mutation ($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) { userErrors { code } } }',
      { input: { id: 'org-named', expectedVersion, ...facts } },
      ADMIN,
    );
  statementChannel.subscribe(count);
  try {
    expect(await readsOthers(() => record('Named'))).toBe(false);
    expect(await readsOthers(() => revise(1, { city: 'Delft' }))).toBe(false);
    expect(await readsOthers(() => revise(2, { names: { en: 'Renamed' } }))).toBe(true);
  } finally {
    statementChannel.unsubscribe(count);
  }
});
