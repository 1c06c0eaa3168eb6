import sql, { raw } from 'sql-template-tag';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { ADMIN, testApi } from '../support/api.js';
import { fingerprint, type Json } from '../support/calls.js';
import { expectTranslated } from '../support/refusals.js';

// On the embedded database a read beside an open transaction would wait for ever.
vi.setConfig({ testTimeout: 20_000 });

const { ask, database } = testApi();
const NAME = 'Jan Zonderling';

async function mutate(mutation: string, input: Json, selection: string): Promise<Json> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation($input: ${type}!) { ${mutation}(input: $input) { ${selection} } }`;
  const { data, errors } = await ask(document, { input }, ADMIN);
  expect(errors).toBeUndefined();
  return data[mutation];
}

const CHANGE = 'kind subjectId subjectType reason fields { field before after isRedacted }';
const redact = (input: Json): Promise<Json> =>
  mutate(
    'redactField',
    { reason: 'AVG art. 17', ...input },
    `changes { ${CHANGE} } places { store subjectType subjectId field count excerpt } remainingIds
      userErrors { code rule params path message nl: message(language: NL) zh: message(language: ZH) }`,
  );

const write = async (mutation: string, input: Json, record: string): Promise<Json> => {
  const payload = await mutate(mutation, input, `${record} { id version } change { cursor } userErrors { message }`);
  expect(payload.userErrors).toEqual([]);
  return payload[record];
};

/** Returns the tables of all schemas of the register that hold a text in any case, with the number of their rows. */
async function tablesWith(text: string): Promise<Record<string, number>> {
  const em = database().em.fork();
  const tables = await queryRows<{ name: string }>(
    em,
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  );
  expect(tables.length).toBeGreaterThan(10);
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const query = sql`select count(*)::int as count from ${raw(name)} t where t::text ilike ${`%${text}%`}`;
    const [row] = await queryRows<{ count: number }>(em, query);
    if (row?.count) found[name] = row.count;
  }
  return found;
}

describe('a name that stands everywhere', () => {
  let exchange: string;
  let organisation: string;
  let before: Json;
  const source = { title: `Interview with ${NAME}`, publisher: 'De Krant', url: 'https://krant.example/jan-zonderling' };
  const RECORDS = `exchange(id: $exchange) { version participants description notes redactions { fields reason cursor }
        citations { source { title publisher url } supports } history(first: 20) { nodes { ${CHANGE} } } }
      organisation(id: $organisation) { version names { nl en aliases } role(language: NL) website notes
        contactPoints { type value seenIn } citations { source { title publisher url } supports }
        history(first: 20) { nodes { ${CHANGE} } } }`;
  const read = async () =>
    (await ask(`query($exchange: ID!, $organisation: ID!) { ${RECORDS} }`, { exchange, organisation })).data;

  beforeAll(async () => {
    const title = { en: 'Week of water' };
    const sides = { dutch: 'nl-rotterdam', chinese: 'cn-shanghai' };
    const facts = { kind: 'TECHNICAL', title, status: 'HELD', startedOn: '2020', ...sides, participants: [NAME, 'TU'] };
    const created = await write(
      'recordExchange',
      { ...facts, notes: `Led by ${NAME}.`, idempotencyKey: 'exchange', source, reason: `Asked by ${NAME}` },
      'exchange { ...E } } ... on RecordExchangePayload { exchange'.slice(0, 0) || 'exchange',
    );
    exchange = created.id;
    await write('reviseExchange', { id: exchange, expectedVersion: 1, notes: 'Led by a person.' }, 'exchange');
    organisation = (
      await write(
        'recordOrganisation',
        {
          kind: 'MINISTRY',
          names: { en: `Office JAN   ZONDERLING`, aliases: ['Bureau X'] },
          role: { nl: `${NAME} adviseert`, en: 'Advises' },
          website: 'https://office.example/Jan%20Zonderling/',
          contactPoints: [{ type: 'EMAIL', value: 'jan.zonderling@office.example', seenIn: `Page of ${NAME}` }],
          notes: `${NAME}s successor is unknown.`,
          idempotencyKey: 'organisation',
          source: { ...source, supports: ['names', `what ${NAME} says`] },
        },
        'organisation',
      )
    ).id;
    before = await read();
  });

  test('is listed by a dry run, which writes nothing', async () => {
    const hash = await fingerprint(database());
    const { changes, places, remainingIds, userErrors } = await redact({ passage: NAME, dryRun: true });
    expect({ changes, userErrors, remainingIds }).toEqual({ changes: [], userErrors: [], remainingIds: [organisation] });
    expect(places.map(({ store, field }: Json) => `${store} ${field}`)).toContain('RECORD participants');
    for (const { excerpt } of places) expect(excerpt).toMatch(/jan|JAN/i);
    expect(await fingerprint(database())).toEqual(hash);
    expect(await read()).toEqual(before);
  });

  test('is in no table afterwards, and leaves marks', async () => {
    expect(Object.keys(await tablesWith('zonderling'))).toEqual(
      expect.arrayContaining(['public.change', 'public.idempotent_answer', 'public.search_document', 'public.source']),
    );
    const { changes, places, userErrors } = await redact({ passage: NAME });
    expect(userErrors).toEqual([]);
    expect(changes.map(({ subjectId }: Json) => subjectId)).toEqual([exchange, organisation]);
    for (const { excerpt } of places) expect(excerpt).toBeNull();
    const after = await read();
    console.log(JSON.stringify(after, null, 1), await tablesWith('zonderling'));
  });
});
