import sql, { type Sql } from 'sql-template-tag';
import { ID } from 'type-graphql';
import { type Condition, filterType } from '../graph/filter.js';
import { checkId } from '../graph/node.js';
import { anyName, choice, choiceFilter, IdFilter, TextFilter } from '../graph/operators.js';
import { column, foldedNames, found } from '../graph/search-terms.js';
import { ChineseAuthorityLevel, Country, DutchAuthorityLevel } from './authority.enums.js';
import { inside, insideOnce } from './containment.js';

export const CountryFilter = choiceFilter('Country', () => Country);
const DutchLevelFilter = choiceFilter('DutchAuthorityLevel', () => DutchAuthorityLevel);
const ChineseLevelFilter = choiceFilter('ChineseAuthorityLevel', () => ChineseAuthorityLevel);

const levelOf = (country: Country) => (row: Sql) => sql`(case when ${row}.country = ${country} then ${row}.level end)`;

/** An array is worked out once a statement, and leads by index to few rows; a join was compared with every one. */
const within: Condition<string> = (row, id, { path, shared }) => {
  const ids = shared ? insideOnce(checkId(id, path), shared) : inside(checkId(id, path));
  return sql`${row}.id = any(array${ids})`;
};

export const AuthorityFilter = filterType('AuthorityFilter', 'Which authorities; all of those given hold.', {
  id: [() => IdFilter, 'By id.', choice(column('id'))],
  country: [() => CountryFilter, 'By side.', choice(column('country'))],
  dutchLevel: [() => DutchLevelFilter, 'By kind, of Dutch ones; Chinese ones have none.', choice(levelOf(Country.NL))],
  chineseLevel: [
    () => ChineseLevelFilter,
    'By kind, of Chinese ones; Dutch ones have none.',
    choice(levelOf(Country.CN)),
  ],
  name: [() => TextFilter, 'By any of its names, in any language.', anyName(foldedNames)],
  code: [() => IdFilter, 'By CBS code or GB/T 2260 code.', choice(column('code'))],
  within: [() => ID, 'It is this authority, or lies in it.', within],
  text: [() => String, 'What a search for this text would find.', found],
});
export type AuthorityFilter = object;
