import sql, { type Sql } from 'sql-template-tag';
import { ID } from 'type-graphql';
import { filterType } from '../graph/list/filter.js';
import { enumCondition, enumFilter, IdFilter, nameCondition, TextFilter } from '../graph/list/operators.js';
import { idCondition } from '../graph/record/id-condition.js';
import { foldedNames, textCondition } from '../graph/search/search-terms.js';
import { column } from '../graph/sql/columns.js';
import { ChineseAuthorityLevel, Country, DutchAuthorityLevel } from './authority.enums.js';
import { inside, insideOnce } from './containment.js';

export const CountryFilter = enumFilter('Country', () => Country);
const DutchLevelFilter = enumFilter('DutchAuthorityLevel', () => DutchAuthorityLevel);
const ChineseLevelFilter = enumFilter('ChineseAuthorityLevel', () => ChineseAuthorityLevel);

const levelOf = (country: Country) => (row: Sql) => sql`(case when ${row}.country = ${country} then ${row}.level end)`;

/** Compares with an array: it is computed once per statement and uses the index, while a join visited every row. */
const within = idCondition((row, id, { ctes }) => {
  const ids = ctes ? insideOnce(id, ctes) : inside(id);
  return sql`${row}.id = any(array${ids})`;
});

export const AuthorityFilter = filterType('AuthorityFilter', 'Conditions on authorities; all must hold.', {
  id: [() => IdFilter, 'Filters by id.', enumCondition(column('id'))],
  country: [() => CountryFilter, 'Filters by country, and so by side.', enumCondition(column('country'))],
  dutchLevel: [
    () => DutchLevelFilter,
    'Filters by level of Dutch authorities. Chinese authorities have no value.',
    enumCondition(levelOf(Country.NL)),
  ],
  chineseLevel: [
    () => ChineseLevelFilter,
    'Filters by level of Chinese authorities. Dutch authorities have no value.',
    enumCondition(levelOf(Country.CN)),
  ],
  name: [() => TextFilter, 'Filters by any of the names, in any language.', nameCondition(foldedNames)],
  code: [() => IdFilter, 'Filters by CBS code or GB/T 2260 code.', enumCondition(column('code'))],
  within: [() => ID, 'Filters by area: the authority with this id, and all authorities within it.', within],
  text: [() => String, 'Filters by full-text search, as `search` does.', textCondition],
});
export type AuthorityFilter = object;
