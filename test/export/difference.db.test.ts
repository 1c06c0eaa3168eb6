import { parse } from 'csv-parse/sync';
import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { differenceTable, withDifferences } from '../../src/export/difference.js';
import { exportRequest } from '../../src/export/request.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { createService } from '../../src/server/service.js';
import { exportServer, type Json } from '../support/export.js';
import { WITHOUT_COST } from '../support/protection.js';
import { RandomEditor } from '../support/random-edits.js';

const { database, get, records, ask } = exportServer();

const TYPES = ['partnerships', 'authorities', 'programmes', 'exchanges', 'organisations'];
/** Columns that other records determine, or other columns. */
const DERIVED = new Set(['attribution', 'version', 'partnershipCount', 'exchangeCount', 'nestedIn', 'partnershipIds']);
const FACT_OF_COLUMN: Record<string, string> = {
  cbsCode: 'code',
  gbCode: 'code',
  programmeIds: 'programmes',
  organisationIds: 'organisations',
  authorityIds: 'authorities',
};

/** Returns the known members of a value: an export has all languages of a name, the log those that are known. */
const withoutNulls = (value: Json): Json =>
  value?.constructor === Object
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
    : value;

/** Returns the facts of a period: its end follows from the next one, and the log says who decided if that is known. */
const periodFacts = ({ until: _, decidedBy, ...period }: Json): Json =>
  decidedBy === 'UNKNOWN' ? period : { ...period, decidedBy };

/** Returns the facts in a record of an export, by their names in the log. */
function factsOf(record: Json): Json {
  const facts: Json = {};
  for (const [column, value] of Object.entries<Json>(record)) {
    if (DERIVED.has(column) || value === null) continue;
    const isReference = value.constructor === Object && 'id' in value;
    const fact = column === 'statusPeriods' ? value.map(periodFacts) : withoutNulls(value);
    facts[FACT_OF_COLUMN[column] ?? column] = isReference ? value.id : fact;
  }
  return facts;
}

/** Returns the facts of all records by id, from the five exports. */
async function allFacts(): Promise<Map<string, Json>> {
  const facts = new Map<string, Json>();
  for (const type of TYPES) for (const record of await records(type)) facts.set(record.id, factsOf(record));
  return facts;
}

const latest = async (): Promise<string> => (await ask('{ latestChangeCursor }')).data.latestChangeCursor;

let [from, to] = ['', ''];
let [before, after] = [new Map<string, Json>(), new Map<string, Json>()];

beforeAll(async () => {
  const service = await createService(database(), console.error, { protection: WITHOUT_COST });
  const editor = new RandomEditor(database(), service, Math.random);
  for (let edit = 0; edit < 10; edit += 1) await editor.edit();
  [from, before] = [await latest(), await allFacts()];
  for (let edit = 0; edit < 80; edit += 1) {
    await editor.edit();
    // After each edit: a connection that is idle for long is closed by the server.
    to = await latest();
  }
  after = await allFacts();
  await service.close();
}, 120_000);

describe('/export/difference', () => {
  test('applied to the old exports it gives the new ones', async () => {
    const differences = await records('difference', { from, to });
    expect(differences.length).toBeGreaterThan(30);
    const copy = structuredClone(before);
    for (const { subjectId, kind, fields } of differences) {
      expect(copy.has(subjectId)).toBe(kind !== 'CREATED');
      if (kind === 'WITHDRAWN') {
        copy.delete(subjectId);
        continue;
      }
      const facts = copy.get(subjectId) ?? {};
      for (const { field, after: value } of fields) {
        if (field === 'citations') continue;
        // An export has null for a text in no language.
        if (value === null || (value.constructor === Object && !Object.keys(value).length)) delete facts[field];
        else facts[field] = withoutNulls(value);
      }
      copy.set(subjectId, facts);
    }
    expect(copy).not.toEqual(before);
    expect(copy).toEqual(after);
  });

  test('has the differences of the API, in NDJSON a line for each', async () => {
    const filter = '{kinds: [CREATED, REVISED], fields: ["notes", "names"]}';
    const { data } = await ask(
      `query($from: String!, $to: String) { difference(from: $from, to: $to, filter: ${filter}, first: 100) {
        nodes { subjectType subjectId kind fields { field before after } changes { cursor } } } }`,
      { from, to },
    );
    const wanted = data.difference.nodes.map(({ changes, ...node }: Json) => ({
      ...node,
      changes: changes.map(({ cursor }: Json) => cursor),
    }));
    expect(wanted.length).toBeGreaterThan(0);
    const lines = await records('difference', { from, to, filter });
    expect(lines.map(({ attribution: _, ...line }) => line)).toEqual(wanted);
  });

  test('in CSV has a row for each field; texts without quotes, other values as JSON', async () => {
    const response = await get('difference.csv', { from, to });
    expect(response.headers.get('content-disposition')).toContain('stedenband-difference-');
    const rows = parse(await response.text(), { bom: true, columns: true }) as Record<string, string>[];
    const cell = (value: Json) => (value === null ? '' : typeof value === 'string' ? value : undefined);
    const wanted = (await records('difference', { from, to })).flatMap(({ subjectId, kind, fields, changes }) =>
      fields.map((field: Json) => ({ subjectId, kind, ...field, changes: changes.join('; ') })),
    );
    expect(rows).toHaveLength(wanted.length);
    for (const [index, { subjectId, kind, field, before, after, changes }] of wanted.entries()) {
      const row = rows[index] as Record<string, string>;
      expect(row).toMatchObject({ subjectId, kind, field, changes });
      for (const [text, value] of [[row.before, before] as const, [row.after, after] as const]) {
        // An apostrophe stands before what a spreadsheet would evaluate.
        if (cell(value) === undefined) expect(JSON.parse(text as string)).toEqual(value);
        else expect([text, text?.replace(/^'/, '')]).toContain(cell(value));
      }
    }
  });

  test('without to ends at the present, and has a tag until the register changes', async () => {
    expect(await records('difference', { from })).toEqual(await records('difference', { from, to: await latest() }));
    const tag = (await get('difference.csv', { from })).headers.get('etag') as string;
    expect((await get('difference.csv', { from }, { headers: { 'if-none-match': tag } })).status).toBe(304);
  });

  test('without to has the changes since its request was read, too: its header names the last one', async () => {
    const em = database().em.fork();
    const service = await createService(database(), console.error, { protection: WITHOUT_COST });
    const parameters = new URLSearchParams({ from: await latest() });
    const request = exportRequest(service.schema, [differenceTable], 'difference.ndjson', parameters);
    const { selection } = await withDifferences(em, request);
    await new RandomEditor(database(), service, Math.random).edit();
    await service.close();
    const rows = await queryRows<{ changes: string[] }>(em, sql`select d.changes from ${selection.table.from}`);
    expect(rows).toEqual([{ changes: [await latest()] }]);
  });

  test.each(['csv', 'ndjson', 'xlsx'])(
    'with to is for ever, as %s: later changes leave its tag and its bytes',
    async format => {
      const changes = (await ask('{ changes(last: 20) { nodes { cursor recordedAt } } }')).data.changes.nodes;
      const [middle] = changes;
      const send = () => get(`difference.${format}`, { from, to: middle.cursor });
      const response = await send();
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('register-cursor')).toBe(middle.cursor);
      expect(response.headers.get('content-disposition')).toContain(
        `stedenband-difference-known-at-${middle.recordedAt.replaceAll(':', '-')}.`,
      );
      const bytes = Buffer.from(await response.arrayBuffer());
      const service = await createService(database(), console.error, { protection: WITHOUT_COST });
      await new RandomEditor(database(), service, Math.random).edit();
      await service.close();
      const again = await send();
      expect(again.headers.get('etag')).toBe(response.headers.get('etag'));
      expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true);
    },
  );

  test('at a past moment ends at it', async () => {
    const middle = (await ask(`{ changes(last: 20) { nodes { cursor } } }`)).data.changes.nodes[0].cursor;
    const past = await records('difference', { from, knownAt: middle });
    expect(past).toEqual(await records('difference', { from, to: middle }));
    expect(past.length).toBeLessThan((await records('difference', { from })).length);
    expect((await get('difference.csv', { from, to, knownAt: middle })).status).toBe(400);
  });

  test.each<[Record<string, string>, code: string, text: string]>([
    [{}, 'BAD_USER_INPUT', 'The export difference needs from'],
    [{ from: '2026-11-24' }, 'INVALID_MOMENT', 'is a day, not a moment'],
    [{ from: 'FROM', to: '9999-01-01T00:00:00Z' }, 'MOMENT_IN_FUTURE', 'is after'],
    [{ from: 'FROM', filter: '{fields: ["startdOn"]}' }, 'BAD_USER_INPUT', 'no record has a field "startdOn"'],
    [{ from: 'FROM', filter: '{kinds: [MADE]}' }, 'BAD_USER_INPUT', 'MADE'],
    [{ from: 'FROM', orderBy: '[]' }, 'BAD_USER_INPUT', 'an export accepts from, to, filter, separator, knownAt'],
  ])('%j is refused', async (parameters, code, text) => {
    const asked = parameters.from === 'FROM' ? { ...parameters, from } : parameters;
    const response = await get('difference.csv', asked);
    const [error] = ((await response.json()) as Json).errors;
    expect([response.status, error.extensions.code]).toEqual([400, code]);
    expect(error.message).toContain(text);
  });

  test('has no locations', async () => {
    expect((await get('difference.geojson', { from })).status).toBe(404);
  });
});
