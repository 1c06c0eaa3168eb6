import sql from 'sql-template-tag';
import { AuthorityFilter } from '../authority/authority.filter.js';
import { authorityIn, hasSide } from '../authority/sides.js';
import {
  type FilterClass,
  filterField,
  filterType,
  type RelationJoin,
  relationFilter,
  toManyFilter,
  toOneFilter,
} from '../graph/list/filter.js';
import {
  BooleanFilter,
  booleanCondition,
  dateCondition,
  enumCondition,
  enumFilter,
  IdFilter,
  PartialDateFilter,
} from '../graph/list/operators.js';
import { column, textCondition } from '../graph/search/search-terms.js';
import { PartnershipFilter } from '../partnership/partnership.filter.js';
import { ProgrammeFilter } from '../programme/programme.filter.js';
import { ConfidenceFilter } from '../source/confidence.filter.js';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from './exchange.enums.js';

const KindFilter = enumFilter('ExchangeKind', () => ExchangeKind);
const SubkindFilter = enumFilter('ExchangeSubkind', () => ExchangeSubkind);
const StatusFilter = enumFilter('ExchangeStatus', () => ExchangeStatus);

export const ExchangeFilter = filterType('ExchangeFilter', 'Which exchanges; all of those given hold.', {
  id: [() => IdFilter, 'By id.', enumCondition(column('id'))],
  kind: [() => KindFilter, 'By kind.', enumCondition(column('kind'))],
  subkind: [() => SubkindFilter, 'By what it is, more exactly.', enumCondition(column('subkind'))],
  status: [() => StatusFilter, 'By how far it came.', enumCondition(column('status'))],
  recurring: [() => BooleanFilter, 'By whether it came back.', booleanCondition(column('recurring'))],
  startedOn: [() => PartialDateFilter, 'By when it was held or began.', dateCondition(column('started_day'))],
  endedOn: [() => PartialDateFilter, 'By when it ended.', dateCondition(column('ended_day'))],
  underPartnership: [
    () => BooleanFilter,
    'By whether it was held under a tie.',
    booleanCondition(column('under_partnership')),
  ],
  confidence: [() => ConfidenceFilter, 'By how well it is evidenced.', enumCondition(column('confidence'))],
  dutch: [() => AuthorityFilter, 'By its Dutch side; it has one.', toOneFilter(authorityIn('dutch_id'))],
  chinese: [() => AuthorityFilter, 'By its Chinese side; it has one.', toOneFilter(authorityIn('chinese_id'))],
  partnership: [
    () => PartnershipFilter,
    'By the tie it was held under; it has one.',
    toOneFilter({
      filter: () => PartnershipFilter,
      table: 'partnership',
      alias: 'p',
      on: (row, partnership) => sql`${partnership}.id = ${row}.partnership_id`,
    }),
  ],
  programme: [
    () => ProgrammeFilter,
    'By the programme it was part of; it has one.',
    toOneFilter({
      filter: () => ProgrammeFilter,
      table: 'programme',
      alias: 'g',
      on: (row, programme) => sql`${programme}.id = ${row}.programme_id`,
    }),
  ],
  text: [() => String, 'What a search for this text would find.', textCondition],
});
export type ExchangeFilter = object;

const ExchangesFilter = relationFilter('ExchangeRelationFilter', () => ExchangeFilter);

function filterByExchanges(filter: FilterClass, on: RelationJoin['on']): void {
  filterField(
    filter,
    'exchanges',
    () => ExchangesFilter,
    'By its exchanges.',
    toManyFilter({ filter: () => ExchangeFilter, table: 'exchange', alias: 'e', on }),
  );
}
filterByExchanges(AuthorityFilter, (row, exchange) => hasSide(exchange, sql`${row}.id`));
filterByExchanges(PartnershipFilter, (row, exchange) => sql`${exchange}.partnership_id = ${row}.id`);
filterByExchanges(ProgrammeFilter, (row, exchange) => sql`${exchange}.programme_id = ${row}.id`);
