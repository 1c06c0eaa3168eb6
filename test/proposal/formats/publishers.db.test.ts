import { readFileSync } from 'node:fs';
import sql from 'sql-template-tag';
import { describe, expect, test, vi } from 'vitest';
import { queryRows } from '../../../src/graph/sql/query.js';
import { ProposalPolicy } from '../../../src/proposal/proposal.enums.js';
import { testApi } from '../../support/api.js';
import type { Json } from '../../support/calls.js';
import { planFile, refusalOf, rowsOf } from '../../support/files.js';

vi.setConfig({ testTimeout: 30_000 });

const { database } = testApi();
const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

describe('Wikidata', () => {
  test('states each tie once, however many statements and references it has', async () => {
    const rows = await rowsOf('wikidata', fixture('wikidata.json'));
    expect(rows).toMatchObject([
      { place: 'result 10', problem: { rule: 'PUBLISHER_VALUE_MISSING', path: ['values', 'chinese.wikidataId'] } },
      {
        place: 'Q34370 – Q8686 (references https://www.rotterdam.nl/stedenbanden https://archive.example/rotterdam)',
        values: { 'dutch.wikidataId': 'Q34370', 'chinese.wikidataId': 'Q8686', startedOn: '1979-11-30' },
      },
      {
        place: 'Q690 – Q42651 (one-sided, stated by Q690)',
        values: { startedOn: '2015-06', 'dutch.name': 'Delft', 'ifNew.kind': 'UNKNOWN' },
      },
      {
        place: 'Q749 – Q11736 (one-sided, stated by Q749)',
        values: { startedOn: '1986', status: 'ENDED', endedOn: '2021-03-17' },
      },
      { place: 'Q803 – Q4970', values: {}, problem: { rule: 'STATEMENTS_DIFFER', path: ['values', 'startedOn'] } },
      { place: 'Q36600 – Q42622', values: {}, problem: { rule: 'STATEMENTS_DEPRECATED' } },
      { values: { 'dutch.wikidataId': 'Q9899999', 'chinese.name': 'Shanghai' } },
    ]);
    expect(rows[1]?.values['wikidata.statements']).toEqual([
      {
        guid: 'Q34370$a1',
        startedOn: '1979-11-30',
        references: ['https://www.rotterdam.nl/stedenbanden', 'https://archive.example/rotterdam'],
      },
      expect.objectContaining({ guid: 'Q8686$b1' }),
    ]);
    expect(rows[2]?.values).not.toHaveProperty('chinese.name');
    expect(rows.at(-1)?.values).not.toHaveProperty('startedOn');
  });

  test('is refused where a statement has two dates of one kind, of which none is more exact', async () => {
    const entity = (id: string) => ({ value: `http://www.wikidata.org/entity/${id}` });
    const day = (value: string) => ({ value: `${value}T00:00:00Z` });
    const rows = (...dates: Json[]) =>
      dates.map(date => ({
        dutch: entity('Q34370'),
        chinese: entity('Q8686'),
        statement: entity('statement/a'),
        ...date,
      }));
    const rowOf = async (...dates: Json[]) =>
      (await rowsOf('wikidata', JSON.stringify({ results: { bindings: rows(...dates) } })))[0];
    for (const [field, column] of [
      ['start', 'startedOn'],
      ['end', 'endedOn'],
    ] as const) {
      expect(await rowOf({ [field]: day('1979-11-30') }, { [field]: day('1981-02-03') })).toMatchObject({
        problem: { rule: 'STATEMENTS_DIFFER', params: { field: column, values: '1979-11-30, 1981-02-03' } },
      });
      const { values } = (await rowOf({ [field]: day('1979-01-01') }, { [field]: day('1979-11-30') })) as Json;
      expect([values[column], values['wikidata.statements'][0][column]]).toEqual(['1979-11-30', '1979-11-30']);
    }
  });

  test('has a verdict for each tie', async () => {
    const items = await planFile(database(), 'wikidata', 'partnerships', fixture('wikidata.json'));
    expect(items).toHaveLength(7);
    expect(items[1]).toMatchObject({ subjectId: 'tie-rotterdam-shanghai', problems: [] });
    expect(items[1].fields.map(({ field }: Json) => field)).toEqual(['startedOn']);
    expect(items[2]).toMatchObject({ verdict: 'CREATE', subjectId: null });
    const proposed = items[2].fields.map(({ field, proposed: value }: Json) => [field, value]);
    expect(Object.fromEntries(proposed)).toEqual({
      'dutch.id': 'nl-delft',
      'chinese.id': 'cn-wuxi',
      kind: 'UNKNOWN',
      startedOn: '2015-06',
    });
    expect([0, 4, 5].map(index => items[index].verdict)).toEqual(['REFUSED', 'REFUSED', 'REFUSED']);
    expect(items[6]).toMatchObject({ verdict: 'UNMATCHED' });
  });

  test('is refused if it is something else', async () => {
    expect(await refusalOf('wikidata', '{"results":{}}')).toMatchObject({ rule: 'PUBLISHER_FILE' });
    expect(await refusalOf('wikidata', '<html>')).toMatchObject({ rule: 'FILE_UNREADABLE' });
    const odd = '{"results":{"bindings":[null,1,{"dutch":{"value":{}}}]}}';
    expect(await rowsOf('wikidata', odd)).toMatchObject(
      Array(3).fill({ problem: { rule: 'PUBLISHER_VALUE_MISSING' } }),
    );
  });
});

describe('IATI', () => {
  test('has the activities in China, with what each states', async () => {
    expect(await rowsOf('iati', fixture('iati.xml'), 'programmes')).toEqual([
      {
        place: 'activity NL-KVK-27315531-CN-TEST-01',
        values: {
          iatiId: 'NL-KVK-27315531-CN-TEST-01',
          'names.nl': 'Sponssteden en water',
          'names.en': 'Sponge cities & water',
          'names.zh': '海绵城市',
          description: 'Cooperation of municipalities <in short>.',
          startedOn: '2019-03-15',
          endedOn: '2023-12-31',
          funder: 'Ministry of Foreign Affairs; Gemeente Test',
          implementer: 'VNG International',
          budgetEur: 250_000.5,
        },
      },
      {
        place: 'activity NL-KVK-27315531-CN-TEST-02',
        values: { iatiId: 'NL-KVK-27315531-CN-TEST-02', 'names.nl': 'Afval', startedOn: '2020-02-01' },
      },
      {
        place: 'activity 3',
        values: {},
        problem: expect.objectContaining({ rule: 'PUBLISHER_VALUE_MISSING', path: ['values', 'iatiId'] }),
      },
    ]);
  });

  test('has the revised budget of a period instead of the original one', async () => {
    const budget = (type: string, year: number, value: string) =>
      `<budget${type}><period-start iso-date="${year}-01-01"/><period-end iso-date="${year}-12-31"/>${value}</budget>`;
    const budgets = [
      budget(' type="1"', 2019, '<value>100</value>'),
      budget(' type="2"', 2019, '<value>70</value>'),
      budget(' type="2"', 2020, '<value>30</value>'),
      budget('', 2020, '<value currency="USD">1000</value>'),
      budget(' type="1"', 2021, '<value>5</value>'),
    ];
    const activity = `<iati-identifier>NL-1</iati-identifier><recipient-country code="CN"/>${budgets.join('')}`;
    const file = `<iati-activities><iati-activity default-currency="EUR">${activity}</iati-activity></iati-activities>`;
    expect(await rowsOf('iati', file, 'programmes')).toMatchObject([{ values: { budgetEur: 105 } }]);
  });

  test('makes new programmes of activities that the register does not have', async () => {
    const items = await planFile(database(), 'iati', 'programmes', fixture('iati.xml'));
    expect(items.map(({ verdict }) => verdict)).toEqual(['CREATE', 'CREATE', 'REFUSED']);
    expect(items.flatMap(({ problems }) => problems)).toMatchObject([{ rule: 'PUBLISHER_VALUE_MISSING' }]);
  });

  test('is refused with a document type, which entities need', async () => {
    const entities = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><iati-activities>&x;</iati-activities>';
    expect(await refusalOf('iati', entities)).toMatchObject({ rule: 'FILE_WITH_DTD' });
    const laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><iati-activities>&b;</iati-activities>';
    expect(await refusalOf('iati', laughs)).toMatchObject({ rule: 'FILE_WITH_DTD' });
    expect(await refusalOf('iati', '<iati-activities>&b;</iati-activities>')).toMatchObject({
      rule: 'FILE_UNREADABLE',
    });
    expect(await refusalOf('iati', '<iati-activities><iati-activity>')).toMatchObject({ rule: 'FILE_UNREADABLE' });
    expect(await refusalOf('iati', '<rss/>')).toMatchObject({ rule: 'PUBLISHER_FILE' });
    const empty = `<iati-activities><iati-activity>${'<a/>'.repeat(100_001)}</iati-activity></iati-activities>`;
    expect(await refusalOf('iati', empty)).toMatchObject({ rule: 'FILE_UNREADABLE', params: { format: 'IATI' } });
    const long = `<iati-activities><iati-activity>${'<title>x</title>'.repeat(200_000)}</iati-activity></iati-activities>`;
    expect(await refusalOf('iati', long)).toMatchObject({ rule: 'FILE_UNREADABLE', params: { format: 'IATI' } });
  });
});

describe('CBS', () => {
  test('has municipalities of OData by their code, without the marks of its names', async () => {
    const rows = await rowsOf('cbs', fixture('cbs-2026.json'), 'authorities');
    expect(rows.map(({ values }) => [values.cbsCode, values['names.nl']])).toEqual([
      ['GM0014', 'Groningen'],
      ['GM0518', 'Den Haag'],
      ['GM0373', 'Bergen'],
      ['GM1900', 'Súdwest-Fryslân'],
      ['GM1992', 'Voorne aan Zee'],
      [undefined, undefined],
    ]);
    expect(rows.at(-1)).toMatchObject({ place: 'value 8', problem: { rule: 'PUBLISHER_VALUE_MISSING' } });
  });

  test('has municipalities of the list as CSV, in windows-1252', async () => {
    const rows = await rowsOf('cbs', fixture('cbs-2019.csv'), 'authorities');
    expect(rows).toMatchObject([
      { place: 'row 2', values: { cbsCode: 'GM0014', 'names.nl': 'Groningen' } },
      { place: 'row 3', values: { cbsCode: 'GM1900', 'names.nl': 'Súdwest-Fryslân' } },
    ]);
  });

  test('proposes new and dissolved municipalities, and leaves those that it agrees on', async () => {
    const { UPSERT, UPDATE_ONLY } = ProposalPolicy;
    const verdicts = async (name: string, policy: ProposalPolicy) =>
      (await planFile(database(), 'cbs', 'authorities', fixture(name), policy)).map(({ verdict }) => verdict);
    expect((await verdicts('cbs-2026.json', UPDATE_ONLY)).slice(0, 3)).toEqual(['SAME', 'SAME', 'UNMATCHED']);
    const [brielle, delft] = await planFile(database(), 'cbs', 'authorities', fixture('cbs-dissolved.csv'), UPSERT);
    expect(brielle).toMatchObject({ subjectId: 'nl-brielle', verdict: 'SAME' });
    expect(delft).toMatchObject({ subjectId: 'nl-delft', fields: [{ field: 'dissolvedOn', proposed: '2026-01-01' }] });
    // The register has no municipality of this code: what it can write is proposed, and the row says what it left out.
    expect(delft?.problems).toMatchObject([{ rule: 'ROW_SUCCESSOR_MISSING', params: { code: 'GM9999' } }]);
  });

  test('proposes the successors of municipalities that merged in 2019 to 2026, but of none that was divided', async () => {
    const rows = await rowsOf('cbs', fixture('cbs-merged.csv'), 'authorities');
    const successors = rows.map(({ values }) => [values.cbsCode, values.dissolvedOn, values['succeededBy.cbsCode']]);
    expect(successors).toEqual([
      ['GM0017', '2019-01-01', 'GM0014'],
      ['GM0003', '2021-01-01', 'GM1979'],
      ['GM0788', '2021-01-01', undefined],
      ['GM0788', '2021-01-01', undefined],
      ['GM0457', '2022-03-24', 'GM0363'],
      ['GM0501', '2023-01-01', 'GM1992'],
      ['GM1696', '2026-01-01', 'GM0402'],
    ]);
    const em = database().em.fork();
    await queryRows(em, sql`update authority set succeeded_by_id = null, dissolved_on = null where id = 'nl-brielle'`);
    const items = await planFile(
      database(),
      'cbs',
      'authorities',
      fixture('cbs-merged.csv'),
      ProposalPolicy.UPDATE_ONLY,
    );
    expect(items.filter(({ verdict }) => verdict !== 'UNMATCHED')).toMatchObject([
      {
        verdict: 'REVISE',
        subjectId: 'nl-brielle',
        fields: [
          { field: 'dissolvedOn', proposed: '2023-01-01' },
          { field: 'succeededBy.id', proposed: 'nl-voorne-aan-zee' },
        ],
      },
    ]);
  });

  test('takes no value from a column without a name, and no name from a word of the language', async () => {
    const file = ';Gemeentecode;Gemeentenaam\n2019;GM0014;constructor\n2020;GM1900;toString';
    expect((await rowsOf('cbs', file, 'authorities')).map(({ values }) => values)).toEqual([
      { cbsCode: 'GM0014', country: 'NL', 'names.nl': 'constructor', 'ifNew.level': 'MUNICIPALITY' },
      { cbsCode: 'GM1900', country: 'NL', 'names.nl': 'toString', 'ifNew.level': 'MUNICIPALITY' },
    ]);
  });

  test('is refused if it is something else', async () => {
    expect(await refusalOf('cbs', '{"value":[{"a":1}]}', 'authorities')).toMatchObject({ rule: 'PUBLISHER_FILE' });
    expect(await refusalOf('cbs', 'a;b', 'authorities')).toMatchObject({ rule: 'PUBLISHER_FILE' });
  });
});
