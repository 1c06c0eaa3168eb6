import sql, { type Sql } from 'sql-template-tag';
import { ID } from 'type-graphql';
import { type Condition, filterType } from '../graph/list/filter.js';
import { enumCondition, enumFilter, IdFilter, nameCondition, TextFilter } from '../graph/list/operators.js';
import { checkId } from '../graph/record/node.js';
import { column, foldedNames, textCondition } from '../graph/search/search-terms.js';
import { ChineseAuthorityLevel, Country, DutchAuthorityLevel } from './authority.enums.js';
import { inside, insideOnce } from './containment.js';

export const CountryFilter = enumFilter('Country', () => Country);
const DutchLevelFilter = enumFilter('DutchAuthorityLevel', () => DutchAuthorityLevel);
const ChineseLevelFilter = enumFilter('ChineseAuthorityLevel', () => ChineseAuthorityLevel);

const levelOf = (country: Country) => (row: Sql) => sql`(case when ${row}.country = ${country} then ${row}.level end)`;

/** An array is worked out once a statement, and leads by index to few rows; a join was compared with every one. */
const within: Condition<string> = (row, id, { path, shared }) => {
  const ids = shared ? insideOnce(checkId(id, path), shared) : inside(checkId(id, path));
  return sql`${row}.id = any(array${ids})`;
};

export const AuthorityFilter = filterType('AuthorityFilter', 'Which authorities; all of those given hold.', {
  id: [() => IdFilter, 'By id.', enumCondition(column('id'))],
  country: [() => CountryFilter, 'By side.', enumCondition(column('country'))],
  dutchLevel: [
    () => DutchLevelFilter,
    'By kind, of Dutch ones; Chinese ones have none.',
    enumCondition(levelOf(Country.NL)),
  ],
  chineseLevel: [
    () => ChineseLevelFilter,
    'By kind, of Chinese ones; Dutch ones have none.',
    enumCondition(levelOf(Country.CN)),
  ],
  name: [() => TextFilter, 'By any of its names, in any language.', nameCondition(foldedNames)],
  code: [() => IdFilter, 'By CBS code or GB/T 2260 code.', enumCondition(column('code'))],
  within: [() => ID, 'It is this authority, or lies in it.', within],
  text: [() => String, 'What a search for this text would find.', textCondition],
});
export type AuthorityFilter = object;
