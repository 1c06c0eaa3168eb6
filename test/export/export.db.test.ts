import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { isEnumType, isListType, isNonNullType, isObjectType, isScalarType } from 'graphql';
import readWorkbook from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { tables } from '../../src/export-tables.js';
import { createSchema } from '../../src/schema.js';
import { exportServer, type Json } from '../support/export.js';
import { type Concept, filtersOf } from '../support/filters.js';

const { get, records, ask } = exportServer();

const TYPES = ['partnerships', 'authorities', 'programmes', 'exchanges', 'organisations'] as const;
const FIELDS: Record<Concept, string> = {
  partnerships: 'Partnership',
  authorities: 'Authority',
  programmes: 'Programme',
  exchanges: 'Exchange',
  organisations: 'Organisation',
};
const COUNTS: Record<Concept, number> = {
  partnerships: 53,
  authorities: 115,
  programmes: 16,
  exchanges: 169,
  organisations: 40,
};

/** Returns the ids of a list of the API, from all pages. */
async function idsOf(type: Concept, filter?: object, orderBy?: object[]): Promise<string[]> {
  const query = `query ($filter: ${FIELDS[type]}Filter, $orderBy: [${FIELDS[type]}Order!], $after: String) {
    ${type}(first: 100, filter: $filter, orderBy: $orderBy, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await ask(query, { filter, orderBy, after });
    if (errors) throw new Error(JSON.stringify(errors));
    ids.push(...data[type].nodes.map(({ id }: Json) => id));
    if (!data[type].pageInfo.hasNextPage) return ids;
    after = data[type].pageInfo.endCursor;
  }
}

/** Parses a CSV file into rows by column header. */
const csvRows = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true });

describe.each(TYPES)('%s', type => {
  test('come with the cursor to follow from, and with their versions', async () => {
    const { data } = await ask('{ latestChangeCursor }');
    for (const format of ['csv', 'ndjson', 'xlsx', 'parquet']) {
      const response = await get(`${type}.${format}`);
      expect([format, response.headers.get('register-cursor')]).toEqual([format, data.latestChangeCursor]);
      await response.arrayBuffer();
    }
    for (const record of await records(type)) expect(record.version).toEqual(expect.any(Number));
    const [row] = csvRows(await (await get(`${type}.csv`)).text());
    expect(row).toHaveProperty('version');
  });

  test('are the same records in the same order in every format and in the API', async () => {
    const ids = await idsOf(type);
    expect(ids).toHaveLength(COUNTS[type]);
    expect((await records(type)).map(({ id }) => id)).toEqual(ids);

    const csv = await get(`${type}.csv`);
    expect(csvRows(await csv.text()).map(({ id }) => id)).toEqual(ids);

    const sheets = await readWorkbook(Buffer.from(await (await get(`${type}.xlsx`)).arrayBuffer()));
    expect(sheets.map(({ sheet }) => sheet)).toEqual([type, 'about']);
    expect(sheets[0]?.data.slice(1).map(([id]) => id)).toEqual(ids);

    const geojson = await get(`${type}.geojson`);
    const { features, errors } = (await geojson.json()) as Json;
    if (type === 'organisations') expect([geojson.status, errors[0].extensions.code]).toEqual([404, 'NOT_FOUND']);
    else expect(features.map(({ id }: Json) => id)).toEqual(ids);
  });

  test('have every value field of the API, with the same name and value', async () => {
    const schema = await createSchema();
    const names = type === 'authorities' ? ['DutchAuthority', 'ChineseAuthority'] : [FIELDS[type]];
    const selections = names.map(name => {
      const object = schema.getType(name);
      if (!isObjectType(object)) throw new Error(`${name} is no object type.`);
      const fields = Object.values(object.getFields()).flatMap(field => {
        const required = isNonNullType(field.type) ? field.type.ofType : field.type;
        const member = isListType(required) ? required.ofType : required;
        const named = isNonNullType(member) ? member.ofType : member;
        if (isScalarType(named) || isEnumType(named)) return field.args.length ? [] : [field.name];
        if (['Names', 'Coordinates', 'ContactPoint'].includes(String(named))) {
          return isObjectType(named) ? [`${field.name} { ${Object.keys(named.getFields()).join(' ')} }`] : [];
        }
        return [];
      });
      return `... on ${name} { ${fields.map(field => field.replace(/^level$/, `${name}Level: level`)).join(' ')} }`;
    });
    const exported = new Map((await records(type, { provenance: 'true' })).map(record => [record.id, record]));
    for (const part of ['first: 100', 'last: 100']) {
      const { data, errors } = await ask(
        `{ ${type}(${part}, orderBy: [{ field: ID }]) { nodes { __typename ${selections.join(' ')} } } }`,
      );
      expect(errors).toBeUndefined();
      expect(data[type].nodes.length).toBeGreaterThan(10);
      // Called as in the inputs of mutations, because `title` of the API has an argument. A title has no other names.
      for (const { __typename, [`${__typename}Level`]: level, titles, ...own } of data[type].nodes) {
        const { aliases: _, ...title } = titles ?? {};
        const node = titles ? { ...own, title } : own;
        const record = exported.get(node.id);
        expect(record).toMatchObject(level === undefined ? node : { ...node, level });
      }
    }
  });

  test('are refused for a literal that has a field twice, as by the API', async () => {
    for (const filter of ['{status:{eq:ACTIVE},status:{eq:ENDED}}', '{status:{eq:ACTIVE,eq:ENDED}}']) {
      const response = await get('partnerships.ndjson', { filter });
      expect(response.status).toBe(400);
      const { rule, params } = ((await response.json()) as Json).errors[0].extensions;
      expect([rule, params.problem]).toEqual([
        'ARGUMENT_NOT_LITERAL',
        expect.stringMatching(/^There can be only one input field named "(status|eq)"\.$/),
      ]);
    }
  });

  test('are filtered as by the API, as JSON and as a literal', async () => {
    await fc.assert(
      fc.asyncProperty(filtersOf(type), fc.boolean(), async (filter, literal) => {
        const json = JSON.stringify(filter);
        const text = literal ? json.replaceAll(/"(\w+)":/g, '$1:') : json;
        const response = await get(`${type}.ndjson`, { filter: text });
        const { data, errors } = await ask(
          `query ($filter: ${FIELDS[type]}Filter) { ${type}(first: 100, filter: $filter) { totalCount nodes { id } } }`,
          { filter },
        );
        if (errors) {
          const rejected = (await response.json()) as Json;
          expect([response.status, rejected.errors[0].message]).toEqual([400, errors[0].message]);
          return;
        }
        const lines = (await response.text()).split('\n').filter(Boolean);
        expect(lines).toHaveLength(data[type].totalCount);
        expect(lines.slice(0, 100).map(line => JSON.parse(line).id)).toEqual(
          data[type].nodes.map(({ id }: Json) => id),
        );
      }),
      { numRuns: 25 },
    );
  });

  test('are sorted as by the API', async () => {
    const orderBy = [
      { field: 'UPDATED_AT', direction: 'DESC' },
      { field: 'ID', direction: 'DESC' },
    ];
    const ids = await idsOf(type, undefined, orderBy);
    expect((await records(type, { orderBy: JSON.stringify(orderBy) })).map(({ id }) => id)).toEqual(ids);
    const literal = '[{field: UPDATED_AT, direction: DESC}, {field: ID, direction: DESC}]';
    expect((await records(type, { orderBy: literal })).map(({ id }) => id)).toEqual(ids);
  });
});

test('every record type that can be listed can be exported', () => {
  expect(tables.map(({ name }) => name).sort()).toEqual([...TYPES].sort());
});

describe('fields that an export has in another form than the API', () => {
  test('sides, status periods, and the partnership that a partnership is nested in', async () => {
    const exported = new Map((await records('partnerships')).map(record => [record.id, record]));
    const { data } = await ask(`{ partnerships(first: 100) { nodes { id status
      dutch { id level names { nl en zh } parent { id } location { latitude longitude } }
      chinese { id level names { nl en zh } parent { id } location { latitude longitude } }
      statusPeriods { status from until reason } encouragedBy { id } nestedIn { id }
      programmes(first: 100, orderBy: [{ field: ID }]) { nodes { id } } exchanges { totalCount } } } }`);
    for (const { exchanges, programmes, ...node } of data.partnerships.nodes) {
      expect(exported.get(node.id)).toMatchObject({
        ...node,
        exchangeCount: exchanges.totalCount,
        programmeIds: programmes.nodes.map(({ id }: Json) => id),
      });
    }
    expect(data.partnerships.nodes.filter(({ nestedIn }: Json) => nestedIn).length).toBeGreaterThan(5);
  });

  test('sides, partnership and programme of an exchange', async () => {
    const exported = new Map((await records('exchanges')).map(record => [record.id, record]));
    const { data } = await ask(`{ exchanges(first: 100) { nodes { id nl: title(language: NL)
      dutch { id names { nl en zh } } chinese { id names { nl en zh } }
      partnership { id } programme { id names { nl en zh } } } } }`);
    expect(data.exchanges.nodes).toHaveLength(100);
    for (const { nl, ...node } of data.exchanges.nodes) {
      expect(exported.get(node.id)).toMatchObject(node);
      const { title } = exported.get(node.id);
      expect(title.nl ?? title.en ?? title.zh).toBe(nl);
    }
  });

  test('participants of a programme', async () => {
    const exported = new Map((await records('programmes')).map(record => [record.id, record]));
    const ids = '(first: 100, orderBy: [{ field: ID }]) { nodes { id } }';
    const { data } = await ask(`{ programmes(first: 100) { nodes { id
      organisations${ids} authorities${ids} partnerships${ids} exchanges { totalCount } } } }`);
    expect(data.programmes.nodes.length).toBeGreaterThan(5);
    for (const { id, organisations, authorities, partnerships, exchanges } of data.programmes.nodes) {
      expect(exported.get(id)).toMatchObject({
        organisationIds: organisations.nodes.map((node: Json) => node.id),
        authorityIds: authorities.nodes.map((node: Json) => node.id),
        partnershipIds: partnerships.nodes.map((node: Json) => node.id),
        exchangeCount: exchanges.totalCount,
      });
    }
  });
});

describe('provenance', () => {
  test('is included on request, with every citation of the record', async () => {
    const exported = await records('partnerships', { provenance: 'true' });
    const { data } = await ask(`{ partnerships(first: 100) { nodes { id version createdAt updatedAt
      citations { supports source { title publisher url publishedOn } }
      statusPeriods { from citations { supports source { title publisher url publishedOn } } } } } }`);
    expect(data.partnerships.nodes).toHaveLength(exported.length);
    for (const [index, { citations, statusPeriods, ...node }] of data.partnerships.nodes.entries()) {
      const flat = ({ supports, source }: Json) => ({ ...source, supports });
      expect(exported[index]).toMatchObject({ ...node, sources: citations.map(flat) });
      const ofPeriods = statusPeriods.flatMap(({ from, citations }: Json) =>
        citations.map((citation: Json) => ({ ...flat(citation), from })),
      );
      expect(exported[index].statusPeriodSources).toHaveLength(ofPeriods.length);
      expect(exported[index].statusPeriodSources).toEqual(expect.arrayContaining(ofPeriods));
    }
    const [row] = csvRows(await (await get('partnerships.csv', { provenance: 'true' })).text());
    expect(row?.sources).toMatch(
      /^VNG: Decentrale relaties .+ \(2022\) https:\/\/vng\.nl\/\S+ \[startedOn, origin\]; /,
    );
  });

  test('is omitted by default; the confidence of a record and its version are not', async () => {
    for (const parameters of [{}, { provenance: 'false' }]) {
      const [record] = await records('partnerships', parameters);
      expect(record).toMatchObject({ confidence: 'SOURCED', version: 1 });
      for (const name of ['sources', 'createdAt', 'updatedAt', 'statusPeriodSources']) {
        expect(record).not.toHaveProperty(name);
      }
    }
  });
});
