import fc from 'fast-check';
import { root } from '../../src/config/config.js';
import { readSeeds } from '../../src/database/seed/seed.js';
import type { Seeds } from '../../src/database/seed/seed.schemas.js';
import { fold } from '../../src/graph/types/text.js';
import {
  DialogueTopic,
  PartnershipMotive,
  PartnershipStatus,
  SupportBase,
  Theme,
} from '../../src/partnership/partnership.enums.js';
import type { Given } from './evaluator.js';

export type Concept = keyof Seeds;
type Arbitrary = fc.Arbitrary<Given>;

/** One of the values that occur. */
const constantOf = <V extends string>(values: readonly (V | null)[]): fc.Arbitrary<V> =>
  fc.constantFrom(...new Set(values.filter(value => value !== null)));
const few = (arbitrary: Arbitrary) => fc.uniqueArray(arbitrary, { maxLength: 8 });
/** Some of the operators, mostly one. */
const operators = (each: Record<string, Arbitrary>): Arbitrary => {
  const arbitrary = fc.oneof(...Object.entries(each).map(([name, value]) => value.map(item => ({ [name]: item }))));
  return fc.oneof(
    { weight: 4, arbitrary: arbitrary },
    { weight: 1, arbitrary: fc.tuple(arbitrary, arbitrary).map(merged) },
  );
};
const merged = (parts: object[]) => Object.assign({}, ...parts);

const choice = (values: readonly (string | null)[]): Arbitrary => {
  const arbitrary = constantOf(values);
  return operators({ eq: arbitrary, in: few(arbitrary), notIn: few(arbitrary), isNull: fc.boolean() });
};
const flag = operators({ eq: fc.boolean(), isNull: fc.boolean() });
/** A day, month or year that occurs. */
const dateOf = (values: readonly (string | null)[]) =>
  fc.tuple(constantOf(values), fc.constantFrom(4, 7, 10)).map(([date, length]) => date.slice(0, length));
const dates = (values: readonly (string | null)[]): Arbitrary => {
  const arbitrary = dateOf(values);
  return operators({
    eq: arbitrary,
    before: arbitrary,
    after: arbitrary,
    from: arbitrary,
    until: arbitrary,
    isNull: fc.boolean(),
  });
};
const choices = (values: Record<string, string>): Arbitrary => {
  const arbitrary = fc.constantFrom(...Object.values(values));
  const item = fc.oneof({ weight: 9, arbitrary: operators({ eq: arbitrary, in: few(arbitrary) }) }, fc.constant({}));
  return operators({ some: item, none: item });
};
/** A piece of a name that occurs, written in another way. */
const named = (records: { names: { aliases?: string[]; [language: string]: unknown } }[]): Arbitrary => {
  const name = constantOf(records.flatMap(({ names }) => Object.values(names).flat() as string[]));
  const written = fc.constantFrom<(text: string) => string>(
    text => text,
    text => text.toUpperCase(),
    text => text.normalize('NFD'),
    text => text.replaceAll(/[ '-]/g, ' - '),
  );
  const piece = (start: number) =>
    fc
      .tuple(name, written, fc.nat(start), fc.integer({ min: 1, max: 6 }))
      .map(([text, write, from, length]) => write(text.slice(from, from + length)))
      .filter(text => fold(text) !== '');
  const whole = fc.tuple(name, written).map(([text, write]) => write(text));
  return operators({ eq: whole, contains: piece(6), startsWith: piece(0) });
};
const relation = (filter: Arbitrary): Arbitrary =>
  operators({
    some: fc.oneof({ weight: 4, arbitrary: filter }, fc.constant({})),
    none: fc.oneof({ weight: 4, arbitrary: filter }, fc.constant({})),
  });

const { authorities, organisations, partnerships, programmes, exchanges } = await readSeeds(new URL('seeds/', root));
const provincialTies = partnerships.filter(({ id }) => id.startsWith('tie-prov'));
/** A day on which the status of a partnership changed, as exact as it is known. */
const turningPoint = dateOf(
  partnerships.flatMap(({ startedOn, endedOn, statusSince, lastEvidenceOn }) => [
    startedOn,
    endedOn,
    statusSince,
    lastEvidenceOn,
  ]),
);
const anyStatus = fc.constantFrom(...Object.values(PartnershipStatus));
const codesOf = (of: 'NL' | 'CN') => authorities.map(({ code, country }) => (country === of ? code : null));
/** A box between two places that occur, or its mirror, which goes the other way round the earth. */
const box = fc
  .tuple(fc.constantFrom(...authorities), fc.constantFrom(...authorities), fc.boolean())
  .filter(([a, b]) => Boolean(a.location && b.location))
  .map(([{ location: a }, { location: b }, isMirrored]) => {
    const [south = 0, north = 0] = [a?.latitude ?? 0, b?.latitude ?? 0].sort((x, y) => x - y);
    const [west = 0, east = 0] = [a?.longitude ?? 0, b?.longitude ?? 0].sort((x, y) => x - y);
    return { within: isMirrored ? { south, north, west: east, east: west } : { south, north, west, east } };
  });
/** The fields of each filter, and its relations to others. */
const fields: Record<
  Concept,
  [own: Record<string, Arbitrary>, relations: [name: string, to: Concept, many: boolean][]]
> = {
  authorities: [
    {
      id: choice(authorities.map(({ id }) => id)),
      country: choice(authorities.map(({ country }) => country)),
      dutchLevel: choice(authorities.map(({ country, level }) => (country === 'NL' ? level : null))),
      chineseLevel: choice(authorities.map(({ country, level }) => (country === 'CN' ? level : null))),
      name: named(authorities),
      code: choice(authorities.map(({ code }) => code)),
      cbsCode: choice(codesOf('NL')),
      gbCode: choice(codesOf('CN')),
      location: box,
      within: constantOf(authorities.flatMap(({ id, parent, prefecture }) => [id, parent, prefecture])),
    },
    [
      ['partnerships', 'partnerships', true],
      ['exchanges', 'exchanges', true],
    ],
  ],
  organisations: [
    {
      id: choice(organisations.map(({ id }) => id)),
      kind: choice(organisations.map(({ kind }) => kind)),
      country: choice(organisations.map(({ country }) => country)),
      name: named(organisations),
    },
    [['programmes', 'programmes', true]],
  ],
  partnerships: [
    {
      id: choice(partnerships.map(({ id }) => id)),
      kind: choice(partnerships.map(({ kind }) => kind)),
      status: choice(partnerships.map(({ status }) => status)),
      origin: choice(partnerships.map(({ origin }) => origin)),
      startedOn: dates(partnerships.map(({ startedOn }) => startedOn)),
      endedOn: dates(partnerships.map(({ endedOn }) => endedOn)),
      lastEvidenceOn: dates(partnerships.map(({ lastEvidenceOn }) => lastEvidenceOn)),
      themes: choices(Theme),
      motives: choices(PartnershipMotive),
      support: choices(SupportBase),
      dialogueTopics: choices(DialogueTopic),
      confidence: choice(partnerships.map(({ confidence }) => confidence)),
      nestedIn: constantOf([...provincialTies, ...partnerships.slice(0, 3)].map(({ id }) => id)),
      activeOn: turningPoint,
      statusOn: fc
        .tuple(turningPoint, operators({ eq: anyStatus, in: few(anyStatus), notIn: few(anyStatus) }))
        .map(([on, rest]) => ({ on, ...rest })),
    },
    [
      ['dutch', 'authorities', false],
      ['chinese', 'authorities', false],
      ['programmes', 'programmes', true],
      ['exchanges', 'exchanges', true],
    ],
  ],
  programmes: [
    {
      id: choice(programmes.map(({ id }) => id)),
      inVngInternationalPortfolio: flag,
      startedOn: dates(programmes.map(({ startedOn }) => startedOn)),
      endedOn: dates(programmes.map(({ endedOn }) => endedOn)),
      confidence: choice(programmes.map(({ confidence }) => confidence)),
    },
    [
      ['partnerships', 'partnerships', true],
      ['organisations', 'organisations', true],
      ['exchanges', 'exchanges', true],
    ],
  ],
  exchanges: [
    {
      id: choice(exchanges.map(({ id }) => id)),
      kind: choice(exchanges.map(({ kind }) => kind)),
      subkind: choice(exchanges.map(({ subkind }) => subkind)),
      status: choice(exchanges.map(({ status }) => status)),
      recurring: flag,
      startedOn: dates(exchanges.map(({ startedOn }) => startedOn)),
      endedOn: dates(exchanges.map(({ endedOn }) => endedOn)),
      underPartnership: flag,
      confidence: choice(exchanges.map(({ confidence }) => confidence)),
    },
    [
      ['dutch', 'authorities', false],
      ['chinese', 'authorities', false],
      ['partnership', 'partnerships', false],
      ['programme', 'programmes', false],
    ],
  ],
};

/** A filter that follows at most so many relations and nests `and`, `or` and `not` at most so deep. */
function filterOf(concept: Concept, relations: number, nesting: number): Arbitrary {
  const [own, related] = fields[concept];
  const field = (name: string, arbitrary: Arbitrary): Arbitrary => arbitrary.map(value => ({ [name]: value }));
  const leaves = Object.entries(own).map(([name, arbitrary]) => field(name, arbitrary));
  const links = related.map(([name, to, many]) => {
    const filter = later(() => filterOf(to, relations - 1, Math.min(nesting, 1)));
    return field(name, many ? relation(filter) : filter);
  });
  const condition =
    relations === 0
      ? fc.oneof(...leaves)
      : fc.oneof({ weight: 3, arbitrary: fc.oneof(...leaves) }, { weight: 2, arbitrary: fc.oneof(...links) });
  const plain = fc.oneof(
    { weight: 3, arbitrary: condition },
    { weight: 2, arbitrary: fc.tuple(condition, condition).map(merged) },
  );
  if (nesting === 0) return plain;
  const inner = later(() => filterOf(concept, relations, nesting - 1));
  const several = fc.array(inner, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 3, arbitrary: plain },
    { weight: 1, arbitrary: fc.tuple(several, plain).map(([and, rest]) => ({ ...rest, and })) },
    {
      weight: 2,
      arbitrary: fc.tuple(several, fc.option(condition, { nil: {} })).map(([or, rest]) => ({ ...rest, or })),
    },
    { weight: 1, arbitrary: field('not', inner) },
  );
}

/** An arbitrary that is made when it is needed: filters hold filters without end. */
const later = (make: () => Arbitrary): Arbitrary => fc.constant(null).chain(make);

/** Returns an upper bound of the number of conditions of a filter: the API accepts at most 50. */
export const conditions = (filter: Given): number =>
  typeof filter !== 'object' || filter === null
    ? 0
    : Object.values(filter).reduce<number>((sum, value) => sum + 1 + conditions(value), 0);

/** Random filters of a concept, with values that occur: up to two relations deep, and no larger than the API allows. */
export const filtersOf = (concept: Concept): Arbitrary =>
  filterOf(concept, 2, 2).filter(filter => conditions(filter) <= 50);
