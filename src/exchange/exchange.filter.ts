import sql from 'sql-template-tag';
import { AuthorityFilter } from '../authority/authority.filter.js';
import { hasSide, sideFilter } from '../authority/sides.js';
import { type FilterClass, filterField, filterType } from '../graph/list/filter.js';
import { idField } from '../graph/list/id-filter.js';
import {
  BooleanFilter,
  booleanCondition,
  dateCondition,
  enumCondition,
  enumFilter,
  PartialDateFilter,
} from '../graph/list/operators.js';
import { type RelationJoin, relationFilter, toManyFilter, toOneFilter } from '../graph/list/relation-filter.js';
import { updatedAtField } from '../graph/list/time-filter.js';
import { TEXT_DESCRIPTION, textCondition } from '../graph/search/text-filter.js';
import { column } from '../graph/sql/columns.js';
import { PartnershipFilter } from '../partnership/partnership.filter.js';
import { ProgrammeFilter } from '../programme/programme.filter.js';
import { ConfidenceFilter } from '../source/confidence.filter.js';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from './exchange.enums.js';

const KindFilter = enumFilter('ExchangeKind', () => ExchangeKind);
const SubkindFilter = enumFilter('ExchangeSubkind', () => ExchangeSubkind);
const StatusFilter = enumFilter('ExchangeStatus', () => ExchangeStatus);

export const ExchangeFilter = filterType('ExchangeFilter', 'Conditions on exchanges; all must hold.', {
  ...idField,
  kind: [() => KindFilter, 'Filters by kind.', enumCondition(column('kind'))],
  subkind: [() => SubkindFilter, 'Filters by subkind.', enumCondition(column('subkind'))],
  status: [() => StatusFilter, 'Filters by status.', enumCondition(column('status'))],
  recurring: [() => BooleanFilter, 'Filters by whether the exchange recurs.', booleanCondition(column('recurring'))],
  startedOn: [
    () => PartialDateFilter,
    'Filters by date, or by the first of several days.',
    dateCondition(column('started_day')),
  ],
  endedOn: [() => PartialDateFilter, 'Filters by last day.', dateCondition(column('ended_day'))],
  underPartnership: [
    () => BooleanFilter,
    'Filters by whether the exchange took place under a partnership.',
    booleanCondition(column('under_partnership')),
  ],
  confidence: [
    () => ConfidenceFilter,
    'Filters by how well the record is supported by sources.',
    enumCondition(column('confidence')),
  ],
  dutch: [
    () => AuthorityFilter,
    'Filters by the Dutch side: all conditions must hold. Exchanges without one never match.',
    sideFilter('dutch_id'),
  ],
  chinese: [
    () => AuthorityFilter,
    'Filters by the Chinese side: all conditions must hold. Exchanges without one never match.',
    sideFilter('chinese_id'),
  ],
  partnership: [
    () => PartnershipFilter,
    'Filters by the partnership: all conditions must hold. Exchanges without one never match.',
    toOneFilter('partnership_id', { filter: () => PartnershipFilter, table: 'partnership', alias: 'p' }),
  ],
  programme: [
    () => ProgrammeFilter,
    'Filters by the programme: all conditions must hold. Exchanges without one never match.',
    toOneFilter('programme_id', { filter: () => ProgrammeFilter, table: 'programme', alias: 'g' }),
  ],
  ...updatedAtField,
  text: [() => String, TEXT_DESCRIPTION, textCondition],
});
export type ExchangeFilter = object;

const ExchangesFilter = relationFilter('ExchangeRelationFilter', () => ExchangeFilter);

function filterByExchanges(filter: FilterClass, on: RelationJoin['on']): void {
  filterField(
    filter,
    'exchanges',
    () => ExchangesFilter,
    'Filters by exchanges.',
    toManyFilter({ filter: () => ExchangeFilter, table: 'exchange', alias: 'e', on }),
  );
}
filterByExchanges(AuthorityFilter, (row, exchange) => hasSide(exchange, sql`${row}.id`));
filterByExchanges(PartnershipFilter, (row, exchange) => sql`${exchange}.partnership_id = ${row}.id`);
filterByExchanges(ProgrammeFilter, (row, exchange) => sql`${exchange}.programme_id = ${row}.id`);
