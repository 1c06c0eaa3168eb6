import sql, { type Sql } from 'sql-template-tag';
import { ID } from 'type-graphql';
import { filterType, onId } from '../graph/list/filter.js';
import { IdFilter, idField } from '../graph/list/id-filter.js';
import { enumCondition, enumFilter, nameCondition, TextFilter } from '../graph/list/operators.js';
import { updatedAtField } from '../graph/list/time-filter.js';
import { inside, insideOnce } from '../graph/read/containment.js';
import { idCondition } from '../graph/record/id-condition.js';
import { foldedNames } from '../graph/search/search-terms.js';
import { TEXT_DESCRIPTION, textCondition } from '../graph/search/text-filter.js';
import { column } from '../graph/sql/columns.js';
import { ChineseAuthorityLevel, Country, DutchAuthorityLevel } from './authority.enums.js';
import { LocationFilter, locationCondition } from './location.filter.js';

export const CountryFilter = enumFilter('Country', () => Country);
const DutchLevelFilter = enumFilter('DutchAuthorityLevel', () => DutchAuthorityLevel);
const ChineseLevelFilter = enumFilter('ChineseAuthorityLevel', () => ChineseAuthorityLevel);

/** Returns a column that only the authorities of one country have a value in. */
const ofCountry = (country: Country, name: 'level' | 'code') => (row: Sql) =>
  sql`(case when ${row}.country = ${country} then ${column(name)(row)} end)`;

/** Compares with an array: it is computed once per statement and uses the index, while a join visited every row. */
const within = onId(
  idCondition((authority, id, { ctes }) => {
    const ids = ctes ? insideOnce(id, ctes) : inside(id);
    return sql`${authority} = any(array${ids})`;
  }),
);

export const AuthorityFilter = filterType('AuthorityFilter', 'Conditions on authorities; all must hold.', {
  ...idField,
  country: [() => CountryFilter, 'Filters by country, and so by side.', enumCondition(column('country'))],
  dutchLevel: [
    () => DutchLevelFilter,
    'Filters by level of Dutch authorities. Chinese authorities have no value.',
    enumCondition(ofCountry(Country.NL, 'level')),
  ],
  chineseLevel: [
    () => ChineseLevelFilter,
    'Filters by level of Chinese authorities. Dutch authorities have no value.',
    enumCondition(ofCountry(Country.CN, 'level')),
  ],
  name: [() => TextFilter, 'Filters by any of the names, in any language.', nameCondition(foldedNames)],
  code: [() => IdFilter, 'Filters by CBS code or GB/T 2260 code.', enumCondition(column('code'))],
  cbsCode: [
    () => IdFilter,
    'Filters by CBS code, of Dutch authorities. Chinese authorities have no value.',
    enumCondition(ofCountry(Country.NL, 'code')),
  ],
  gbCode: [
    () => IdFilter,
    'Filters by GB/T 2260 code, of Chinese authorities. Dutch authorities have no value.',
    enumCondition(ofCountry(Country.CN, 'code')),
  ],
  succeededBy: [
    () => IdFilter,
    'Filters by id of the successor: `{ eq: "nl-voorne-aan-zee" }` returns the municipalities that merged into it.',
    enumCondition(column('succeeded_by_id')),
  ],
  within: [() => ID, 'Filters by area: the authority with this id, and all authorities within it.', within],
  location: [
    () => LocationFilter,
    'Filters by geographical position: for example, the authorities on the visible part of a map.',
    locationCondition,
  ],
  ...updatedAtField,
  text: [() => String, TEXT_DESCRIPTION, textCondition],
});
export type AuthorityFilter = object;
