import { root } from '../../src/config/config.js';
import type { Database } from '../../src/database/open.js';
import { readSeeds } from '../../src/database/seed/seed.js';
import { ExchangeKind } from '../../src/exchange/exchange.enums.js';
import { sortKey } from '../../src/graph/types/text.js';
import { OrganisationKind } from '../../src/organisation/organisation.enums.js';
import { PartnershipKind, PartnershipStatus } from '../../src/partnership/partnership.enums.js';
import { Confidence } from '../../src/source/confidence.js';

const { authorities, organisations, partnerships, programmes, exchanges } = await readSeeds(new URL('seeds/', root));

/** One programme that all of these take part in, and an organisation and a tie that take part in every programme. */
const CROWDED = 'prog-vngi-iurc-china';
const PROVINCE = 'nl-prov-zuid-holland';
const [BUSY_ORGANISATION, BUSY_TIE] = ['org-vng', 'tie-rotterdam-shanghai'];
const dutch = authorities.filter(({ country }) => country === 'NL');
for (const programme of programmes) {
  const isCrowded = programme.id === CROWDED;
  const joined = (own: string[], crowd: { id: string }[], busy: string[]) => [
    ...new Set([...own, ...busy, ...(isCrowded ? crowd.map(({ id }) => id) : [])]),
  ];
  programme.authorities = joined(programme.authorities, dutch, []);
  programme.organisations = joined(programme.organisations, organisations, [BUSY_ORGANISATION]);
  programme.partnerships = joined(programme.partnerships, partnerships, [BUSY_TIE]);
}

/** Records change in bulk, so at the same moment: seven moments for all of them. */
const moment = ({ id }: { id: string }) => id.length % 7;

/** Makes of a freshly seeded register what `lists` says of it: long lists, and moments of change that differ. */
export async function crowd({ em }: Database): Promise<void> {
  const execute = (statement: string) => em.getConnection().execute(statement);
  for (const table of ['authority', 'organisation', 'partnership', 'programme', 'exchange']) {
    const at = `timestamptz '2026-03-29 00:59:58.5Z' + length(id) % 7 * interval '1.25 s'`;
    await execute(`update ${table} set updated_at = ${at}`);
  }
  const join = (link: string, records: string) =>
    execute(`insert into programme_${link} ${records} on conflict do nothing`);
  await join('authority', `select '${CROWDED}', id from authority where country = 'NL'`);
  await join('organisation', `select '${CROWDED}', id from organisation`);
  await join('partnership', `select '${CROWDED}', id from partnership`);
  await join('organisation', `select id, '${BUSY_ORGANISATION}' from programme`);
  await join('partnership', `select id, '${BUSY_TIE}' from programme`);
}

type Key = string | number | null;
type Keys = Record<string, (id: string) => Key>;
type Names = { en?: string; nl?: string; pinyin?: string; zh?: string };

/** The place of a value among those of its enum. */
const place = (value: string, values: Record<string, string>) => Object.values(values).indexOf(value);
const nameKey = ({ en, nl, pinyin, zh }: Names) => sortKey(en ?? nl ?? pinyin ?? zh ?? '');
const day = (date: string | null) => date && `${date}-01-01`.slice(0, 10);
const start = ({ startedOn }: { startedOn: string | null }) => day(startedOn);
const end = ({ endedOn }: { endedOn: string | null }) => day(endedOn);
const hasSide = (id: string) => (record: { dutch: string | null; chinese: string | null }) =>
  record.dutch === id || record.chinese === id;
const ids = <R extends { id: string }>(records: R[], belongs: (record: R) => boolean = () => true) =>
  records.filter(belongs).map(({ id }) => id);

const shared = { ID: ({ id }: { id: string }) => id, UPDATED_AT: moment };

function keysBy<R extends { id: string }>(records: R[], fields: Record<string, (record: R) => Key>): Keys {
  const byId = new Map(records.map(record => [record.id, record]));
  const all = Object.entries<(record: R) => Key>({ ...shared, ...fields });
  return Object.fromEntries(all.map(([field, key]) => [field, id => key(byId.get(id) as R)]));
}

const authorityKeys = keysBy(authorities, {
  NAME: ({ names }) => nameKey(names),
  PARTNERSHIP_COUNT: ({ id }) => ids(partnerships, hasSide(id)).length,
  EXCHANGE_COUNT: ({ id }) => ids(exchanges, hasSide(id)).length,
});
const nameOf = (id: string) => authorityKeys.NAME?.(id) ?? null;

/** Sort values of the records of each type, read from the seeds. */
export const keys: Record<string, Keys> = {
  Authority: authorityKeys,
  Organisation: keysBy(organisations, {
    NAME: ({ names }) => nameKey(names),
    KIND: ({ kind }) => place(kind, OrganisationKind),
    CONFIDENCE: ({ confidence }) => place(confidence, Confidence),
  }),
  Partnership: keysBy(partnerships, {
    DUTCH_NAME: record => nameOf(record.dutch),
    CHINESE_NAME: record => nameOf(record.chinese),
    STARTED_ON: start,
    ENDED_ON: end,
    LAST_EVIDENCE_ON: ({ lastEvidenceOn }) => day(lastEvidenceOn),
    EXCHANGE_COUNT: ({ id }) => ids(exchanges, record => record.partnership === id).length,
    STATUS: ({ status }) => place(status, PartnershipStatus),
    KIND: ({ kind }) => place(kind, PartnershipKind),
    CONFIDENCE: ({ confidence }) => place(confidence, Confidence),
  }),
  Programme: keysBy(programmes, {
    NAME: ({ names }) => nameKey(names),
    STARTED_ON: start,
    ENDED_ON: end,
    PARTNERSHIP_COUNT: record => record.partnerships.length,
    EXCHANGE_COUNT: ({ id }) => ids(exchanges, record => record.programme === id).length,
    CONFIDENCE: ({ confidence }) => place(confidence, Confidence),
  }),
  Exchange: keysBy(exchanges, {
    TITLE: ({ title }) => nameKey(title),
    STARTED_ON: start,
    ENDED_ON: end,
    KIND: ({ kind }) => place(kind, ExchangeKind),
    STATUS: ({ status }) => ['AGREED', 'ANNOUNCED', 'PLANNED', 'ONGOING', 'PARTLY_REALISED', 'HELD'].indexOf(status),
    CONFIDENCE: ({ confidence }) => place(confidence, Confidence),
  }),
};

/** The name that a search sorts a record of any type by. */
export function searchName(id: string): Key {
  const fields = { tie: keys.Partnership?.DUTCH_NAME, exch: keys.Exchange?.TITLE } as Keys;
  const others = { prog: keys.Programme?.NAME, org: keys.Organisation?.NAME } as Keys;
  return ({ ...fields, ...others }[id.slice(0, id.indexOf('-'))] ?? nameOf)(id);
}

/** One item of `orderBy`. */
export interface Order {
  field: string;
  direction?: 'ASC' | 'DESC';
  nulls?: 'FIRST' | 'LAST';
}

/** Texts by their bytes, numbers by size; the unknown where it is wanted, whichever the direction. */
function compare(a: Key, b: Key, { direction = 'ASC', nulls = 'LAST' }: Order): number {
  if (a === null || b === null) return a === b ? 0 : (a === null) === (nulls === 'FIRST') ? -1 : 1;
  const order = typeof a === 'number' ? a - Number(b) : Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
  return direction === 'ASC' ? order : -order;
}

/** Ids in order; those that are alike in it by id, in the direction of its last step. */
export function sorted(unsorted: string[], type: string, orderBy: Order[]): string[] {
  const steps = [...orderBy, { ...orderBy.at(-1), field: 'ID' }].map(step => {
    const key = keys[type]?.[step.field];
    if (!key) throw new Error(`${type} is not sorted by ${step.field}.`);
    return (a: string, b: string) => compare(key(a), key(b), step);
  });
  return unsorted.toSorted((a, b) => {
    for (const step of steps) {
      const order = step(a, b);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** A list of the API: where it stands, what it holds, and how it is sorted when nothing is said. */
export interface List {
  name: string;
  type: string;
  /** The field it hangs under, if any; of several such the first that is answered. */
  parent?: string;
  field: string;
  /** Arguments of its field besides those of a page. */
  argument?: string;
  filter?: object;
  ids: string[];
  byDefault: Order[];
  canSort: boolean;
}

function list(name: string, type: string, members: string[], parent?: string, canSort = true): List {
  const byDefault = [{ field: keys[type]?.STARTED_ON ? 'STARTED_ON' : 'NAME' }];
  return {
    name,
    type,
    ...(parent && { parent }),
    field: name.split('.').at(-1) ?? name,
    ids: members,
    byDefault,
    canSort,
  };
}

/** The list under the parent that has most. */
function fullest<R extends { id: string }>(
  name: string,
  type: string,
  parents: R[],
  membersOf: (parent: R) => string[],
  canSort = true,
): List {
  const [most] = parents
    .map(parent => ({ id: parent.id, ids: membersOf(parent) }))
    .sort((a, b) => b.ids.length - a.ids.length);
  return list(name, type, most?.ids ?? [], `${name.split('.')[0]?.toLowerCase()}(id: "${most?.id}")`, canSort);
}

/** The list of the group that has most, which the API gives first. */
function largest<R extends { id: string }>(
  field: string,
  type: string,
  by: string,
  records: R[],
  keysOf: (record: R) => (string | null)[],
): List {
  const groups = new Map<string | null, string[]>();
  for (const record of records) {
    for (const key of keysOf(record)) groups.set(key, [...(groups.get(key) ?? []), record.id]);
  }
  const [most] = [...groups.values()].sort((a, b) => b.length - a.length);
  const parent = `${type.toLowerCase()}Groups(by: [${by}], orderBy: { field: COUNT, direction: DESC })`;
  return list(`${type}Group by ${by}.${field}`, type, most ?? [], parent, false);
}

const tie = new Map(partnerships.map(partnership => [partnership.id, partnership]));
const provinceOf = new Map(authorities.map(({ id, parent }) => [id, parent ?? id]));
const liesIn = (outer: string) => (inner: (typeof partnerships)[number]) => {
  const sides = (['dutch', 'chinese'] as const).map(side => [inner[side], tie.get(outer)?.[side] ?? ''] as const);
  const isSame = sides.every(([inside, province]) => inside === province);
  const areHeld = sides.every(([inside, it]) => provinceOf.get(it) === it && provinceOf.get(inside) === it);
  return areHeld && !isSame;
};

/** Every connection of the API but `search`; nested ones under the parent where they are longest. */
export const lists: List[] = [
  list('authorities', 'Authority', ids(authorities)),
  list('organisations', 'Organisation', ids(organisations)),
  list('partnerships', 'Partnership', ids(partnerships)),
  list('programmes', 'Programme', ids(programmes)),
  list('exchanges', 'Exchange', ids(exchanges)),
  fullest('Authority.partnerships', 'Partnership', authorities, ({ id }) => ids(partnerships, hasSide(id))),
  fullest('Authority.exchanges', 'Exchange', authorities, ({ id }) => ids(exchanges, hasSide(id))),
  fullest(
    'Authority.children',
    'Authority',
    authorities,
    ({ id }) => ids(authorities, record => record.parent === id),
    false,
  ),
  fullest('Partnership.exchanges', 'Exchange', partnerships, ({ id }) =>
    ids(exchanges, record => record.partnership === id),
  ),
  fullest('Partnership.nested', 'Partnership', partnerships, ({ id }) => ids(partnerships, liesIn(id)), false),
  fullest('Partnership.programmes', 'Programme', partnerships, ({ id }) =>
    ids(programmes, record => record.partnerships.includes(id)),
  ),
  fullest('Organisation.programmes', 'Programme', organisations, ({ id }) =>
    ids(programmes, record => record.organisations.includes(id)),
  ),
  fullest('Programme.organisations', 'Organisation', programmes, record => record.organisations),
  fullest('Programme.authorities', 'Authority', programmes, record => record.authorities),
  fullest('Programme.partnerships', 'Partnership', programmes, record => record.partnerships),
  fullest('Programme.exchanges', 'Exchange', programmes, ({ id }) => ids(exchanges, record => record.programme === id)),
  largest('partnerships', 'Partnership', 'STATUS', partnerships, ({ status }) => [status]),
  largest('partnerships', 'Partnership', 'THEME', partnerships, ({ themes }) => (themes.length ? themes : [null])),
  list(
    'PartnershipGroup without a THEME.partnerships',
    'Partnership',
    ids(partnerships, ({ themes }) => themes.length === 0),
    'partnershipGroups(by: [THEME], filter: { themes: { none: {} } })',
    false,
  ),
  largest('exchanges', 'Exchange', 'KIND', exchanges, ({ kind }) => [kind]),
  largest('exchanges', 'Exchange', 'PROGRAMME', exchanges, ({ programme }) => [programme]),
  {
    ...list(
      'partnerships',
      'Partnership',
      ids(partnerships, ({ dutch: side }) => provinceOf.get(side) === PROVINCE),
    ),
    name: 'partnerships of a province',
    filter: { dutch: { within: PROVINCE } },
  },
];

/** The results of a search with their ranks, as a list that is sorted by rank, type and name. */
export function searched(query: string, ranks: ReadonlyMap<string, number>): List {
  const types = ['nl', 'cn', 'tie', 'prog', 'exch', 'org'];
  keys.SearchResult = {
    ID: id => id,
    RANK: id => ranks.get(id) ?? 0,
    TYPE: id => Math.max(1, types.indexOf(id.slice(0, id.indexOf('-')))),
    NAME: searchName,
  };
  const byDefault: Order[] = [{ field: 'RANK', direction: 'DESC' }, { field: 'TYPE' }, { field: 'NAME' }];
  const ranked = list('search', 'SearchResult', [...ranks.keys()], undefined, false);
  return { ...ranked, argument: `query: ${JSON.stringify(query)},`, byDefault };
}
