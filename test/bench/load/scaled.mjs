// The register a hundred times over: made-up authorities, ties, programmes and exchanges around the real ones.
import { random } from './random.mjs';

/** Total numbers, the real records included. */
export const SIZES = { authority: 5_000, partnership: 100_000, programme: 1_000, exchange: 1_000_000 };
/** Ties that a made-up programme carries. */
const TIES_A_PROGRAMME = 50;

const DUTCH = {
  begin: [
    'Oude',
    'Nieuwe',
    'Zand',
    'Water',
    'Heer',
    'Roosen',
    'Wijk',
    'Linde',
    'Vlie',
    'Berg',
    'Duin',
    'Molen',
    'Eem',
    'Kerk',
    'Hoog',
  ],
  end: [
    'dam',
    'burg',
    'dijk',
    'huizen',
    'loo',
    'veen',
    'wolde',
    'kerk',
    'hoven',
    'drecht',
    'lo',
    'beek',
    'broek',
    'stede',
    'meer',
  ],
};
const CHINESE = [
  ['南', 'nan'],
  ['北', 'bei'],
  ['东', 'dong'],
  ['西', 'xi'],
  ['海', 'hai'],
  ['江', 'jiang'],
  ['山', 'shan'],
  ['湖', 'hu'],
  ['安', 'an'],
  ['宁', 'ning'],
  ['州', 'zhou'],
  ['阳', 'yang'],
  ['昌', 'chang'],
  ['德', 'de'],
  ['清', 'qing'],
  ['泉', 'quan'],
  ['林', 'lin'],
  ['平', 'ping'],
];
const WORDS = [
  'water',
  'port',
  'museum',
  'school',
  'trade',
  'harbour',
  'garden',
  'festival',
  'orchestra',
  'summit',
  'delegation',
  'workshop',
  'exhibition',
  'agreement',
  'training',
];
const KINDS = ['CULTURAL', 'SCHOOL', 'ECONOMIC', 'TECHNICAL', 'GOVERNANCE'];
const THEMES = ['TRADE', 'WATER', 'AGRICULTURE', 'CULTURE', 'EDUCATION', 'SPATIAL_PLANNING', 'ENVIRONMENT', 'HEALTH'];
const MOTIVES = ['FACILITATE_BUSINESS', 'COMPARABLE_ECONOMY', 'COMPARABLE_GEOGRAPHY', 'CULTURE', 'FRIENDSHIP'];
const two = number => String(number).padStart(2, '0');
const capital = text => text[0].toUpperCase() + text.slice(1);

/** A date as exactly as sources know such dates: a day, a month or only a year. */
function partialDate({ below, next }, from, years) {
  const year = from + below(years);
  const exact = next();
  if (exact < 0.4) return String(year);
  const month = `${year}-${two(1 + below(12))}`;
  return exact < 0.6 ? month : `${month}-${two(1 + below(28))}`;
}

/**
 * Makes the records that are missing to the sizes above; the same in every run.
 *
 * @param real Ids that the register holds: `provinces` by country, and how many records of each concept.
 * @param text The register's own `fold`, `compact`, `sortKey`, `termsOf`, `termsOfName`, `tsvector`, `periodsFromFacts`, `periodId`.
 */
export function scaled(real, text) {
  const { compact, fold, periodId, periodsFromFacts, sortKey, termsOf, termsOfName, tsvector } = text;
  const dice = random(20_261_124);

  const sides = { nl: [], cn: [] };
  const authorities = [];
  for (let i = 0; i < SIZES.authority - real.authority; i += 1) {
    const country = i % 2 ? 'cn' : 'nl';
    const names = country === 'nl' ? dutchName(dice, i) : chineseName(dice, i);
    const all = Object.values(names).flat();
    const authority = {
      id: `${country}-scaled-${i}`,
      country: country.toUpperCase(),
      level: country === 'nl' ? 'MUNICIPALITY' : 'PREFECTURE_LEVEL_CITY',
      names,
      sortName: sortKey(names.en),
      parent: dice.pick(real.provinces[country]),
      own: [...new Set(all.flatMap(name => [fold(name), compact(name)]))],
      terms: [...new Set(all.flatMap(termsOfName))],
      folded: fold(names[country === 'nl' ? 'nl' : 'zh']),
    };
    sides[country].push(authority);
    authorities.push(authority);
  }

  const partnerships = [];
  const pairs = sides.nl.length * sides.cn.length;
  for (let i = 0; i < SIZES.partnership - real.partnership; i += 1) {
    // A step that shares no factor with the number of pairs meets each of them once.
    const pair = (i * 15_485_863) % pairs;
    const status = dice.pick([
      'ACTIVE',
      'ACTIVE',
      'ACTIVE',
      'ACTIVE',
      'ACTIVE',
      'DORMANT',
      'ENDED',
      'UNKNOWN',
      'UNKNOWN',
    ]);
    const startedOn = dice.next() < 0.03 ? null : partialDate(dice, 1973, 45);
    const changedOn = status === 'ENDED' || status === 'DORMANT' ? partialDate(dice, 2019, 7) : null;
    partnerships.push({
      id: `tie-scaled-${i}`,
      dutch: sides.nl[pair % sides.nl.length],
      chinese: sides.cn[Math.floor(pair / sides.nl.length)],
      kind: dice.pick(['SISTER_CITY', 'FRIENDSHIP', 'COOPERATION']),
      status,
      statusSince: changedOn,
      startedOn,
      endedOn: status === 'ENDED' ? changedOn : null,
      lastEvidenceOn: partialDate(dice, 2019, 7),
      motives: [dice.pick(MOTIVES)],
      themes: [...new Set([dice.pick(THEMES), dice.pick(THEMES)])],
    });
  }

  const programmes = Array.from({ length: SIZES.programme - real.programme }, (_, i) => {
    const en = `${capital(dice.pick(WORDS))} and ${dice.pick(WORDS)} programme ${i}`;
    return {
      id: `prog-scaled-${i}`,
      names: { en, aliases: [] },
      sortName: sortKey(en),
      startedOn: partialDate(dice, 1990, 34),
    };
  });

  function* links() {
    const [ties, others] = [partnerships.length, random(7)];
    for (const { id } of programmes) {
      const carried = new Set();
      while (carried.size < Math.min(TIES_A_PROGRAMME, ties)) carried.add(others.below(ties));
      for (const tie of carried) yield [id, partnerships[tie].id];
    }
  }

  /** Everything about an exchange follows from its number, so that it can be made anew for search. */
  function* exchanges() {
    const generator = random(42);
    for (let i = 0; i < SIZES.exchange - real.exchange; i += 1) {
      const tie = generator.next() < 0.95 ? generator.pick(partnerships) : null;
      const en = `${capital(generator.pick(WORDS))} ${generator.pick(WORDS)} ${i}`;
      yield {
        id: `exch-scaled-${i}`,
        kind: generator.pick(KINDS),
        en,
        sortName: fold(en),
        status: generator.next() < 0.8 ? 'HELD' : 'PLANNED',
        startedOn: generator.next() < 0.03 ? null : partialDate(generator, 1975, 50),
        tie,
        programme: generator.next() < 0.1 ? generator.pick(programmes).id : null,
      };
    }
  }

  const bySides = ({ dutch, chinese }) => ({
    terms: [...dutch.terms, ...chinese.terms],
    fields: { 'dutch.names.nl': dutch.folded, 'chinese.names.zh': chinese.folded },
  });

  function* documents() {
    for (const { id, sortName, own, terms, country, folded } of authorities) {
      const fields = { [country === 'NL' ? 'names.nl' : 'names.zh']: folded };
      yield [id, 'AUTHORITY', sortName, own, tsvector(terms), tsvector(terms), fields];
    }
    for (const tie of partnerships) {
      const { terms, fields } = bySides(tie);
      const themes = tie.themes.join(' ');
      yield [
        tie.id,
        'PARTNERSHIP',
        tie.dutch.sortName,
        [],
        tsvector(terms),
        tsvector([...terms, ...termsOf(themes)]),
        { ...fields, themes: fold(themes) },
      ];
    }
    for (const { id, sortName, names } of programmes) {
      const terms = tsvector(termsOfName(names.en));
      yield [
        id,
        'PROGRAMME',
        sortName,
        [fold(names.en), compact(names.en)],
        terms,
        terms,
        { 'names.en': fold(names.en) },
      ];
    }
    for (const { id, sortName, tie } of exchanges()) {
      const { terms, fields } = tie ? bySides(tie) : { terms: [], fields: {} };
      const whole = sortName.replaceAll(' ', '');
      const vector = tsvector([...sortName.split(' '), whole, ...terms]);
      yield [id, 'EXCHANGE', sortName, [sortName, whole], vector, vector, { 'title.en': sortName, ...fields }];
    }
  }

  const mapped = function* (records, row) {
    for (const record of records) yield row(record);
  };

  /** Table by table in the order of the foreign keys: columns, how many rows, the rows. */
  return [
    {
      table: 'authority',
      columns: ['id', 'country', 'level', 'names', 'sort_name', 'parent_id'],
      count: authorities.length,
      rows: () => mapped(authorities, a => [a.id, a.country, a.level, a.names, a.sortName, a.parent]),
    },
    {
      table: 'partnership',
      columns: [
        'id',
        'dutch_id',
        'chinese_id',
        'kind',
        'status',
        'status_since',
        'started_on',
        'ended_on',
        'last_evidence_on',
        'origin',
        'motives',
        'themes',
        'confidence',
      ],
      count: partnerships.length,
      rows: () =>
        mapped(partnerships, p => [
          p.id,
          p.dutch.id,
          p.chinese.id,
          p.kind,
          p.status,
          p.statusSince,
          p.startedOn,
          p.endedOn,
          p.lastEvidenceOn,
          'UNKNOWN',
          p.motives,
          p.themes,
          'UNVERIFIED',
        ]),
    },
    {
      table: 'status_period',
      columns: ['id', 'partnership_id', 'status', 'from_on'],
      count: partnerships.length * 1.2,
      rows: function* () {
        for (const tie of partnerships) {
          for (const { status, fromOn } of periodsFromFacts(tie))
            yield [periodId(tie.id, fromOn), tie.id, status, fromOn];
        }
      },
    },
    {
      table: 'programme',
      columns: ['id', 'names', 'sort_name', 'in_vng_international_portfolio', 'started_on', 'confidence'],
      count: programmes.length,
      rows: () => mapped(programmes, p => [p.id, p.names, p.sortName, false, p.startedOn, 'UNVERIFIED']),
    },
    {
      table: 'programme_partnership',
      columns: ['programme_id', 'partnership_id'],
      count: programmes.length * TIES_A_PROGRAMME,
      rows: links,
    },
    {
      table: 'exchange',
      columns: [
        'id',
        'kind',
        'title',
        'sort_name',
        'status',
        'recurring',
        'started_on',
        'dutch_id',
        'chinese_id',
        'partnership_id',
        'under_partnership',
        'programme_id',
        'confidence',
      ],
      count: SIZES.exchange - real.exchange,
      rows: () =>
        mapped(exchanges(), e => [
          e.id,
          e.kind,
          { en: e.en },
          e.sortName,
          e.status,
          false,
          e.startedOn,
          e.tie?.dutch.id,
          e.tie?.chinese.id,
          e.tie?.id,
          e.tie !== null,
          e.programme,
          'UNVERIFIED',
        ]),
    },
    {
      table: 'search_document',
      columns: ['id', 'type', 'sort_name', 'names', 'title', 'terms', 'fields'],
      count: authorities.length + partnerships.length + programmes.length + SIZES.exchange - real.exchange,
      rows: documents,
    },
  ];
}

function dutchName({ pick }, i) {
  const nl = `${pick(DUTCH.begin)}${pick(DUTCH.end)} ${i}`;
  return { nl, en: nl, aliases: [] };
}

function chineseName({ pick }, i) {
  const signs = [pick(CHINESE), pick(CHINESE), pick(CHINESE)];
  const pinyin = `${capital(signs.map(([, latin]) => latin).join(''))} ${i}`;
  return { zh: `${signs.map(([sign]) => sign).join('')}市`, pinyin, en: pinyin, aliases: [] };
}
