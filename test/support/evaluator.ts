import type {
  AuthoritySeed,
  ExchangeSeed,
  OrganisationSeed,
  PartnershipSeed,
  ProgrammeSeed,
  Seeds,
} from '../../src/database/seed/seed.schemas.js';
import { fold } from '../../src/graph/types/text.js';

/** A filter, or the operators of one of its fields, as a client sends them. */
// biome-ignore lint/suspicious/noExplicitAny: it has the shape that the schema gives it.
export type Given = any;

/** Returns true if a record matches the operators of one field of a filter. */
type Rule<R> = (record: R, operators: Given) => boolean;
type Rules<R> = Record<string, Rule<R>>;

/** Returns true if all operators hold, each by the rule of its name. */
function all<R>(rules: Rules<R>, record: R, operators: Given): boolean {
  return Object.entries(operators).every(([name, value]) => {
    const rule = rules[name];
    if (!rule) throw new Error(`The evaluator has no rule for ${name}.`);
    return rule(record, value);
  });
}

/** A whole filter: the rules of its concept, and `and`, `or`, `not` over filters of the same. */
function filterBy<R>(own: Rules<R>): Rule<R> {
  const fits: Rule<R> = (record, filter) => all(rules, record, filter);
  const rules: Rules<R> = {
    ...own,
    and: (record, filters: Given[]) => filters.every(filter => fits(record, filter)),
    or: (record, filters: Given[]) => filters.some(filter => fits(record, filter)),
    not: (record, filter) => !fits(record, filter),
  };
  return fits;
}

/** Operators over one value, null when it is unknown: then nothing holds but `notIn` and `isNull`. */
const value: Rules<string | boolean | null> = {
  eq: (actual, wanted) => actual === wanted,
  in: (actual, wanted) => wanted.includes(actual),
  notIn: (actual, wanted) => !wanted.includes(actual),
  isNull: (actual, wanted) => (actual === null) === wanted,
};

/** The earliest day a date can mean: 1979 → 1979-01-01. */
const day = (date: string) => `${date}-01-01`.slice(0, 10);
/** A text that compares as the latest day a date can mean: 2023-06 → 2023-06-31. */
const lastDay = (date: string) => (date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-31` : date);

const date: Rules<string | null> = {
  eq: (actual, wanted) => actual !== null && day(actual) === day(wanted),
  before: (actual, wanted) => actual !== null && day(actual) < day(wanted),
  after: (actual, wanted) => actual !== null && day(actual) > lastDay(wanted),
  from: (actual, wanted) => actual !== null && day(actual) >= day(wanted),
  until: (actual, wanted) => actual !== null && day(actual) <= lastDay(wanted),
  isNull: (actual, wanted) => (actual === null) === wanted,
};

const name: Rules<string> = {
  eq: (actual, wanted) => actual === fold(wanted),
  contains: (actual, wanted) => actual.includes(fold(wanted)),
  startsWith: (actual, wanted) => actual.startsWith(fold(wanted)),
};

const some = <R>(fits: Rule<R>): Rules<readonly R[]> => ({
  some: (records, operators) => records.some(record => fits(record, operators)),
  none: (records, operators) => !records.some(record => fits(record, operators)),
});

const by =
  <R, V>(rules: Rules<V>, get: (record: R) => V): Rule<R> =>
  (record, operators) =>
    all(rules, get(record), operators);
const toOne =
  <R, V>(get: (record: R) => V | undefined, fits: () => Rule<V>): Rule<R> =>
  (record, operators) => {
    const related = get(record);
    return related !== undefined && fits()(related, operators);
  };
const toMany =
  <R, V>(get: (record: R) => V[], fits: () => Rule<V>): Rule<R> =>
  (record, operators) =>
    all(some(fits()), get(record), operators);

/** `some` and `none` over the values of a list. */
const listed = some<string>((item, operators) => all(value, item, operators));

/** Every name, and each also without its spaces, as "shang hai" and "Shanghai" are the same. */
const formsOf = ({ names: { aliases = [], ...names } }: AuthoritySeed | OrganisationSeed): string[] =>
  [...Object.values(names), ...aliases].flatMap(name => [fold(name), fold(name).replaceAll(' ', '')]);

/** The status of a partnership on a day, by the rules of status periods: from a day until before another. */
export function statusOf(tie: PartnershipSeed, on: string): string {
  const { status, startedOn, statusSince, endedOn, lastEvidenceOn } = tie;
  if (startedOn !== null && day(startedOn) > day(on)) return 'NOT_YET_STARTED';
  if (tie.statusPeriods) return tie.statusPeriods.findLast(({ from }) => day(from) <= day(on))?.status ?? 'UNKNOWN';
  if (status === 'UNKNOWN') return status;
  const changed = status === 'ACTIVE' ? null : (endedOn ?? statusSince ?? lastEvidenceOn);
  if (changed !== null && day(changed) <= day(on)) return status;
  const from = status === 'ACTIVE' ? (startedOn ?? statusSince ?? lastEvidenceOn) : startedOn;
  return from !== null && day(from) <= day(on) ? 'ACTIVE' : 'UNKNOWN';
}

/** The records of each concept that fit a filter: read from the seeds, by the words of the schema, without SQL. */
export function evaluator(seeds: Seeds) {
  const find = <R extends { id: string }>(records: R[]) => {
    const byId = new Map(records.map(record => [record.id, record]));
    return (id: string | null) => (id === null ? undefined : byId.get(id));
  };
  const [authority, tie, programme] = [find(seeds.authorities), find(seeds.partnerships), find(seeds.programmes)];
  const hasSide = (id: string) => (record: { dutch: string | null; chinese: string | null }) =>
    record.dutch === id || record.chinese === id;

  const isWithin: Rule<AuthoritySeed> = (record, id: string) =>
    record.id === id ||
    [authority(record.parent), authority(record.prefecture)].some(above => above !== undefined && isWithin(above, id));
  const isNestedIn: Rule<PartnershipSeed> = (record, id: string) => {
    const outer = tie(id);
    if (!outer || (outer.dutch === record.dutch && outer.chinese === record.chinese)) return false;
    return (['dutch', 'chinese'] as const).every(
      side =>
        authority(outer[side])?.parent === null &&
        (record[side] === outer[side] || authority(record[side])?.parent === outer[side]),
    );
  };

  const authorities: Rule<AuthoritySeed> = filterBy<AuthoritySeed>({
    id: by(value, ({ id }) => id),
    country: by(value, ({ country }) => country),
    dutchLevel: by(value, ({ country, level }) => (country === 'NL' ? level : null)),
    chineseLevel: by(value, ({ country, level }) => (country === 'CN' ? level : null)),
    name: (record, operators) => formsOf(record).some(form => all(name, form, operators)),
    code: by(value, ({ code }) => code),
    cbsCode: by(value, ({ country, code }) => (country === 'NL' ? code : null)),
    gbCode: by(value, ({ country, code }) => (country === 'CN' ? code : null)),
    location: ({ location }, { within: { south, west, north, east } }: Given) => {
      if (!location) return false;
      const { latitude, longitude } = location;
      // Eastwards from the western edge, however far round the earth.
      const eastwards = (degrees: number) => (degrees - west + 360) % 360;
      return south <= latitude && latitude <= north && eastwards(longitude) <= eastwards(east);
    },
    within: isWithin,
    partnerships: toMany(
      ({ id }) => seeds.partnerships.filter(hasSide(id)),
      () => partnerships,
    ),
    exchanges: toMany(
      ({ id }) => seeds.exchanges.filter(hasSide(id)),
      () => exchanges,
    ),
  });
  const organisations: Rule<OrganisationSeed> = filterBy<OrganisationSeed>({
    id: by(value, ({ id }) => id),
    kind: by(value, ({ kind }) => kind),
    country: by(value, ({ country }) => country),
    name: (record, operators) => formsOf(record).some(form => all(name, form, operators)),
    programmes: toMany(
      ({ id }) => seeds.programmes.filter(record => record.organisations.includes(id)),
      () => programmes,
    ),
  });
  const partnerships: Rule<PartnershipSeed> = filterBy<PartnershipSeed>({
    id: by(value, ({ id }) => id),
    kind: by(value, ({ kind }) => kind),
    status: by(value, ({ status }) => status),
    origin: by(value, ({ origin }) => origin),
    startedOn: by(date, ({ startedOn }) => startedOn),
    endedOn: by(date, ({ endedOn }) => endedOn),
    lastEvidenceOn: by(date, ({ lastEvidenceOn }) => lastEvidenceOn),
    themes: by(listed, ({ themes }) => themes),
    motives: by(listed, ({ motives }) => motives),
    support: by(listed, ({ support }) => support),
    dialogueTopics: by(listed, ({ dialogueTopics }) => dialogueTopics),
    confidence: by(value, ({ confidence }) => confidence),
    dutch: toOne(
      ({ dutch }) => authority(dutch),
      () => authorities,
    ),
    chinese: toOne(
      ({ chinese }) => authority(chinese),
      () => authorities,
    ),
    nestedIn: isNestedIn,
    activeOn: (record, on: string) => statusOf(record, on) === 'ACTIVE',
    statusOn: (record, { on, ...operators }: Given) => all(value, statusOf(record, on), operators),
    programmes: toMany(
      ({ id }) => seeds.programmes.filter(record => record.partnerships.includes(id)),
      () => programmes,
    ),
    exchanges: toMany(
      ({ id }) => seeds.exchanges.filter(record => record.partnership === id),
      () => exchanges,
    ),
  });
  const programmes: Rule<ProgrammeSeed> = filterBy<ProgrammeSeed>({
    id: by(value, ({ id }) => id),
    inVngInternationalPortfolio: by(value, ({ inVngInternationalPortfolio }) => inVngInternationalPortfolio),
    startedOn: by(date, ({ startedOn }) => startedOn),
    endedOn: by(date, ({ endedOn }) => endedOn),
    confidence: by(value, ({ confidence }) => confidence),
    partnerships: toMany(
      record => seeds.partnerships.filter(({ id }) => record.partnerships.includes(id)),
      () => partnerships,
    ),
    organisations: toMany(
      record => seeds.organisations.filter(({ id }) => record.organisations.includes(id)),
      () => organisations,
    ),
    exchanges: toMany(
      ({ id }) => seeds.exchanges.filter(record => record.programme === id),
      () => exchanges,
    ),
  });
  const exchanges: Rule<ExchangeSeed> = filterBy<ExchangeSeed>({
    id: by(value, ({ id }) => id),
    kind: by(value, ({ kind }) => kind),
    subkind: by(value, ({ subkind }) => subkind),
    status: by(value, ({ status }) => status),
    recurring: by(value, ({ recurring }) => recurring),
    startedOn: by(date, ({ startedOn }) => startedOn),
    endedOn: by(date, ({ endedOn }) => endedOn),
    underPartnership: by(value, ({ underPartnership }) => underPartnership),
    confidence: by(value, ({ confidence }) => confidence),
    dutch: toOne(
      ({ dutch }) => authority(dutch),
      () => authorities,
    ),
    chinese: toOne(
      ({ chinese }) => authority(chinese),
      () => authorities,
    ),
    partnership: toOne(
      ({ partnership }) => tie(partnership),
      () => partnerships,
    ),
    programme: toOne(
      record => programme(record.programme),
      () => programmes,
    ),
  });

  const ids =
    <R extends { id: string }>(records: R[], fits: Rule<R>) =>
    (filter: Given): string[] =>
      records
        .filter(record => fits(record, filter))
        .map(({ id }) => id)
        .sort();
  return {
    authorities: ids(seeds.authorities, authorities),
    organisations: ids(seeds.organisations, organisations),
    partnerships: ids(seeds.partnerships, partnerships),
    programmes: ids(seeds.programmes, programmes),
    exchanges: ids(seeds.exchanges, exchanges),
  } satisfies Record<keyof Seeds, (filter: Given) => string[]>;
}
